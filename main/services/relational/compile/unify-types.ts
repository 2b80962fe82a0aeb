import {
  datetimeType,
  decimalType,
  doubleType,
  familyOf,
  integerColumnType,
  isExact,
  isNumeric,
  isTemporal,
  nullType,
  textLength,
  varcharType,
  blobColumnType,
  type SqlType,
} from '../catalog/sql-type.ts';

/** The type of a value that may come from either: branches of CASE, IF and COALESCE, arms of UNION, GREATEST. */
export function unifyTypes(types: readonly SqlType[]): SqlType {
  const type = types.reduce((left, right) => unifyTwo(left, right), nullType);
  if (familyOf(type) !== 'integer') return type;
  return { ...type, length: Math.max(type.length, type.digits + (type.unsigned ? 0 : 1)) };
}

function unifyTwo(left: SqlType, right: SqlType): SqlType {
  if (left.name === 'null') return right.members.length > 0 ? varcharType(right.length) : right;
  if (right.name === 'null') return left;
  if (isExact(left) && isExact(right)) return unifyExact(left, right);
  if (isNumeric(left) && isNumeric(right)) return doubleType;
  if (isTemporal(left) && isTemporal(right)) {
    return left.name === right.name && left.scale === right.scale
      ? left
      : datetimeType(Math.max(left.scale, right.scale));
  }
  if (familyOf(left) === 'binary' || familyOf(right) === 'binary') return blobColumnType('longblob');
  if (left.name === right.name && left.members.length === 0) return left.length >= right.length ? left : right;
  return varcharType(Math.max(textLength(left), textLength(right)));
}

function unifyExact(left: SqlType, right: SqlType): SqlType {
  if (familyOf(left) === 'integer' && familyOf(right) === 'integer') {
    if (left.unsigned === right.unsigned) return left.digits >= right.digits ? left : right;
    const [signed, unsigned] = left.unsigned ? [right, left] : [left, right];
    if (unsigned.digits >= 19) return decimalType(Math.max(20, signed.digits), 0);
    return unsigned.digits >= signed.digits ? integerColumnType('bigint', false) : signed;
  }
  const scale = Math.max(left.scale, right.scale);
  const whole = Math.max(left.digits - left.scale, right.digits - right.scale);
  return decimalType(whole + scale, scale);
}
