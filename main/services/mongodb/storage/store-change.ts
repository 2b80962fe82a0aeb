import { decodeDocument, encodeDocument, splitDocuments, type BsonDocument } from '../values/bson-document.ts';

/** One entry of the log. `namespace` is `database.collection`. Applying an entry twice leaves what applying it once did. */
export type StoreChange =
  | { readonly kind: 'create-collection'; readonly namespace: string; readonly options: BsonDocument }
  | { readonly kind: 'drop-collection'; readonly namespace: string }
  | { readonly kind: 'rename-collection'; readonly namespace: string; readonly to: string }
  | { readonly kind: 'create-index'; readonly namespace: string; readonly spec: BsonDocument }
  | { readonly kind: 'drop-index'; readonly namespace: string; readonly name: string }
  | { readonly kind: 'put'; readonly namespace: string; readonly documents: readonly Buffer[] }
  /** `ids`: one document `{_id}` for each. */
  | { readonly kind: 'remove'; readonly namespace: string; readonly ids: readonly BsonDocument[] };

/** The number of a kind on the disk is its place here. */
const kinds = [
  'create-collection',
  'drop-collection',
  'rename-collection',
  'create-index',
  'drop-index',
  'put',
  'remove',
] as const satisfies readonly StoreChange['kind'][];

/** `kind (1 byte) · length of the namespace (2) · namespace · BSON documents`. */
export function encodeChange(change: StoreChange): Buffer {
  const namespace = Buffer.from(change.namespace);
  const head = Buffer.alloc(3);
  head.writeUInt8(kinds.indexOf(change.kind), 0);
  head.writeUInt16LE(namespace.length, 1);
  return Buffer.concat([head, namespace, ...bodyOf(change)]);
}

function bodyOf(change: StoreChange): readonly Buffer[] {
  switch (change.kind) {
    case 'create-collection':
      return [encodeDocument(change.options)];
    case 'drop-collection':
      return [];
    case 'rename-collection':
      return [encodeDocument({ to: change.to })];
    case 'create-index':
      return [encodeDocument(change.spec)];
    case 'drop-index':
      return [encodeDocument({ name: change.name })];
    case 'put':
      return change.documents;
    case 'remove':
      return change.ids.map(encodeDocument);
  }
}

/** The documents are copies: the record's bytes may be reused. */
export function decodeChange(record: Buffer): StoreChange {
  const kind = kinds[record.readUInt8(0)];
  const start = 3 + record.readUInt16LE(1);
  const namespace = record.toString('utf8', 3, start);
  const documents = splitDocuments(record.subarray(start));
  const first = (): BsonDocument => decodeDocument(documents[0] ?? Buffer.alloc(0));
  switch (kind) {
    case 'create-collection':
      return { kind, namespace, options: first() };
    case 'drop-collection':
      return { kind, namespace };
    case 'rename-collection':
      return { kind, namespace, to: String(first()['to']) };
    case 'create-index':
      return { kind, namespace, spec: first() };
    case 'drop-index':
      return { kind, namespace, name: String(first()['name']) };
    case 'put':
      return { kind, namespace, documents: documents.map((bytes) => Buffer.from(bytes)) };
    case 'remove':
      return { kind, namespace, ids: documents.map((bytes) => decodeDocument(bytes)) };
    default:
      throw new Error(`the log holds an entry of an unknown kind: ${record.readUInt8(0)}`);
  }
}
