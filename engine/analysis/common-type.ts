import {
  arrayType,
  doubleType,
  isDatetime,
  isFractional,
  isIntegral,
  isInterval,
  isNumeric,
  isStringLike,
  longType,
  mapType,
  sameType,
  stringType,
  structType,
  timestampType,
  type DataType,
} from '../core/data-type.ts';
import { decimalFor, widerDecimal } from '../functions/decimal-types.ts';

const numericOrder = ['byte', 'short', 'integer', 'long', 'float', 'double'];

/** Two numbers, neither of them a decimal: the later in byte < short < int < long < float < double. */
const widerNumber = (a: DataType, b: DataType): DataType =>
  numericOrder.indexOf(a.kind) >= numericOrder.indexOf(b.kind) ? a : b;

/** Spark's `findTightestCommonType`: numbers without decimals, dates with timestamps, NULL with anything. */
export function tightestCommonType(a: DataType, b: DataType): DataType | undefined {
  if (sameType(a, b)) return mergeNullability(a, b);
  if (a.kind === 'void') return b;
  if (b.kind === 'void') return a;
  if (isNumeric(a) && isNumeric(b) && a.kind !== 'decimal' && b.kind !== 'decimal') return widerNumber(a, b);
  if (isDatetime(a) && isDatetime(b))
    return a.kind === 'timestamp' || b.kind === 'timestamp' ? timestampType : { kind: 'timestamp_ntz' };
  if (a.kind === 'day_time_interval' && b.kind === 'day_time_interval')
    return { kind: a.kind, start: earlier(a.start, b.start), end: later(a.end, b.end) };
  if (a.kind === 'year_month_interval' && b.kind === 'year_month_interval')
    return {
      kind: a.kind,
      start: a.start === 'year' || b.start === 'year' ? 'year' : 'month',
      end: a.end === 'month' || b.end === 'month' ? 'month' : 'year',
    };
  return undefined;
}

const dayFields = ['day', 'hour', 'minute', 'second'] as const;
type DayField = (typeof dayFields)[number];
const earlier = (a: DayField, b: DayField): DayField => (dayFields.indexOf(a) <= dayFields.indexOf(b) ? a : b);
const later = (a: DayField, b: DayField): DayField => (dayFields.indexOf(a) >= dayFields.indexOf(b) ? a : b);

function widerNumeric(a: DataType, b: DataType): DataType | undefined {
  if (!isNumeric(a) || !isNumeric(b)) return undefined;
  if (a.kind !== 'decimal' && b.kind !== 'decimal') return undefined;
  const [x, y] = [decimalFor(a), decimalFor(b)];
  return x && y ? widerDecimal(x, y) : doubleType;
}

export type Promotion = {
  /** A string beside anything else makes both strings (ANSI off); with ANSI on the other type wins. */
  readonly strings: boolean;
  readonly ansi: boolean;
};

/** Spark's `findWiderTypeForTwo` (or, without `strings`, `findWiderTypeWithoutStringPromotionForTwo`). Undefined: no common type. */
export function widerType(a: DataType, b: DataType, promotion: Promotion): DataType | undefined {
  const direct = tightestCommonType(a, b) ?? widerNumeric(a, b) ?? withString(a, b, promotion);
  return direct ?? nestedType(a, b, promotion);
}

export function widestType(types: readonly DataType[], promotion: Promotion): DataType | undefined {
  // Strings go last, so that `1, 'a', 2.5` meets as in Spark whatever the order.
  const ordered = [...types.filter((t) => !isStringLike(t)), ...types.filter(isStringLike)];
  let result: DataType | undefined = { kind: 'void' };
  for (const type of ordered) result = result && widerType(result, type, promotion);
  return result;
}

function withString(a: DataType, b: DataType, { strings, ansi }: Promotion): DataType | undefined {
  if (!isStringLike(a) && !isStringLike(b)) return undefined;
  const other = isStringLike(a) ? b : a;
  if (isStringLike(other)) return stringType;
  if (ansi) return ansiWithString(other);
  if (!strings) return undefined;
  return isAtomic(other) && other.kind !== 'boolean' && other.kind !== 'binary' ? stringType : undefined;
}

/** ANSI: the string is cast to the other side's type, integers becoming long and decimals double. */
function ansiWithString(other: DataType): DataType | undefined {
  if (isIntegral(other)) return longType;
  if (isFractional(other)) return doubleType;
  return isAtomic(other) ? other : undefined;
}

export const isAtomic = (type: DataType): boolean =>
  type.kind !== 'array' &&
  type.kind !== 'map' &&
  type.kind !== 'struct' &&
  type.kind !== 'void' &&
  type.kind !== 'calendar_interval';

function nestedType(a: DataType, b: DataType, promotion: Promotion): DataType | undefined {
  if (a.kind === 'array' && b.kind === 'array') {
    const element = widerType(a.element, b.element, promotion);
    return element && arrayType(element, a.containsNull || b.containsNull);
  }
  if (a.kind === 'map' && b.kind === 'map') {
    const key = widerType(a.key, b.key, promotion);
    const value = widerType(a.value, b.value, promotion);
    return key && value && mapType(key, value, a.valueContainsNull || b.valueContainsNull);
  }
  if (a.kind === 'struct' && b.kind === 'struct' && a.fields.length === b.fields.length) {
    const fields = a.fields.map((left, index) => {
      const right = b.fields[index];
      const type =
        right && left.name.toLowerCase() === right.name.toLowerCase()
          ? widerType(left.type, right.type, promotion)
          : undefined;
      return type && { name: left.name, type, nullable: left.nullable || (right?.nullable ?? true) };
    });
    const whole = fields.filter((field) => field !== undefined);
    return whole.length === fields.length ? structType(whole) : undefined;
  }
  return undefined;
}

/** Two types equal but for nullability inside: nullable where either is. */
export function mergeNullability(a: DataType, b: DataType): DataType {
  if (a.kind === 'array' && b.kind === 'array')
    return arrayType(mergeNullability(a.element, b.element), a.containsNull || b.containsNull);
  if (a.kind === 'map' && b.kind === 'map')
    return mapType(
      mergeNullability(a.key, b.key),
      mergeNullability(a.value, b.value),
      a.valueContainsNull || b.valueContainsNull,
    );
  if (a.kind === 'struct' && b.kind === 'struct') {
    return structType(
      a.fields.map((left, index) => {
        const right = b.fields[index] ?? left;
        return { ...left, type: mergeNullability(left.type, right.type), nullable: left.nullable || right.nullable };
      }),
    );
  }
  return a;
}

/**
 * The type both sides of a comparison are cast to. ANSI off: a string meets the other side's type, except a decimal, where both become double.
 * Undefined: not comparable.
 */
export function comparisonType(a: DataType, b: DataType, ansi: boolean): DataType | undefined {
  const common = tightestCommonType(a, b) ?? widerNumeric(a, b);
  if (common) return common;
  const other = isStringLike(a) ? b : isStringLike(b) ? a : undefined;
  if (other) {
    if (isStringLike(other)) return stringType;
    if (ansi) return ansiWithString(other);
    if (other.kind === 'decimal') return doubleType;
    return isAtomic(other) || isInterval(other) ? other : undefined;
  }
  return nestedType(a, b, { strings: false, ansi });
}
