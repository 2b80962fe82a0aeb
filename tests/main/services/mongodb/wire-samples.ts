import { serialize, type Document } from 'bson';

/** A command as OP_MSG, with documents in a section of their own where `sequence` names one. */
export function opMsg(
  body: Document,
  sequence?: { readonly name: string; readonly documents: readonly Document[] },
  flags = 0,
): Buffer {
  const documents = sequence?.documents.map((document) => Buffer.from(serialize(document))) ?? [];
  const name = Buffer.from(`${sequence?.name ?? ''}\0`);
  const length = uint32(4 + name.length + documents.reduce((sum, bytes) => sum + bytes.length, 0));
  const second = sequence === undefined ? [] : [Buffer.from([1]), length, name, ...documents];
  return message(2013, [uint32(flags), Buffer.from([0]), Buffer.from(serialize(body)), ...second]);
}

/** The handshake of old drivers. */
export function opQuery(collection: string, query: Document): Buffer {
  const name = Buffer.from(`${collection}\0`);
  return message(2004, [uint32(0), name, uint32(0), uint32(1), Buffer.from(serialize(query))]);
}

export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/** Header and body; the request's id is 7. */
export function message(operation: number, parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const header = Buffer.alloc(16);
  header.writeInt32LE(16 + body.length, 0);
  header.writeInt32LE(7, 4);
  header.writeInt32LE(operation, 12);
  return Buffer.concat([header, body]);
}
