import type { Endpoints } from '../../../engine/api/endpoint.ts';
import type { SourceFormat, SourceOptions } from '../../../engine/api/source.ts';
import {
  arrayType,
  binaryType,
  field,
  integerType,
  longType,
  stringType,
  structType,
  timestampType,
  type StructType,
} from '../../../engine/core/data-type.ts';
import { SparkError } from '../../../engine/core/spark-error.ts';
import { quoteIfNeeded, sqlTypeName } from '../../../engine/core/type-names.ts';
import { checkReadOptions, checkStreamOptions } from './check-read-options.ts';
import { batchTaskSizes, readKafkaBatch, type BatchLimits } from './kafka-batch.ts';
import { openKafkaStream } from './kafka-stream.ts';
import { checkBatchLimits, illegalArgument, readLimit, readStrategy, truthOption } from './read-options.ts';

/** `array<struct<key:string,value:binary>>`. */
export const headersType = arrayType(structType([field('key', stringType), field('value', binaryType)]));

const columns = [
  field('key', binaryType),
  field('value', binaryType),
  field('topic', stringType),
  field('partition', integerType),
  field('offset', longType),
  field('timestamp', timestampType),
  field('timestampType', integerType),
];

/** Spark's Kafka source, as a stream and as a batch. */
export const kafkaSource = (endpoints: Endpoints): SourceFormat => ({
  format: 'kafka',
  loadStream: async ({ options, schema }, context) => {
    checkStreamOptions(options);
    if (schema !== undefined) throw fixedSchema();
    return {
      schema: kafkaSchema(options),
      description: 'kafka',
      open: (folder) => openKafkaStream(options, folder, context, endpoints),
    };
  },
  loadBatch: async ({ options, schema }) => {
    const limits = batchLimits(options);
    checkBatchLimits(limits.starting, limits.ending);
    checkReadOptions(options);
    const loaded = kafkaSchema(options);
    readStrategy(options);
    truthOption(options, 'failOnDataLoss', true);
    if (schema !== undefined) checkSchema(schema, loaded);
    return {
      schema: loaded,
      description: 'kafka',
      read: () => readKafkaBatch(options, limits, endpoints),
      partitionSizes: () => batchTaskSizes(options, limits, endpoints),
    };
  },
});

const fixedSchema = (): Error =>
  illegalArgument('requirement failed: Kafka source has a fixed schema and cannot be set with a custom one');

const batchLimits = (options: SourceOptions): BatchLimits => ({
  starting: readLimit(options, 'starting', 'earliest'),
  ending: readLimit(options, 'ending', 'latest'),
});

const kafkaSchema = (options: SourceOptions): StructType =>
  structType(truthOption(options, 'includeHeaders', false) ? [...columns, field('headers', headersType)] : columns);

/** A batch read takes a schema only where it is the source's own. */
function checkSchema(given: StructType, actual: StructType): void {
  if (ddl(given) === ddl(actual)) return;
  throw new SparkError(
    'AnalysisException',
    `The user-specified schema doesn't match the actual schema:\nuser-specified: ${ddl(given)}, actual: ${ddl(actual)}. If you're using\nDataFrameReader.schema API or creating a table, please do not specify the schema.\nOr if you're scanning an existed table, please drop it and re-create it.`,
    { condition: '_LEGACY_ERROR_TEMP_1133' },
  );
}

const ddl = ({ fields }: StructType): string =>
  fields.map(({ name, type }) => `${quoteIfNeeded(name)} ${sqlTypeName(type)}`).join(',');
