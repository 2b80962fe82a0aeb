import {
  binaryType,
  booleanType,
  dateType,
  doubleType,
  integerType,
  isDatetime,
  isIntegral,
  isInterval,
  isNumeric,
  isStringLike,
  longType,
  sameType,
  stringType,
  timestampType,
  type DataType,
} from '../core/data-type.ts';
import { sqlTypeName } from '../core/type-names.ts';
import type { ArgumentRule } from '../functions/define-function.ts';
import { isAtomic } from './common-type.ts';

/** Spark's words for what an argument should have been. */
export function requirementText(rule: ArgumentRule): string {
  if (typeof rule === 'object') return `"${sqlTypeName(rule.type)}"`;
  switch (rule) {
    case 'boolean':
      return '"BOOLEAN"';
    case 'integer':
    case 'literal_integer':
      return '"INT"';
    case 'long':
      return '"BIGINT"';
    case 'integral':
    case 'integral_division':
      return '"INTEGRAL"';
    case 'double':
      return '"DOUBLE"';
    case 'numeric':
    case 'decimal_or_double':
    case 'division':
      return '"NUMERIC"';
    case 'arithmetic':
      return '("NUMERIC" or "INTERVAL DAY TO SECOND" or "INTERVAL YEAR TO MONTH" or "INTERVAL")';
    case 'string':
    case 'literal_string':
      return '"STRING"';
    case 'string_or_binary':
      return '("STRING" or "BINARY")';
    case 'binary':
      return '"BINARY"';
    case 'date':
      return '"DATE"';
    case 'timestamp':
      return '"(TIMESTAMP OR TIMESTAMP WITHOUT TIME ZONE)"';
    case 'datetime':
      return '("DATE" or "TIMESTAMP" or "TIMESTAMP_NTZ")';
    case 'interval':
      return '("INTERVAL DAY TO SECOND" or "INTERVAL YEAR TO MONTH" or "INTERVAL")';
    case 'array':
      return '"ARRAY"';
    case 'map':
      return '"MAP"';
    case 'array_or_map':
      return '("ARRAY" or "MAP")';
    case 'struct':
      return '"STRUCT"';
    default:
      return `"${rule.toUpperCase()}"`;
  }
}

/**
 * The type an argument is cast to by Spark's implicit casts under a rule; its own type where it is fine already; undefined where no implicit cast exists.
 * Only rules about one argument alone; those about several are in `coerce-arguments.ts`.
 */
export function acceptedType(type: DataType, rule: ArgumentRule, ansi: boolean): DataType | undefined {
  if (typeof rule === 'object') return sameType(type, rule.type) ? type : castTarget(type, rule.type, ansi);
  if (rule === 'any' || rule === 'lambda') return type;
  if (type.kind === 'void') return voidTarget(rule, type);
  switch (rule) {
    case 'boolean':
      return type.kind === 'boolean' ? type : ansi && isStringLike(type) ? booleanType : undefined;
    case 'integer':
    case 'literal_integer':
      return exactly(type, integerType, ansi);
    case 'long':
      return exactly(type, longType, ansi);
    case 'integral':
      return isIntegral(type) ? type : isStringLike(type) ? longType : undefined;
    case 'double':
      return exactly(type, doubleType, ansi);
    case 'numeric':
      return isNumeric(type) ? type : isStringLike(type) ? doubleType : undefined;
    case 'decimal_or_double':
      return type.kind === 'decimal'
        ? type
        : isNumeric(type) || isStringLike(type)
          ? doubleType
          : isInterval(type)
            ? type
            : undefined;
    case 'string':
    case 'literal_string':
      return exactly(type, stringType, ansi);
    case 'string_or_binary':
      return type.kind === 'binary' ? type : exactly(type, stringType, ansi);
    case 'binary':
      return exactly(type, binaryType, ansi);
    case 'date':
      return exactly(type, dateType, ansi);
    case 'timestamp':
      return type.kind === 'timestamp_ntz' ? type : exactly(type, timestampType, ansi);
    case 'datetime':
      return isDatetime(type) ? type : isStringLike(type) ? timestampType : undefined;
    case 'interval':
      return isInterval(type) ? type : isStringLike(type) ? { kind: 'calendar_interval' } : undefined;
    case 'array':
      return type.kind === 'array' ? type : undefined;
    case 'map':
      return type.kind === 'map' ? type : undefined;
    case 'array_or_map':
      return type.kind === 'array' || type.kind === 'map' ? type : undefined;
    case 'struct':
      return type.kind === 'struct' ? type : undefined;
    default:
      return type;
  }
}

const exactly = (type: DataType, target: DataType, ansi: boolean): DataType | undefined =>
  type.kind === target.kind ? type : castTarget(type, target, ansi);

/** Spark's `implicitCast` to a concrete type. */
function castTarget(from: DataType, to: DataType, ansi: boolean): DataType | undefined {
  if (from.kind === 'void') return to;
  if (isNumeric(from) && isNumeric(to)) return ansi && narrowing(from, to) ? undefined : to;
  if (isDatetime(from) && isDatetime(to)) return to;
  if (isStringLike(from))
    return isNumeric(to) || isDatetime(to) || to.kind === 'binary' || isStringLike(to) || (ansi && isAtomic(to))
      ? to
      : undefined;
  if (isStringLike(to)) return isAtomic(from) && (!ansi || from.kind !== 'binary') ? to : undefined;
  if (from.kind === 'array' && to.kind === 'array')
    return castTarget(from.element, to.element, ansi) || sameType(from.element, to.element) ? to : undefined;
  return undefined;
}

const order = ['byte', 'short', 'integer', 'long', 'decimal', 'float', 'double'];
const narrowing = (from: DataType, to: DataType): boolean => order.indexOf(from.kind) > order.indexOf(to.kind);

const voidTargets: Partial<Record<string, DataType>> = {
  boolean: booleanType,
  integer: integerType,
  literal_integer: integerType,
  long: longType,
  integral: integerType,
  double: doubleType,
  numeric: doubleType,
  decimal_or_double: doubleType,
  string: stringType,
  literal_string: stringType,
  string_or_binary: stringType,
  binary: binaryType,
  date: dateType,
  timestamp: timestampType,
  datetime: timestampType,
  interval: { kind: 'calendar_interval' },
  array: { kind: 'array', element: { kind: 'void' }, containsNull: true },
  map: { kind: 'map', key: { kind: 'void' }, value: { kind: 'void' }, valueContainsNull: true },
};
const voidTarget = (rule: Extract<ArgumentRule, string>, type: DataType): DataType => voidTargets[rule] ?? type;
