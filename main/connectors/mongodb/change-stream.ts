import type { ReadRequest, SourceContext, StreamSourceFactory } from '../../../engine/api/source.ts';
import type { StructType } from '../../../engine/core/data-type.ts';
import { sparkError } from '../../../engine/core/spark-error.ts';
import { configError } from './connector-errors.ts';
import type { MongoClients } from './mongo-clients.ts';
import { sampledSchema } from './read-collection.ts';

/** `load()` of a stream succeeds in Spark whatever the server can do; what is wrong or missing shows when the query starts. */
export async function loadChangeStream(
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

const isInferred = (schema: StructType): boolean =>
  schema.fields.every(({ metadata }) => metadata?.['inferred'] === true);
