import {
  doubleType,
  integerType,
  isDatetime,
  isIntegral,
  isInterval,
  isNumeric,
  isStringLike,
  longType,
  arrayType,
  mapType,
  type DataType,
} from '../core/data-type.ts';
import type { ArgumentRule } from '../functions/define-function.ts';
import { decimalFor } from '../functions/decimal-types.ts';
import type { BoundExpression } from '../plan/bound-expression.ts';
import { implicitCast } from './cast-expression.ts';
import { comparisonType, tightestCommonType, widestType, type Promotion } from './common-type.ts';
import { acceptedType } from './type-requirement.ts';

export type CoercionFailure =
  | { readonly kind: 'input'; readonly index: number }
  | { readonly kind: 'operands' }
  | { readonly kind: 'common'; readonly indexes: readonly number[] }
  | { readonly kind: 'element' | 'key' };
type Coercion = { readonly args: readonly BoundExpression[] } | { readonly failure: CoercionFailure };

/** Functions whose arguments meet without turning numbers into strings (`findWiderTypeWithoutStringPromotion`). */
const withoutStrings = new Set(['greatest', 'least', 'nanvl']);

/** Spark's implicit casts of a call's arguments, one rule each (lambdas pass as they are). */
export function coerceArguments(
  name: string,
  args: readonly BoundExpression[],
  rules: readonly ArgumentRule[],
  ansi: boolean,
): Coercion {
  const group = (rule: ArgumentRule): readonly number[] =>
    rules.flatMap((own, index) => (own === rule && index < args.length ? [index] : []));
  let current = args;
  for (const step of [
    () => pairwise(name, current, group('arithmetic'), 'arithmetic', ansi),
    () => pairwise(name, current, group('division'), 'division', ansi),
    () => pairwise(name, current, group('integral_division'), 'integral_division', ansi),
    () => compared(name, current, group('comparable'), ansi),
    () => together(current, group('common'), { strings: !withoutStrings.has(name), ansi }),
    () => together(current, group('map_key'), { strings: true, ansi }),
    () => together(current, group('map_value'), { strings: true, ansi }),
    () => withElements(current, group('element'), ansi),
    () => withKeys(current, group('key'), ansi),
    () => single(current, rules, ansi),
  ]) {
    const result = step();
    if ('failure' in result) return result;
    current = result.args;
  }
  return { args: current };
}

const several = new Set<ArgumentRule>([
  'arithmetic',
  'division',
  'integral_division',
  'comparable',
  'common',
  'map_key',
  'map_value',
  'element',
  'key',
  'any',
  'lambda',
]);

function single(args: readonly BoundExpression[], rules: readonly ArgumentRule[], ansi: boolean): Coercion {
  const cast: BoundExpression[] = [];
  for (const [index, arg] of args.entries()) {
    const rule = rules[index] ?? 'any';
    const type = several.has(rule) ? arg.type : acceptedType(arg.type, rule, ansi);
    if (!type) return { failure: { kind: 'input', index } };
    cast.push(implicitCast(arg, type, ansi));
  }
  return { args: cast };
}

const replaceAt = (
  args: readonly BoundExpression[],
  indexes: readonly number[],
  change: (arg: BoundExpression) => BoundExpression,
): readonly BoundExpression[] => args.map((arg, index) => (indexes.includes(index) ? change(arg) : arg));

function together(args: readonly BoundExpression[], indexes: readonly number[], promotion: Promotion): Coercion {
  if (indexes.length === 0) return { args };
  const types = indexes.flatMap((index) => args[index]?.type ?? []);
  const type = widestType(types, promotion);
  if (!type) return { failure: { kind: 'common', indexes } };
  return { args: replaceAt(args, indexes, (arg) => withType(implicitCast(arg, type, promotion.ansi), type)) };
}

/** A value of the common type, so that a result typed after the first argument has the nullability of all. */
const withType = (arg: BoundExpression, type: DataType): BoundExpression =>
  arg.type.kind === 'array' || arg.type.kind === 'map' || arg.type.kind === 'struct'
    ? { kind: 'cast', child: arg, type, nullable: arg.nullable, mode: 'legacy', implicit: true }
    : arg;

function compared(name: string, args: readonly BoundExpression[], indexes: readonly number[], ansi: boolean): Coercion {
  const [left, right] = indexes.map((index) => args[index]);
  if (!left || !right) return { args };
  const equality = name === '==' || name === '<=>';
  const boolean = equality && !ansi ? booleanEquality(left.type, right.type) : undefined;
  const type = boolean ?? comparisonType(left.type, right.type, ansi);
  if (
    !type ||
    (type.kind === 'boolean' && left.type.kind !== right.type.kind && (isNumeric(left.type) || isNumeric(right.type)))
  )
    return { failure: { kind: 'operands' } };
  return { args: replaceAt(args, indexes, (arg) => implicitCast(arg, type, ansi)) };
}

/** `true = 1`: the boolean becomes a number. */
const booleanEquality = (a: DataType, b: DataType): DataType | undefined =>
  a.kind === 'boolean' && isNumeric(b) ? b : b.kind === 'boolean' && isNumeric(a) ? a : undefined;

type PairRule = 'arithmetic' | 'division' | 'integral_division';

function pairwise(
  name: string,
  args: readonly BoundExpression[],
  indexes: readonly number[],
  rule: PairRule,
  ansi: boolean,
): Coercion {
  if (indexes.length === 0) return { args };
  const [first, second] = indexes.map((index) => args[index]);
  if (!first) return { args };
  if (!second) return alone(args, indexes[0] ?? 0, first, ansi);
  const types = arithmeticTypes(name, first, second, rule, ansi);
  if (!types) return { failure: { kind: 'operands' } };
  const targets = new Map([
    [indexes[0], types[0]],
    [indexes[1], types[1]],
  ]);
  return { args: args.map((arg, index) => implicitCast(arg, targets.get(index) ?? arg.type, ansi)) };
}

function alone(args: readonly BoundExpression[], index: number, arg: BoundExpression, ansi: boolean): Coercion {
  const type = isStringLike(arg.type) || arg.type.kind === 'void' ? doubleType : arg.type;
  if (!isNumeric(type) && !isInterval(type)) return { failure: { kind: 'input', index } };
  return { args: replaceAt(args, [index], (old) => implicitCast(old, type, ansi)) };
}

function arithmeticTypes(
  name: string,
  left: BoundExpression,
  right: BoundExpression,
  rule: PairRule,
  ansi: boolean,
): readonly [DataType, DataType] | undefined {
  const timed = timeTypes(name, left.type, right.type);
  if (timed) return timed;
  const [a, b] = [asNumber(left.type, right.type, ansi), asNumber(right.type, left.type, ansi)];
  if (!a || !b) return undefined;
  if (a.kind === 'void' && b.kind === 'void')
    return rule === 'integral_division' ? [longType, longType] : [doubleType, doubleType];
  const decimals = decimalTypes(left, right, a, b);
  if (decimals) return decimals;
  const common = tightestCommonType(a, b) ?? doubleType;
  if (rule === 'division') return [doubleType, doubleType];
  if (rule === 'integral_division') return isIntegral(common) ? [longType, longType] : [common, common];
  return [common, common];
}

/** A string beside a number is a double; with ANSI on it becomes what the number is (a long for integers). */
function asNumber(type: DataType, other: DataType, ansi: boolean): DataType | undefined {
  if (isNumeric(type) || type.kind === 'void') return type;
  if (!isStringLike(type)) return undefined;
  return ansi && isIntegral(other) ? longType : doubleType;
}

/** Both sides as decimals when one is and the other is no float; an integer literal takes only the digits it has. */
function decimalTypes(
  left: BoundExpression,
  right: BoundExpression,
  a: DataType,
  b: DataType,
): readonly [DataType, DataType] | undefined {
  if (a.kind !== 'decimal' && b.kind !== 'decimal') return undefined;
  if (a.kind === 'void') return [b, b];
  if (b.kind === 'void') return [a, a];
  const [x, y] = [decimalOf(left, a), decimalOf(right, b)];
  return x && y ? [x, y] : [doubleType, doubleType];
}

function decimalOf(expression: BoundExpression, type: DataType): DataType | undefined {
  if (
    isIntegral(type) &&
    expression.kind === 'literal' &&
    (typeof expression.value === 'number' || typeof expression.value === 'bigint')
  ) {
    const digits = String(expression.value).replace('-', '').length;
    return { kind: 'decimal', precision: digits, scale: 0 };
  }
  return decimalFor(type);
}

/** Dates, timestamps and intervals: what each side becomes, or undefined when neither is one. */
function timeTypes(name: string, a: DataType, b: DataType): readonly [DataType, DataType] | undefined {
  const timed = (type: DataType): boolean => isDatetime(type) || isInterval(type);
  if (!timed(a) && !timed(b)) return undefined;
  if (name === '-' && isDatetime(a) && isStringLike(b)) return [a, a];
  if (name === '-' && isStringLike(a) && isDatetime(b)) return [b, b];
  if (a.kind === 'date' && isStringLike(b)) return [a, integerType];
  if (isInterval(a) && isStringLike(b)) return name === '*' || name === '/' ? [a, doubleType] : [a, a];
  if (isStringLike(a) && isInterval(b))
    return name === '*' ? [doubleType, b] : name === '+' || name === '-' ? [{ kind: 'timestamp' }, b] : undefined;
  if (a.kind === 'void') return [b, b];
  if (b.kind === 'void')
    return [
      a,
      isInterval(a)
        ? a
        : name === '+'
          ? a.kind === 'date'
            ? integerType
            : { kind: 'day_time_interval', start: 'day', end: 'second' }
          : a,
    ];
  if (isDatetime(a) && isDatetime(b))
    return name === '-' ? (a.kind === b.kind ? [a, b] : [{ kind: 'timestamp' }, { kind: 'timestamp' }]) : undefined;
  if (isInterval(a) && isInterval(b))
    return a.kind === b.kind && (name === '+' || name === '-') ? [a, b] : name === '/' ? undefined : undefined;
  if (isInterval(a) && isNumeric(b)) return name === '*' || name === '/' ? [a, b] : undefined;
  if (isNumeric(a) && isInterval(b)) return name === '*' ? [a, b] : undefined;
  if (a.kind === 'date' && isIntegral(b)) return name === '+' || name === '-' ? [a, integerType] : undefined;
  if (isIntegral(a) && b.kind === 'date') return name === '+' ? [integerType, b] : undefined;
  if (isDatetime(a) && isInterval(b)) return name === '+' || name === '-' ? [a, b] : undefined;
  if (isInterval(a) && isDatetime(b)) return name === '+' ? [a, b] : undefined;
  return undefined;
}

function withElements(args: readonly BoundExpression[], indexes: readonly number[], ansi: boolean): Coercion {
  const [array] = args;
  if (indexes.length === 0 || array?.type.kind !== 'array') return { args };
  const types = [array.type.element, ...indexes.flatMap((index) => args[index]?.type ?? [])];
  const common = widestType(types, { strings: false, ansi });
  if (!common) return { failure: { kind: 'element' } };
  const containsNull = array.type.containsNull;
  const cast = replaceAt(args, indexes, (arg) => implicitCast(arg, common, ansi));
  return {
    args: cast.map((arg, index) => (index === 0 ? implicitCast(arg, arrayType(common, containsNull), ansi) : arg)),
  };
}

function withKeys(args: readonly BoundExpression[], indexes: readonly number[], ansi: boolean): Coercion {
  const [base] = args;
  if (indexes.length === 0 || !base) return { args };
  if (base.type.kind === 'array')
    return {
      args: replaceAt(args, indexes, (arg) =>
        implicitCast(arg, isIntegral(arg.type) || isStringLike(arg.type) ? integerType : arg.type, ansi),
      ),
    };
  if (base.type.kind !== 'map') return { args };
  const { key, value, valueContainsNull } = base.type;
  const common = widestType([key, ...indexes.flatMap((index) => args[index]?.type ?? [])], { strings: false, ansi });
  if (!common) return { failure: { kind: 'key' } };
  const cast = replaceAt(args, indexes, (arg) => implicitCast(arg, common, ansi));
  return {
    args: cast.map((arg, index) =>
      index === 0 ? implicitCast(arg, mapType(common, value, valueContainsNull), ansi) : arg,
    ),
  };
}
