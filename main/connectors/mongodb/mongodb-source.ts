import type { Endpoints } from '../../../engine/api/endpoint.ts';
import type { ReadRequest, SourceContext, SourceFormat, StreamSourceFactory } from '../../../engine/api/source.ts';
import { sparkError } from '../../../engine/core/spark-error.ts';
import { configError } from './connector-errors.ts';
import { isInferred } from './infer-schema.ts';
import { MongoClients } from './mongo-clients.ts';
import { sampledSchema, loadCollection } from './read-collection.ts';

/** Reading with `format("mongodb")`, as version 10.5 of MongoDB's connector for Spark. */
export function mongodbSource(endpoints: Endpoints): SourceFormat {
  const clients = new MongoClients(endpoints);
  return {
    format: 'mongodb',
    loadBatch: (request, context) => loadCollection(request, context, clients),
    loadStream: (request, context) => loadChangeStream(request, context, clients),
  };
}

/** `load()` of a stream succeeds in Spark whatever the server can do; what is wrong or missing shows when the query starts. */
async function loadChangeStream(
  request: ReadRequest,
  context: SourceContext,
  clients: MongoClients,
): Promise<StreamSourceFactory> {
  const schema = request.schema ?? (await sampledSchema(request, context, clients));
  const isFullDocument = request.options.get('change.stream.publish.full.document.only')?.toLowerCase() === 'true';
  return {
    schema,
    description: 'mongodb',
    open: async () => {
      if (schema.fields.length === 0 || (isInferred(schema) && !isFullDocument))
        throw configError(
          'Mongo micro batch streams require a schema to be explicitly defined, unless using publish full document only.',
        );
      throw sparkError('NOT_SUPPORTED_BY_MAREA', { feature: 'reading a stream from MongoDB (change streams)' });
    },
  };
}
