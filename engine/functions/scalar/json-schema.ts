import {
  arrayType,
  booleanType,
  decimalType,
  doubleType,
  field,
  longType,
  stringType,
  structType,
  timestampType,
  voidType,
  type DataType,
  type StructField,
} from '../../core/data-type.ts';
import type { JsonNode } from './json-text.ts';
import { parseTimestampText } from './time-text.ts';

const widestLong = 9_223_372_036_854_775_807n;

/** Options of the inference: fractions as decimals, strings that read as timestamps, everything atomic as strings. */
export type JsonInference = {
  readonly prefersDecimal: boolean;
  readonly infersTimestamp: boolean;
  readonly primitivesAsString: boolean;
};

export const plainInference: JsonInference = {
  prefersDecimal: false,
  infersTimestamp: false,
  primitivesAsString: false,
};

/** What Spark infers from one JSON value; `void` for null, a struct without fields for `{}`. */
export function inferJsonType(node: JsonNode, inference: JsonInference = plainInference): DataType {
  const type = typeOfNode(node, inference);
  const isAtomic = type.kind !== 'struct' && type.kind !== 'array' && type.kind !== 'void';
  return inference.primitivesAsString && isAtomic ? stringType : type;
}

function typeOfNode(node: JsonNode, inference: JsonInference): DataType {
  switch (node.kind) {
    case 'object': {
      const fields = new Map<string, DataType>();
      for (const [name, value] of node.members) {
        const type = inferJsonType(value, inference);
        fields.set(name, widerJsonType(fields.get(name) ?? voidType, type));
      }
      return structType(sortedFields([...fields].map(([name, type]) => field(name, type))));
    }
    case 'array':
      return arrayType(node.items.map((item) => inferJsonType(item, inference)).reduce(widerJsonType, voidType));
    case 'string':
      return inference.infersTimestamp && parseTimestampText(node.text) ? timestampType : stringType;
    case 'number':
      return numberType(node.text, inference.prefersDecimal);
    case 'special':
      return doubleType;
    case 'boolean':
      return booleanType;
    case 'null':
      return voidType;
  }
}

function numberType(text: string, prefersDecimal: boolean): DataType {
  if (!/[.eE]/.test(text)) {
    const size = BigInt(text.replace('-', ''));
    if (size <= widestLong) return longType;
    const digits = size.toString().length;
    return digits > 38 ? doubleType : decimalType(digits, 0);
  }
  const plain = /^-?(\d+)\.(\d+)$/.exec(text);
  if (!prefersDecimal || !plain) return doubleType;
  const scale = (plain[2] ?? '').length;
  return decimalType(Math.max((plain[1] ?? '').replace(/^0+/, '').length + scale, scale), scale);
}

const sortedFields = (fields: readonly StructField[]): StructField[] =>
  [...fields].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));

/** Spark's `compatibleType`: numbers widen, structs merge by name, whatever does not go together is a string. */
export function widerJsonType(a: DataType, b: DataType): DataType {
  if (a.kind === 'void') return b;
  if (b.kind === 'void') return a;
  if (a.kind === 'struct' && b.kind === 'struct') {
    const fields = new Map(a.fields.map((one) => [one.name, one.type]));
    for (const other of b.fields) fields.set(other.name, widerJsonType(fields.get(other.name) ?? voidType, other.type));
    return structType(sortedFields([...fields].map(([name, type]) => field(name, type))));
  }
  if (a.kind === 'array' && b.kind === 'array') return arrayType(widerJsonType(a.element, b.element));
  if (a.kind === 'decimal' && b.kind === 'decimal') return widerDecimal(a.precision, a.scale, b.precision, b.scale);
  if (a.kind === b.kind) return a;
  const kinds = [a.kind, b.kind];
  if (kinds.every((kind) => kind === 'long' || kind === 'double' || kind === 'decimal')) {
    if (kinds.includes('double')) return doubleType;
    const decimal = a.kind === 'decimal' ? a : b;
    return decimal.kind === 'decimal' ? widerDecimal(decimal.precision, decimal.scale, 20, 0) : stringType;
  }
  return stringType;
}

function widerDecimal(p1: number, s1: number, p2: number, s2: number): DataType {
  const scale = Math.max(s1, s2);
  const range = Math.max(p1 - s1, p2 - s2);
  return range + scale > 38 ? doubleType : decimalType(range + scale, scale);
}

/** What is left at the end: null becomes string, structs without fields go. Undefined where nothing is left. */
export function settledJsonType(type: DataType): DataType | undefined {
  switch (type.kind) {
    case 'void':
      return stringType;
    case 'array': {
      const element = settledJsonType(type.element);
      return element && arrayType(element);
    }
    case 'struct': {
      const fields = type.fields.flatMap((one) => {
        const settled = settledJsonType(one.type);
        return settled ? [field(one.name, settled)] : [];
      });
      return fields.length === 0 ? undefined : structType(fields);
    }
    default:
      return type;
  }
}
