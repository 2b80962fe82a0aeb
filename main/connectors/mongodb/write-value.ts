import { Binary, Decimal128, Double, Int32, Long } from 'bson';
import type { DataType, MapType, StructType } from '../../../engine/core/data-type.ts';
import { SparkError } from '../../../engine/core/spark-error.ts';
import {
  decimalText,
  type DecimalValue,
  type MapValue,
  type Row,
  type SparkValue,
  type StructValue,
} from '../../../engine/core/spark-value.ts';
import { javaTypeText } from '../../../engine/core/type-names.ts';
import { zoneOffset } from '../../../engine/core/zone-offset.ts';
import { dataError } from './connector-errors.ts';
import { decimal128Text } from './decimal-text.ts';
import { parseShellJson } from './shell-json.ts';
import type { BsonDocument } from './typed-bson.ts';

export type WriteRules = {
  /** Which strings are read as JSON. */
  readonly convertJson: 'none' | 'any' | 'object_or_array_only';
  /** Leaves NULLs out, inside arrays, maps and structs too. */
  readonly ignoreNulls: boolean;
  /** Zone whose midnight a date becomes. */
  readonly zone: string;
};

type Convert = (value: SparkValue) => unknown;

/** How rows of a schema become documents. Throws `DataException` for a map whose keys are no strings, even when there are no rows. */
export function documentWriter(schema: StructType, rules: WriteRules): (row: Row) => BsonDocument {
  const fields = schema.fields.map(({ name, type }) => ({ name, convert: nullable(type, rules) }));
  return (row) => {
    const document: Record<string, unknown> = {};
    for (const [index, { name, convert }] of fields.entries()) {
      const value = row[index] ?? null;
      if (value !== null || !rules.ignoreNulls) document[name] = convert(value);
    }
    return document;
  };
}

function nullable(type: DataType, rules: WriteRules): Convert {
  const convert = converter(type, rules);
  return (value) => (value === null ? null : convert(value));
}

function converter(type: DataType, rules: WriteRules): Convert {
  switch (type.kind) {
    case 'void':
      return () => null;
    case 'boolean':
      return (value) => value;
    case 'byte':
    case 'short':
    case 'integer':
      return (value) => new Int32(value as number);
    case 'long':
      return (value) => Long.fromBigInt(value as bigint);
    case 'float':
    case 'double':
      return (value) => new Double(value as number);
    case 'decimal':
      return (value) => decimal128(value as DecimalValue, type);
    case 'string':
    case 'char':
    case 'varchar':
      return (value) => convertedText(value as string, rules.convertJson);
    case 'binary':
      return (value) => new Binary(value as Uint8Array);
    case 'date':
      return (value) => new Date(midnight(value as number, rules.zone));
    case 'timestamp':
      return (value) => new Date(wholeMs(value as bigint));
    case 'array':
      return arrayConverter(type.element, rules);
    case 'map':
      return mapConverter(type, rules);
    case 'struct': {
      const write = documentWriter(type, rules);
      return (value) => write((value as StructValue).values);
    }
    default:
      return () => {
        throw dataError(
          `Cannot cast a value into a BsonValue. ${javaTypeText(type)} has no matching BsonValue. Error: ${javaTypeText(type)} data type has no matching BsonValue.`,
        );
      };
  }
}

function arrayConverter(element: DataType, rules: WriteRules): Convert {
  const convert = nullable(element, rules);
  return (value) => {
    const items = value as readonly SparkValue[];
    return (rules.ignoreNulls ? items.filter((item) => item !== null) : items).map(convert);
  };
}

function mapConverter(type: MapType, rules: WriteRules): Convert {
  if (type.key.kind !== 'string')
    throw dataError(`Cannot cast Map into a BsonValue. Invalid key type ${javaTypeText(type.key)}.`);
  const convert = nullable(type.value, rules);
  return (value) => {
    const { entries } = value as MapValue;
    const kept = rules.ignoreNulls ? entries.filter(([, each]) => each !== null) : entries;
    return Object.fromEntries(kept.map(([key, each]) => [key as string, convert(each)]));
  };
}

function decimal128(value: DecimalValue, type: DataType): Decimal128 {
  const text = decimal128Text(value);
  if (text !== undefined) return Decimal128.fromString(text);
  const written = decimalText(value);
  throw dataError(
    `Cannot cast ${written} into a BsonValue. ${javaTypeText(type)} has no matching BsonValue. Error: Conversion to Decimal128 would require inexact rounding of ${written}`,
  );
}

/** Text that is no JSON stays text. */
function convertedText(text: string, convertJson: WriteRules['convertJson']): unknown {
  if (convertJson === 'none') return text;
  if (convertJson === 'object_or_array_only' && !/^(?:\{[^]*\}|\[[^]*\])$/.test(text)) return text;
  try {
    // The braces make Java's reader stop at a closing brace inside the text.
    const { v } = parseShellJson(`{v: ${text}}`) as { readonly v: unknown };
    return v;
  } catch (error) {
    if (error instanceof SparkError) return text;
    throw error;
  }
}

function wholeMs(us: bigint): number {
  const ms = us / 1000n;
  return Number(us % 1000n < 0n ? ms - 1n : ms);
}

const dayMs = 86_400_000;

/** The instant of a date's midnight; where clocks skip it, that of the first moment after. */
function midnight(day: number, zone: string): number {
  const offset = zoneOffset(zone);
  const wall = BigInt(day) * BigInt(dayMs) * 1000n;
  const guess = wall - offset(wall);
  return wholeMs(wall - offset(guess));
}
