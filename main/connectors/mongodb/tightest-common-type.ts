import type { DecimalType } from '../../../engine/core/data-type.ts';
import { sameInferred, type InferenceRules, type InferredStruct, type InferredType } from './inferred-type.ts';

const widening: readonly InferredType['kind'][] = ['integer', 'long', 'double'];
/** Whole digits of the integral types, for decimals that can hold them. */
const wholeDigits: Partial<Record<InferredType['kind'], number>> = { integer: 10, long: 20 };

/** Spark's `findTightestCommonType`: without loss only, NULL with anything, and inside arrays, maps and structs of one shape. */
export function tightestCommonType(a: InferredType, b: InferredType, rules: InferenceRules): InferredType | undefined {
  if (sameInferred(a, b)) return a;
  if (a.kind === 'void') return b;
  if (b.kind === 'void') return a;
  const [rankA, rankB] = [widening.indexOf(a.kind), widening.indexOf(b.kind)];
  if (rankA >= 0 && rankB >= 0) return rankA > rankB ? a : b;
  if (a.kind === 'decimal') return widerDecimal(a, b);
  if (b.kind === 'decimal') return widerDecimal(b, a);
  if (a.kind === 'array' && b.kind === 'array') {
    const element = tightestCommonType(a.element, b.element, rules);
    return element && { kind: 'array', element };
  }
  if (a.kind === 'map' && b.kind === 'map') {
    const value = tightestCommonType(a.value, b.value, rules);
    return value && { kind: 'map', value };
  }
  return a.kind === 'struct' && b.kind === 'struct' ? commonStruct(a, b, rules) : undefined;
}

function widerDecimal(decimal: DecimalType, other: InferredType): InferredType | undefined {
  const digits = wholeDigits[other.kind];
  return digits !== undefined && decimal.precision - decimal.scale >= digits ? decimal : undefined;
}

function commonStruct(a: InferredStruct, b: InferredStruct, rules: InferenceRules): InferredType | undefined {
  const key = (name: string): string => (rules.isCaseSensitive ? name : name.toLowerCase());
  if (a.fields.length !== b.fields.length) return undefined;
  const fields = a.fields.flatMap(({ name, type }, index) => {
    const other = b.fields[index];
    const common = other && key(other.name) === key(name) ? tightestCommonType(type, other.type, rules) : undefined;
    return common ? [{ name, type: common }] : [];
  });
  return fields.length === a.fields.length ? { kind: 'struct', fields } : undefined;
}
