import type { Endpoints } from '../../../engine/api/endpoint.ts';
import type { BatchOutput, SaveMode, SinkFormat, WriteRequest } from '../../../engine/api/sink.ts';
import { SparkError } from '../../../engine/core/spark-error.ts';
import { kafkaClient } from './kafka-client.ts';
import { clientSettings } from './client-settings.ts';
import { clientPatience, type Patience } from './patience.ts';
import { checkProducerSettings, producerSettings } from './producer-settings.ts';
import { recordColumns, type AddressedRecord } from './record-columns.ts';
import { RecordWriter } from './record-writer.ts';

/** Spark's Kafka sink, for streams and batches. */
export const kafkaSink = (endpoints: Endpoints): SinkFormat => ({
  format: 'kafka',
  outputModes: ['append', 'update', 'complete'],
  needsCheckpoint: true,
  guarantee: 'at-least-once',
  openStream: async (request) => {
    const settings = clientSettings(request.options);
    const patience = clientPatience(settings, 'max.block.ms');
    return {
      description: `org.apache.spark.sql.kafka010.KafkaSourceProvider$KafkaTable@${hexadecimal()}`,
      reportsRows: true,
      // What is wrong with options or columns fails inside the query, as in Spark.
      write: async (batch) => ({ rows: await writeRecords(request, batch, settings, patience, endpoints) }),
      interrupt: () => patience.stop(),
      close: async () => patience.stop(),
    };
  },
  writeBatch: async (request, mode, output) => {
    checkMode(mode);
    const settings = clientSettings(request.options);
    await writeRecords(request, output, settings, clientPatience(settings, 'max.block.ms'), endpoints);
  },
});

/** The tail of Java's name for an object. */
const hexadecimal = (): string => Math.floor(Math.random() * 0xffffffff).toString(16);

function checkMode(mode: SaveMode): void {
  if (mode !== 'overwrite' && mode !== 'ignore') return;
  const name = mode === 'overwrite' ? 'Overwrite' : 'Ignore';
  throw new SparkError(
    'AnalysisException',
    `Save mode ${name} not allowed for Kafka. Allowed save modes are Append and ErrorIfExists (default).`,
  );
}

/** Answers how many rows were written. */
async function writeRecords(
  request: WriteRequest,
  output: BatchOutput,
  settings: ReadonlyMap<string, string>,
  patience: Patience,
  endpoints: Endpoints,
): Promise<number> {
  checkProducerSettings(settings);
  const recordOf = recordColumns(request.schema, request.options.get('topic')?.trim());
  let writer: RecordWriter | undefined;
  let rows = 0;
  for await (const block of output.blocks()) {
    writer ??= await openWriter(settings, patience, endpoints);
    for (const row of block) await writer.write(recordOf(row) satisfies AddressedRecord);
    rows += block.length;
  }
  await writer?.flush();
  return rows;
}

/** Made by the first row, in a task: without rows nothing is asked of the servers. */
async function openWriter(
  settings: ReadonlyMap<string, string>,
  patience: Patience,
  endpoints: Endpoints,
): Promise<RecordWriter> {
  const producer = producerSettings(settings);
  return new RecordWriter(await kafkaClient(endpoints, producer.servers, settings), patience, producer);
}
