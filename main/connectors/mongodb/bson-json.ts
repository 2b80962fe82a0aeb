import { Buffer } from 'node:buffer';
import { assertNever } from '../../../engine/core/assert-never.ts';
import { javaDoubleText } from '../../../engine/core/java-number-text.ts';
import { typedBson, type BsonDocument, type TypedBson } from './typed-bson.ts';

/**
 * `relaxed`, `extended`: the two modes of the Java driver's JSON writer. `plain`: what the connector gives for a value in a string column, where dates,
 * ids, decimals and bytes are bare strings.
 */
export type JsonMode = 'relaxed' | 'extended' | 'plain';

export function documentJson(document: BsonDocument, mode: JsonMode): string {
  const fields = Object.entries(document).map(
    ([name, value]) => `${quoted(name)}: ${valueJson(typedBson(value), mode)}`,
  );
  return `{${fields.join(', ')}}`;
}

export function valueJson(value: TypedBson, mode: JsonMode): string {
  switch (value.kind) {
    case 'null':
      return 'null';
    case 'boolean':
      return String(value.value);
    case 'string':
      return quoted(value.value);
    case 'int32':
    case 'int64':
    case 'double':
    case 'decimal128':
      return numberJson(value, mode);
    case 'date':
      return dateJson(value.ms, mode);
    case 'document':
      return documentJson(value.document, mode);
    case 'array':
      return `[${value.items.map((item) => valueJson(typedBson(item), mode)).join(', ')}]`;
    case 'object_id':
      return mode === 'plain' ? quoted(value.hex) : `{"$oid": "${value.hex}"}`;
    case 'binary':
      return binaryJson(value.bytes, value.subType, mode);
    case 'symbol':
      return mode === 'plain' ? quoted(value.value) : `{"$symbol": ${quoted(value.value)}}`;
    case 'timestamp':
      return `{"$timestamp": {"t": ${value.seconds}, "i": ${value.increment}}}`;
    case 'regex':
      return `{"$regularExpression": {"pattern": ${quoted(value.pattern)}, "options": ${quoted(value.options)}}}`;
    case 'code':
      return value.scope === undefined
        ? `{"$code": ${quoted(value.code)}}`
        : `{"$code": ${quoted(value.code)}, "$scope": ${documentJson(value.scope, mode)}}`;
    case 'min_key':
      return '{"$minKey": 1}';
    case 'max_key':
      return '{"$maxKey": 1}';
    case 'undefined':
      return '{"$undefined": true}';
    default:
      return assertNever(value, 'BSON type');
  }
}

function numberJson(
  value: Extract<TypedBson, { kind: 'int32' | 'int64' | 'double' | 'decimal128' }>,
  mode: JsonMode,
): string {
  switch (value.kind) {
    case 'int32':
      return mode === 'extended' ? `{"$numberInt": "${value.value}"}` : String(value.value);
    case 'int64':
      return mode === 'extended' ? `{"$numberLong": "${value.value}"}` : String(value.value);
    case 'double': {
      const text = javaDoubleText(value.value);
      return mode === 'extended' || !Number.isFinite(value.value) ? `{"$numberDouble": "${text}"}` : text;
    }
    case 'decimal128':
      return mode === 'plain' ? `"${value.text}"` : `{"$numberDecimal": "${value.text}"}`;
    default:
      return assertNever(value, 'number');
  }
}

function dateJson(ms: number, mode: JsonMode): string {
  const isPrintable = ms >= 0 && ms < Date.UTC(10_000, 0);
  if (mode === 'plain') return `"${isoText(ms)}"`;
  return mode === 'relaxed' && isPrintable ? `{"$date": "${isoText(ms)}"}` : `{"$date": {"$numberLong": "${ms}"}}`;
}

/** Java writes no more digits of a second than there are. */
const isoText = (ms: number): string => new Date(ms).toISOString().replace(/\.?0{1,3}Z$/, 'Z');

function binaryJson(bytes: Uint8Array, subType: number, mode: JsonMode): string {
  const base64 = Buffer.from(bytes).toString('base64');
  if (mode === 'plain') return `"${base64}"`;
  return `{"$binary": {"base64": "${base64}", "subType": "${subType.toString(16).padStart(2, '0')}"}}`;
}

const escapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** The Java writer prints letters, digits, signs and spaces and escapes everything else, half a surrogate pair at a time. */
function quoted(text: string): string {
  const body = text.replaceAll(
    /["\\]|[^\p{Lu}\p{Ll}\p{Lt}\p{Lo}\p{N}\p{P}\p{Sm}\p{Sc}\p{Sk}\p{So}\p{Zs}\p{Me}]|[\u{10000}-\u{10FFFF}]/gu,
    (letter) =>
      escapes[letter] ?? [...units(letter)].map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join(''),
  );
  return `"${body}"`;
}

const units = (letter: string): readonly number[] => Array.from(letter.split(''), (unit) => unit.charCodeAt(0));
