import { Buffer } from 'node:buffer';
import { serialize } from 'bson';
import type { DataType, MapType, StructType } from '../../../engine/core/data-type.ts';
import { SparkError } from '../../../engine/core/spark-error.ts';
import { mapValue, structValue, type Row, type SparkValue } from '../../../engine/core/spark-value.ts';
import { typeName } from '../../../engine/core/type-names.ts';
import { zoneOffset } from '../../../engine/core/zone-offset.ts';
import { documentJson, valueJson, type JsonMode } from './bson-json.ts';
import { bsonText } from './bson-text.ts';
import { dataError } from './connector-errors.ts';
import { fittedDecimal } from './decimal-text.ts';
import { javaHashOrder } from './java-hash-order.ts';
import { decimalOf, doubleOf, integerOf, longOf, numberOf, type BsonNumber } from './read-number.ts';
import { typedBson, type BsonDocument, type TypedBson } from './typed-bson.ts';

export type ReadRules = {
  /** `extended` with the option `outputExtendedJson`. */
  readonly json: Exclude<JsonMode, 'relaxed'>;
  /** Zone in which an instant becomes a date. */
  readonly zone: string;
};

const dayMs = 86_400_000n;
/** How far from 1970 JavaScript's calendar reaches, but for two days: a zone's offset is looked up around the instant. */
const calendarMs = 8_640_000_000_000_000n - 2n * dayMs;

/** A document as a row of the schema: a field that is missing is NULL. Throws the connector's `DataException`. */
export const readRow = (document: BsonDocument, schema: StructType, rules: ReadRules): Row =>
  readFields(document, schema, '', rules);

function readFields(document: BsonDocument, { fields }: StructType, path: string, rules: ReadRules): Row {
  return fields.map((field) => {
    const fieldPath = path === '' ? field.name : `${path}.${field.name}`;
    if (Object.hasOwn(document, field.name)) return readValue(document[field.name], field.type, fieldPath, rules);
    if (field.nullable) return null;
    throw dataError(
      `Missing field '${fieldPath}' in: '${documentJson(document, rules.json === 'plain' ? 'plain' : 'extended')}'`,
    );
  });
}

function readValue(raw: unknown, type: DataType, path: string, rules: ReadRules): SparkValue {
  const value = typedBson(raw);
  if (value.kind === 'null') return null;
  switch (type.kind) {
    case 'void':
      return null;
    case 'struct':
      if (value.kind !== 'document') throw invalidField(path, type, value);
      return structValue(readFields(value.document, type, path, rules));
    case 'map':
      return readMap(value, type, path, rules);
    case 'array':
      if (value.kind !== 'array') throw invalidField(path, type, value);
      return value.items.map((item, index) => readValue(item, type.element, `${path}.${index}`, rules));
    case 'string':
    case 'char':
    case 'varchar':
      return readText(value, rules);
    case 'binary':
      return readBytes(value, type, path);
    case 'boolean':
      if (value.kind !== 'boolean') throw invalidField(path, type, value);
      return value.value;
    case 'timestamp':
    case 'date':
      return readInstant(requireNumber(value, type, path), type.kind, rules.zone);
    case 'byte':
    case 'short':
    case 'integer':
    case 'long':
    case 'float':
    case 'double':
      return readNumber(requireNumber(value, type, path), type.kind);
    case 'decimal':
      return fittedDecimal(decimalOf(requireNumber(value, type, path)), type);
    default:
      throw invalidField(path, type, value);
  }
}

const invalidField = (path: string, type: DataType, value: TypedBson, extra = ''): SparkError =>
  dataError(`Invalid field: '${path}'. The dataType '${typeName(type)}' is invalid for '${bsonText(value)}'.${extra}`);

function requireNumber(value: TypedBson, type: DataType, path: string): BsonNumber {
  const number = numberOf(value);
  if (number === undefined) throw invalidField(path, type, value);
  return number;
}

function readMap(value: TypedBson, type: MapType, path: string, rules: ReadRules): SparkValue {
  if (value.kind !== 'document') throw invalidField(path, type, value);
  if (type.key.kind !== 'string') throw invalidField(path, type, value, ' Map keys must be strings.');
  const { document } = value;
  return mapValue(
    javaHashOrder(Object.keys(document)).map((key) => [
      key,
      readValue(document[key], type.value, `${path}.${key}`, rules),
    ]),
  );
}

/** Text as it is, everything else as JSON; quotes around a bare value go. */
function readText(value: TypedBson, rules: ReadRules): string {
  if (value.kind === 'string') return value.value;
  const text = valueJson(value, rules.json);
  return text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
}

function readBytes(value: TypedBson, type: DataType, path: string): Uint8Array {
  if (value.kind === 'binary') return value.bytes;
  if (value.kind === 'string') return Buffer.from(value.value.trim(), 'utf8');
  if (value.kind === 'document') return serialize(value.document);
  throw invalidField(path, type, value);
}

function readInstant(value: BsonNumber, kind: 'timestamp' | 'date', zone: string): SparkValue {
  const ms = longOf(value);
  const us = ms * 1000n;
  if (kind === 'date') return localDay(ms, zone);
  if (us !== BigInt.asIntN(64, us)) throw new SparkError('ArithmeticException', 'long overflow');
  return us;
}

function localDay(ms: bigint, zone: string): number {
  const inCalendar = ms < -calendarMs ? -calendarMs : ms > calendarMs ? calendarMs : ms;
  const wall = ms + zoneOffset(zone)(inCalendar * 1000n) / 1000n;
  const day = (wall - (((wall % dayMs) + dayMs) % dayMs)) / dayMs;
  if (day !== BigInt.asIntN(32, day)) throw new SparkError('ArithmeticException', 'integer overflow');
  return Number(day);
}

function readNumber(value: BsonNumber, kind: 'byte' | 'short' | 'integer' | 'long' | 'float' | 'double'): SparkValue {
  switch (kind) {
    case 'byte':
      return Number(BigInt.asIntN(8, longOf(value)));
    case 'short':
      return (integerOf(value) << 16) >> 16;
    case 'integer':
      return integerOf(value);
    case 'long':
      return longOf(value);
    case 'float':
      return Math.fround(doubleOf(value));
    case 'double':
      return doubleOf(value);
  }
}
