import type { Endpoints } from '../../../engine/api/endpoint.ts';
import type {
  BatchOutput,
  SaveMode,
  SinkContext,
  SinkFormat,
  StreamSink,
  WriteRequest,
} from '../../../engine/api/sink.ts';
import { SparkError } from '../../../engine/core/spark-error.ts';
import { javaTypeText } from '../../../engine/core/type-names.ts';
import { MongoClients } from './mongo-clients.ts';
import { writeConfig, type WriteConfig } from './write-config.ts';

/** Writing with `format("mongodb")`, as version 10.5 of MongoDB's connector for Spark. */
export function mongodbSink(endpoints: Pick<Endpoints, 'mongodb'>): SinkFormat {
  const clients = new MongoClients(endpoints);
  return {
    format: 'mongodb',
    // Spark lets `start()` pass with update mode and refuses it inside the query.
    outputModes: ['append', 'update', 'complete'],
    needsCheckpoint: true,
    guarantee: 'at-least-once',
    openStream: async (request, query, context) => streamSink(request, query.outputMode === 'update', context, clients),
    writeBatch: async (request, mode, output, context) => {
      refuseMode(request.format, mode);
      await write(
        output,
        mode === 'overwrite',
        writeConfig(request.options, context.applicationConf),
        context,
        clients,
      );
    },
  };
}

function refuseMode(format: string, mode: SaveMode): void {
  if (mode === 'append' || mode === 'overwrite') return;
  throw new SparkError(
    'AnalysisException',
    `TableProvider implementation ${format} cannot be written with ${mode === 'ignore' ? 'Ignore' : 'ErrorIfExists'} mode, please use Append or Overwrite modes instead.`,
  );
}

const streamSink = (
  request: WriteRequest,
  isUpdate: boolean,
  context: SinkContext,
  clients: MongoClients,
): StreamSink => ({
  description: tableText(request),
  reportsRows: true,
  plan: () => {
    writeConfig(request.options, context.applicationConf);
    if (isUpdate)
      throw new SparkError(
        'IllegalArgumentException',
        'requirement failed: MongoTable() does not support Update mode.',
      );
  },
  write: async (batch) => {
    const config = writeConfig(request.options, context.applicationConf);
    return { rows: await write(batch, batch.mode === 'complete', config, context, clients) };
  },
  close: async () => undefined,
});

/** `isWhole`: the rows take the place of the collection. */
async function write(
  output: BatchOutput,
  isWhole: boolean,
  config: WriteConfig,
  { zone }: SinkContext,
  clients: MongoClients,
): Promise<number> {
  const { dropCollection, writeDocuments } = await import('./write-documents.ts');
  if (isWhole) await dropCollection(config, clients);
  return writeDocuments(output, config, clients, zone);
}

/** The table as the connector describes it in progress records; a connection string may hold a password and is hidden. */
function tableText({ schema, options }: WriteRequest): string {
  const shown = options.entries.map(
    ([name, value]) => `${name}=${name.toLowerCase().includes('connection.uri') ? '<hidden>' : value}, `,
  );
  return `MongoTable{schema=${javaTypeText(schema)}, partitioning=[], mongoConfig=MongoConfig{options=${shown.join('')}usageMode=NotSet}}`;
}
