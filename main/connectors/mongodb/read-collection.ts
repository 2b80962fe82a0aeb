import type { MongoClient } from 'mongodb';
import type { BatchSource, ReadRequest, SourceContext } from '../../../engine/api/source.ts';
import type { StructType } from '../../../engine/core/data-type.ts';
import { SparkError } from '../../../engine/core/spark-error.ts';
import type { Row } from '../../../engine/core/spark-value.ts';
import { jobAborted, partitioningFailed } from './connector-errors.ts';
import {
  collectionsOf,
  flagOption,
  integerOption,
  namespaceOf,
  requiredOption,
  type Namespace,
} from './connector-options.ts';
import { forReading, translatedError } from './driver-errors.ts';
import { inferSchema } from './infer-schema.ts';
import type { InferenceRules } from './inferred-type.ts';
import type { MongoClients } from './mongo-clients.ts';
import { aggregateSettings, checkPartitioner, readConfig, type ReadConfig } from './read-config.ts';
import { readRow, type ReadRules } from './read-value.ts';
import type { BsonDocument } from './typed-bson.ts';

/** As many rows as the engine's own blocks. */
const blockRows = 2_048;

/** A batch read of one collection. Without a schema, documents are sampled now; the collection itself is read anew by each action. */
export async function loadCollection(
  request: ReadRequest,
  context: SourceContext,
  clients: MongoClients,
): Promise<BatchSource> {
  const schema = request.schema ?? (await sampledSchema(request, context, clients));
  return {
    schema,
    description: 'MongoTable()',
    files: [],
    read: async () => {
      const config = readConfig(request, context);
      const namespace = await planRead(config, clients);
      const rules: ReadRules = {
        json: flagOption(config.options, 'outputExtendedJson', false) ? 'extended' : 'plain',
        zone: context.zone,
      };
      return { kind: 'rows', blocks: rowBlocks(documentsOf(config, namespace, clients), schema, rules) };
    },
  };
}

/** The schema of `sampleSize` documents of each collection. */
export async function sampledSchema(
  request: ReadRequest,
  context: SourceContext,
  clients: MongoClients,
): Promise<StructType> {
  const config = readConfig(request, context);
  const { options } = config;
  const collections = collectionsOf(options);
  const sample = { $sample: { size: integerOption(options, 'sampleSize', 1_000) } };
  const documents = await clients
    .use(options.uri, async (client) => {
      const database = client.db(requiredOption(options, 'database'));
      const names = collections ?? (await database.listCollections().toArray()).map(({ name }) => name);
      const found: BsonDocument[] = [];
      for (const name of names) {
        const cursor = database.collection(name).aggregate([...config.pipeline, sample], aggregateSettings(config));
        found.push(...((await cursor.toArray()) as BsonDocument[]));
      }
      return found;
    })
    .catch((error: unknown) => {
      throw translatedError(error, options.connection, forReading);
    });
  return inferSchema(documents, inferenceRules(config, context));
}

function inferenceRules({ options }: ReadConfig, context: SourceContext): InferenceRules {
  const hasMaps = flagOption(options, 'sql.inferSchema.mapTypes.enabled', true);
  return {
    mapFromKeys: hasMaps ? integerOption(options, 'sql.inferSchema.mapTypes.minimum.key.size', 250) : undefined,
    isCaseSensitive: context.conf('spark.sql.caseSensitive') === 'true',
  };
}

/** What Spark does before the tasks of a read start: it asks the server whether it is there. */
async function planRead(config: ReadConfig, clients: MongoClients): Promise<Namespace> {
  const { options } = config;
  if (options.get('collection') !== undefined && (collectionsOf(options)?.length ?? 0) !== 1)
    return namespaceOf(options, 'by batch queries');
  try {
    checkPartitioner(config);
    const namespace = namespaceOf(options, 'by batch queries');
    await clients.use(options.uri, (client) => client.db(namespace.database).command({ ping: 1 }));
    return namespace;
  } catch (error) {
    const known = translatedError(error, options.connection, forReading);
    throw known instanceof SparkError ? partitioningFailed(known) : known;
  }
}

async function* documentsOf(
  config: ReadConfig,
  { database, collection }: Namespace,
  clients: MongoClients,
): AsyncIterable<BsonDocument> {
  const open = (client: MongoClient): AsyncIterable<BsonDocument> =>
    client
      .db(database)
      .collection(collection)
      .aggregate([...config.pipeline], aggregateSettings(config));
  try {
    yield* clients.stream(config.options.uri, open);
  } catch (error) {
    throw translatedError(error, config.options.connection, forReading);
  }
}

async function* rowBlocks(
  documents: AsyncIterable<BsonDocument>,
  schema: StructType,
  rules: ReadRules,
): AsyncIterable<readonly Row[]> {
  let block: Row[] = [];
  try {
    for await (const document of documents) {
      block.push(readRow(document, schema, rules));
      if (block.length < blockRows) continue;
      yield block;
      block = [];
    }
  } catch (error) {
    throw error instanceof SparkError ? jobAborted(error) : error;
  }
  if (block.length > 0) yield block;
}
