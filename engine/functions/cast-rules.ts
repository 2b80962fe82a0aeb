import {
  isDatetime,
  isFractional,
  isInterval,
  isIntegral,
  isNumeric,
  isStringLike,
  sameType,
  type DataType,
} from '../core/data-type.ts';
import type { CastMode } from '../plan/bound-expression.ts';

/** Whether Spark allows the cast at all. The values decide later. */
export const canCast = (from: DataType, to: DataType, mode: CastMode): boolean => {
  if (sameType(from, to) || from.kind === 'void') return true;
  if (from.kind === 'array' && to.kind === 'array')
    return (
      canCast(from.element, to.element, mode) &&
      nullFits(from.element, to.element, from.containsNull, to.containsNull, mode)
    );
  if (from.kind === 'map' && to.kind === 'map') {
    return (
      canCast(from.key, to.key, mode) &&
      !mayGiveNull(from.key, to.key, mode) &&
      canCast(from.value, to.value, mode) &&
      nullFits(from.value, to.value, from.valueContainsNull, to.valueContainsNull, mode)
    );
  }
  if (from.kind === 'struct' && to.kind === 'struct') {
    return (
      from.fields.length === to.fields.length &&
      from.fields.every((field, i) => {
        const target = to.fields[i];
        return (
          target !== undefined &&
          canCast(field.type, target.type, mode) &&
          nullFits(field.type, target.type, field.nullable, target.nullable, mode)
        );
      })
    );
  }
  return mode === 'legacy' ? canCastLegacy(from, to) : canCastAnsi(from, to);
};

const nullFits = (from: DataType, to: DataType, fromNull: boolean, toNull: boolean, mode: CastMode): boolean =>
  toNull || !(fromNull || mayGiveNull(from, to, mode));

const singleField = (type: DataType): boolean =>
  (type.kind === 'day_time_interval' || type.kind === 'year_month_interval') && type.start === type.end;

const isAtomicSource = (type: DataType): boolean => type.kind === 'boolean' || isNumeric(type) || isStringLike(type);

function canCastLegacy(from: DataType, to: DataType): boolean {
  if (isStringLike(to)) return true;
  switch (to.kind) {
    case 'binary':
      return isStringLike(from) || isIntegral(from);
    case 'boolean':
      return isAtomicSource(from) || from.kind === 'date' || from.kind === 'timestamp';
    case 'timestamp':
      return isAtomicSource(from) || isDatetime(from);
    case 'timestamp_ntz':
    case 'date':
      return isStringLike(from) || isDatetime(from);
    case 'calendar_interval':
      return isStringLike(from);
    case 'day_time_interval':
    case 'year_month_interval':
      return isStringLike(from) || from.kind === to.kind || (isIntegral(from) && singleField(to));
    default:
      return (
        isNumeric(to) &&
        (isAtomicSource(from) ||
          from.kind === 'date' ||
          from.kind === 'timestamp' ||
          (singleField(from) && (isIntegral(to) || to.kind === 'decimal')))
      );
  }
}

function canCastAnsi(from: DataType, to: DataType): boolean {
  if (isStringLike(to)) return true;
  switch (to.kind) {
    case 'binary':
      return isStringLike(from);
    case 'boolean':
      return isStringLike(from) || isNumeric(from);
    case 'timestamp':
      return isStringLike(from) || isDatetime(from) || isNumeric(from);
    case 'timestamp_ntz':
    case 'date':
      return isStringLike(from) || isDatetime(from);
    case 'calendar_interval':
      return isStringLike(from);
    case 'day_time_interval':
    case 'year_month_interval':
      return isStringLike(from) || from.kind === to.kind || (isIntegral(from) && singleField(to));
    default:
      return (
        isNumeric(to) &&
        (isAtomicSource(from) ||
          from.kind === 'timestamp' ||
          (singleField(from) && (isIntegral(to) || to.kind === 'decimal')))
      );
  }
}

/**
 * Spark's `forceNullable`: whether a cast can answer NULL for a value that is not NULL, so that its result is nullable whatever its argument is. With ANSI on
 * it raises an error instead; `try` always may.
 */
export function mayGiveNull(from: DataType, to: DataType, mode: CastMode): boolean {
  if (mode === 'try') return true;
  if (from.kind === 'void' || sameType(from, to)) return false;
  if (mode === 'ansi') return isStringLike(from) && isInterval(to);
  if (isStringLike(from)) return !isStringLike(to) && to.kind !== 'binary';
  if (isStringLike(to)) return false;
  if ((from.kind === 'float' || from.kind === 'double') && to.kind === 'timestamp') return true;
  if (to.kind === 'date') return from.kind !== 'timestamp';
  if (from.kind === 'date') return to.kind !== 'timestamp';
  if (to.kind === 'decimal') return !decimalHolds(from, to.precision, to.scale);
  return to.kind === 'calendar_interval' || (isFractional(from) && isIntegral(to));
}

const integralDigits: Partial<Record<DataType['kind'], number>> = {
  boolean: 1,
  byte: 3,
  short: 5,
  integer: 10,
  long: 20,
};

function decimalHolds(from: DataType, precision: number, scale: number): boolean {
  if (from.kind === 'decimal')
    return from.scale <= scale
      ? precision - scale >= from.precision - from.scale
      : precision - scale > from.precision - from.scale;
  const digits = integralDigits[from.kind];
  return digits !== undefined && precision - scale >= digits;
}
