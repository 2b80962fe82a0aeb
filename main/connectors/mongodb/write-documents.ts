import type { AnyBulkWriteOperation, Document } from 'mongodb';
import type { BatchOutput } from '../../../engine/api/sink.ts';
import { SparkError } from '../../../engine/core/spark-error.ts';
import { writingJobFailed } from './connector-errors.ts';
import { flagOption, integerOption, namespaceOf } from './connector-options.ts';
import { forWriting, isMissingCollection, translatedError } from './driver-errors.ts';
import type { MongoClients } from './mongo-clients.ts';
import type { BsonDocument } from './typed-bson.ts';
import { taskSettings, type TaskSettings, type WriteConfig } from './write-config.ts';
import { documentWriter } from './write-value.ts';

const notForWriting = 'when writing';

/**
 * Writes rows in the order they come, `maxBatchSize` at a time; answers how many. What was written before an error stays, as in Spark.
 * Rejects with `SparkException: Writing job failed.`, the reason behind it.
 */
export async function writeDocuments(
  output: BatchOutput,
  config: WriteConfig,
  clients: MongoClients,
  zone: string,
): Promise<number> {
  try {
    return await writeBlocks(output, config, clients, taskSettings(config, zone));
  } catch (error) {
    const known = translatedError(error, config.options.connection, forWriting);
    throw known instanceof SparkError ? writingJobFailed(known) : known;
  }
}

async function writeBlocks(
  output: BatchOutput,
  config: WriteConfig,
  clients: MongoClients,
  settings: TaskSettings,
): Promise<number> {
  const write = documentWriter(output.schema, settings);
  const operation = operationFor(config);
  let waiting: AnyBulkWriteOperation[] = [];
  let rows = 0;
  for await (const block of output.blocks()) {
    for (const row of block) {
      waiting.push(operation(write(row)));
      rows += 1;
      // Spark compares after adding, so that a size below one means one.
      if (waiting.length < integerOption(config.options, 'maxBatchSize', 512)) continue;
      await flush(waiting, config, clients, settings.isOrdered);
      waiting = [];
    }
  }
  if (waiting.length > 0) await flush(waiting, config, clients, settings.isOrdered);
  return rows;
}

async function flush(
  operations: readonly AnyBulkWriteOperation[],
  { options, writeConcern }: WriteConfig,
  clients: MongoClients,
  ordered: boolean,
): Promise<void> {
  const { database, collection } = namespaceOf(options, notForWriting);
  const comment = options.get('comment');
  await clients.use(options.uri, (client) =>
    client
      .db(database)
      .collection(collection)
      // The driver counts with the numbers of the answer: here it gets them as JavaScript's.
      .bulkWrite(operations, {
        ordered,
        writeConcern,
        promoteValues: true,
        ...(comment === undefined ? {} : { comment }),
      }),
  );
}

/** Empties the target as overwrite and complete do: the collection goes, its indexes with it. Rejects with the driver's error in Java's words. */
export async function dropCollection(config: WriteConfig, clients: MongoClients): Promise<void> {
  const { options } = config;
  const { database, collection } = namespaceOf(options, notForWriting);
  try {
    await clients.use(options.uri, (client) => client.db(database).collection(collection).drop());
  } catch (error) {
    if (!isMissingCollection(error)) throw translatedError(error, options.connection, forWriting);
  }
}

/** A document that lacks one of the id fields is inserted whatever the operation; only top-level names count. */
function operationFor({ options, operationType }: WriteConfig): (document: BsonDocument) => AnyBulkWriteOperation {
  const idFields = (options.get('idFieldList') ?? '_id').split(',').map((name) => name.trim());
  const upsert = flagOption(options, 'upsertDocument', true);
  return (document) => {
    if (operationType === 'insert' || !idFields.every((name) => Object.hasOwn(document, name)))
      return { insertOne: { document: document as Document } };
    const filter = Object.fromEntries(idFields.map((name) => [name, document[name]]));
    if (operationType === 'replace') return { replaceOne: { filter, replacement: document as Document, upsert } };
    const rest = Object.entries(document).filter(([name]) => !idFields.includes(name));
    return { updateOne: { filter, update: { $set: Object.fromEntries(rest) }, upsert } };
  };
}
