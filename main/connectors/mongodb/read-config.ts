import type { ReadRequest, SourceContext } from '../../../engine/api/source.ts';
import { configError } from './connector-errors.ts';
import { connectorOptions, flagOption, type ConnectorOptions } from './connector-options.ts';
import { parseShellJson } from './shell-json.ts';
import type { BsonDocument } from './typed-bson.ts';

export type ReadConfig = {
  readonly options: ConnectorOptions;
  /** Stages before any other, from `aggregation.pipeline`. */
  readonly pipeline: readonly BsonDocument[];
};

/** Throws `ConfigException` and, for a pipeline that is no JSON, `JsonParseException`. */
export function readConfig(request: ReadRequest, context: SourceContext): ReadConfig {
  const options = connectorOptions('read', request.options, context.applicationConf);
  return { options, pipeline: parsePipeline(options.get('aggregation.pipeline') ?? '') };
}

/** One stage or a list of them. */
function parsePipeline(text: string): readonly BsonDocument[] {
  if (text === '') return [];
  const { pipeline } = parseShellJson(`{pipeline: ${text}}`) as { readonly pipeline: unknown };
  const stages: readonly unknown[] = Array.isArray(pipeline) ? pipeline : [pipeline];
  if (stages.every(isStage)) return stages;
  throw configError(`Invalid aggregation pipeline: ${text}`);
}

const isStage = (value: unknown): value is BsonDocument =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !('_bsontype' in value);

export type AggregateSettings = { readonly allowDiskUse: boolean; readonly comment?: string };

export function aggregateSettings({ options }: ReadConfig): AggregateSettings {
  const comment = options.get('comment');
  return {
    allowDiskUse: flagOption(options, 'aggregation.allowDiskUse', true),
    ...(comment === undefined ? {} : { comment }),
  };
}

const partitioners: ReadonlySet<string> = new Set(
  ['Sample', 'Sharded', 'PaginateBySize', 'PaginateIntoPartitions', 'SinglePartition', 'AutoBucket'].map(
    (name) => `com.mongodb.spark.sql.connector.read.partitioner.${name}Partitioner`,
  ),
);

/** A collection is read by one cursor, so that a partitioner only has to exist. */
export function checkPartitioner({ options }: ReadConfig): void {
  const name = options.get('partitioner');
  if (name !== undefined && !partitioners.has(name))
    throw configError(`Invalid value ${name} for configuration partitioner: Class not found: ${name}`);
}
