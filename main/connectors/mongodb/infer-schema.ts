import {
  arrayType,
  decimalType,
  mapType,
  stringType,
  structType,
  type DataType,
  type StructField,
  type StructType,
} from '../../../engine/core/data-type.ts';
import { SparkError } from '../../../engine/core/spark-error.ts';
import { compatibleType, mapIfLarge, mergedStruct } from './compatible-type.ts';
import { bigDecimalOf128, precisionOf } from './decimal-text.ts';
import {
  emptyArray,
  inferred,
  sameInferred,
  type InferenceRules,
  type InferredField,
  type InferredStruct,
  type InferredType,
} from './inferred-type.ts';
import { typedBson, type BsonDocument } from './typed-bson.ts';

/**
 * The schema of a sample of documents: top-level fields in the order of their names, everything nullable, a string where types do not go together.
 * Throws what Spark throws for decimals that have no Spark type.
 */
export function inferSchema(documents: readonly BsonDocument[], rules: InferenceRules): StructType {
  const whole = documents.reduce<InferredStruct>(
    (merged, document) => {
      const next: InferredStruct = { kind: 'struct', fields: fieldsOf(document, rules) };
      return mergedStruct([...merged.fields, ...next.fields], rules);
    },
    { kind: 'struct', fields: [] },
  );
  return structType(sparkFields(whole.fields));
}

const fieldsOf = (document: BsonDocument, rules: InferenceRules): InferredField[] =>
  Object.entries(document).map(([name, value]) => ({ name, type: typeOf(value, rules) }));

function typeOf(raw: unknown, rules: InferenceRules): InferredType {
  const value = typedBson(raw);
  switch (value.kind) {
    case 'document':
      return mapIfLarge({ kind: 'struct', fields: fieldsOf(value.document, rules) }, rules);
    case 'array':
      return arrayTypeOf(value.items, rules);
    case 'binary':
      return inferred('binary');
    case 'boolean':
      return inferred('boolean');
    case 'timestamp':
    case 'date':
      return inferred('timestamp');
    case 'null':
      return inferred('void');
    case 'double':
      return inferred('double');
    case 'int32':
      return inferred('integer');
    case 'int64':
      return inferred('long');
    case 'decimal128':
      return decimalTypeOf(value.text);
    default:
      return inferred('string');
  }
}

function arrayTypeOf(items: readonly unknown[], rules: InferenceRules): InferredType {
  const types: InferredType[] = [];
  for (const item of items) {
    const type = typeOf(item, rules);
    if (!types.some((known) => sameInferred(known, type))) types.push(type);
  }
  const [first, ...others] = types;
  if (!first) return emptyArray;
  return { kind: 'array', element: others.reduce((common, type) => compatibleType(common, type, rules), first) };
}

function decimalTypeOf(text: string): InferredType {
  const value = bigDecimalOf128(text);
  if (value.scale >= 0) return decimalType(Math.max(precisionOf(value), value.scale), value.scale);
  throw new SparkError(
    { java: 'org.apache.spark.SparkException' },
    `[INTERNAL_ERROR] Negative scale is not allowed: ${value.scale}. Set the config "spark.sql.legacy.allowNegativeScaleOfDecimal" to "true" to allow it.`,
    { condition: 'INTERNAL_ERROR', sqlState: 'XX000' },
  );
}

const sparkFields = (fields: readonly InferredField[]): StructField[] =>
  fields.map(({ name, type }) => ({ name, type: sparkType(type), nullable: true, metadata: { inferred: true } }));

function sparkType(type: InferredType): DataType {
  if (type === emptyArray) return arrayType(stringType);
  switch (type.kind) {
    case 'unknown':
      // An array that was empty in one document and held only NULLs in another: the connector trips over it.
      throw new SparkError(
        { java: 'scala.MatchError' },
        'com.mongodb.spark.sql.connector.schema.InferSchema$1 (of class com.mongodb.spark.sql.connector.schema.InferSchema$1)',
      );
    case 'struct':
      return structType(sparkFields(type.fields));
    case 'array':
      return arrayType(sparkType(type.element));
    case 'map':
      return mapType(stringType, sparkType(type.value));
    default:
      return type;
  }
}
