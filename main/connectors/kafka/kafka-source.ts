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
import { checkReadOptions, checkStreamOptions } from './check-read-options.ts';
import { readKafkaBatch, type BatchLimits } from './kafka-batch.ts';
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
    if (schema !== undefined) throw illegalArgument('kafka does not allow user-specified schemas.');
    const limits = batchLimits(options);
    checkBatchLimits(limits.starting, limits.ending);
    checkReadOptions(options);
    const loaded = kafkaSchema(options);
    readStrategy(options);
    truthOption(options, 'failOnDataLoss', true);
    return {
      schema: loaded,
      description: 'kafka',
      read: () => readKafkaBatch(options, limits, endpoints),
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
