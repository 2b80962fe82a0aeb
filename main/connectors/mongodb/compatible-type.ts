import { decimalType, type DecimalType } from '../../../engine/core/data-type.ts';
import {
  emptyArray,
  inferred,
  type InferenceRules,
  type InferredField,
  type InferredStruct,
  type InferredType,
} from './inferred-type.ts';
import { tightestCommonType } from './tightest-common-type.ts';

const maxDecimalPrecision = 38;

/** The connector's common type of two values of a field: any two have one, at worst a string. */
export function compatibleType(a: InferredType, b: InferredType, rules: InferenceRules): InferredType {
  return mapIfLarge(tightestCommonType(a, b, rules) ?? looserType(a, b, rules), rules);
}

function looserType(a: InferredType, b: InferredType, rules: InferenceRules): InferredType {
  if (a.kind === 'struct' && b.kind === 'struct') return mergedStruct([...a.fields, ...b.fields], rules);
  if (a.kind === 'array' && b.kind === 'array') return mergedArray(a, b, rules);
  if (a.kind === 'decimal') return looserDecimal(a, b);
  if (b.kind === 'decimal') return looserDecimal(b, a);
  if (a.kind === 'map' && b.kind === 'struct') return mapWithFields(a.value, b, rules);
  if (a.kind === 'struct' && b.kind === 'map') return mapWithFields(b.value, a, rules);
  return inferred('string');
}

/** Fields of one name become one; the result is in the order of names. */
export function mergedStruct(fields: readonly InferredField[], rules: InferenceRules): InferredStruct {
  const byName = new Map<string, InferredType>();
  for (const { name, type } of fields) {
    const known = byName.get(name);
    byName.set(name, known ? compatibleType(known, type, rules) : type);
  }
  const merged = [...byName].map(([name, type]) => ({ name, type }));
  return { kind: 'struct', fields: merged.sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

function mergedArray(
  a: Extract<InferredType, { kind: 'array' }>,
  b: Extract<InferredType, { kind: 'array' }>,
  rules: InferenceRules,
): InferredType {
  if (a === emptyArray) return b;
  if (b.element.kind === 'unknown') return a.element.kind === 'unknown' ? emptyArray : a;
  return a.element.kind === 'unknown' ? b : { kind: 'array', element: compatibleType(a.element, b.element, rules) };
}

function looserDecimal(decimal: DecimalType, other: InferredType): InferredType {
  switch (other.kind) {
    case 'decimal': {
      const scale = Math.max(decimal.scale, other.scale);
      const whole = Math.max(decimal.precision - decimal.scale, other.precision - other.scale);
      return whole + scale > maxDecimalPrecision ? inferred('double') : decimalType(whole + scale, scale);
    }
    // What stands behind the point of the decimal is lost, as in Spark.
    case 'integer':
      return decimalType(10, 0);
    case 'long':
      return decimalType(20, 0);
    case 'double':
      return decimalType(30, 15);
    default:
      return inferred('string');
  }
}

const mapWithFields = (value: InferredType, struct: InferredStruct, rules: InferenceRules): InferredType => ({
  kind: 'map',
  value: struct.fields.reduce((common, { type }) => compatibleType(common, type, rules), value),
});

export function mapIfLarge(type: InferredType, rules: InferenceRules): InferredType {
  if (type.kind !== 'struct' || rules.mapFromKeys === undefined || type.fields.length < rules.mapFromKeys) return type;
  const [first, ...others] = type.fields;
  if (!first) return type;
  return {
    kind: 'map',
    value: others.reduce((common, field) => compatibleType(common, field.type, rules), first.type),
  };
}
