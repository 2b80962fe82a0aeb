import type { BsonDocument } from '../values/bson-document.ts';
import type { Collection } from './collection.ts';

/** What `collStats` and `$collStats` say of a collection; of one that does not exist, zeros. */
export function collectionStats(collection: Collection | undefined): BsonDocument {
  const count = collection?.size ?? 0;
  const size = collection?.bytes ?? 0;
  const indexNames = [...(collection?.indexes.keys() ?? [])];
  return {
    size,
    count,
    ...(count === 0 ? {} : { avgObjSize: Math.floor(size / count) }),
    numOrphanDocs: 0,
    storageSize: size,
    freeStorageSize: 0,
    capped: false,
    nindexes: indexNames.length,
    indexBuilds: [],
    totalIndexSize: 0,
    totalSize: size,
    indexSizes: Object.fromEntries(indexNames.map((name) => [name, 0])),
    scaleFactor: 1,
  };
}
