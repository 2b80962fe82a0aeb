import { assertNever } from '../../../engine/core/assert-never.ts';
import { javaDoubleText } from '../../../engine/core/java-number-text.ts';
import { documentJson } from './bson-json.ts';
import { typedBson, type TypedBson } from './typed-bson.ts';

/** A value as the Java driver's `toString` gives it, which is how the connector's errors quote it: `BsonInt32{value=1}`. */
export function bsonText(value: TypedBson): string {
  switch (value.kind) {
    case 'null':
      return 'BsonNull';
    case 'undefined':
      return 'BsonUndefined';
    case 'min_key':
      return 'BsonMinKey';
    case 'max_key':
      return 'BsonMaxKey';
    case 'string':
      return `BsonString{value='${value.value}'}`;
    case 'symbol':
      return `BsonSymbol{symbol='${value.value}'}`;
    case 'boolean':
      return `BsonBoolean{value=${value.value}}`;
    case 'int32':
      return `BsonInt32{value=${value.value}}`;
    case 'int64':
      return `BsonInt64{value=${value.value}}`;
    case 'double':
      return `BsonDouble{value=${javaDoubleText(value.value)}}`;
    case 'decimal128':
      return `BsonDecimal128{value=${value.text}}`;
    case 'object_id':
      return `BsonObjectId{value=${value.hex}}`;
    case 'binary':
      return `BsonBinary{type=${value.subType}, data=[${[...Int8Array.from(value.bytes)].join(', ')}]}`;
    case 'date':
      return `BsonDateTime{value=${value.ms}}`;
    case 'timestamp': {
      const packed = (BigInt(value.seconds) << 32n) | BigInt(value.increment);
      return `Timestamp{value=${BigInt.asIntN(64, packed)}, seconds=${value.seconds}, inc=${value.increment}}`;
    }
    case 'regex':
      return `BsonRegularExpression{pattern='${value.pattern}', options='${value.options}'}`;
    case 'code':
      return value.scope === undefined
        ? `BsonJavaScript{code='${value.code}'}`
        : `BsonJavaScriptWithScope{code=${value.code}scope=${documentJson(value.scope, 'relaxed')}}`;
    case 'document':
      return documentJson(value.document, 'relaxed');
    case 'array':
      return `BsonArray{values=[${value.items.map((item) => bsonText(typedBson(item))).join(', ')}]}`;
    default:
      return assertNever(value, 'BSON type');
  }
}
