import type { Endpoints } from '../../../engine/api/endpoint.ts';
import type { SourceFormat } from '../../../engine/api/source.ts';
import { MongoClients } from './mongo-clients.ts';

/** Reading with `format("mongodb")`, as version 10.5 of MongoDB's connector for Spark. */
export function mongodbSource(endpoints: Pick<Endpoints, 'mongodb'>): SourceFormat {
  const clients = new MongoClients(endpoints);
  return {
    format: 'mongodb',
    loadBatch: async (request, context) => {
      const { loadCollection } = await import('./read-collection.ts');
      return loadCollection(request, context, clients);
    },
    loadStream: async (request, context) => {
      const { loadChangeStream } = await import('./change-stream.ts');
      return loadChangeStream(request, context, clients);
    },
  };
}
