import { Double, serialize } from 'bson';
import { decodeDocument, encodeDocument, splitDocuments, type BsonDocument } from './values/bson-document.ts';

const opReply = 1;
const opQuery = 2004;
const opMsg = 2013;

const headerLength = 16;
const checksumPresent = 1;
const moreToCome = 2;
/** Flags of an OP_MSG that a server must understand or refuse; above bit 15 they may be ignored. */
const requiredFlags = 0xffff;

/** 48 MB, as `hello` announces. */
export const maxMessageBytes = 48_000_000;

/** One command of a client. `sequences`: arrays of documents sent beside it, as bytes. */
type CommandMessage = {
  readonly requestId: number;
  readonly isLegacy: boolean;
  readonly wantsReply: boolean;
  readonly command: BsonDocument;
  readonly sequences: ReadonlyMap<string, readonly Buffer[]>;
};

/** Reads a whole message. Throws when it is not one: the connection is then of no more use. */
export function readMessage(message: Buffer): CommandMessage {
  const requestId = message.readInt32LE(4);
  const operation = message.readInt32LE(12);
  switch (operation) {
    case opMsg:
      return { requestId, isLegacy: false, ...readOpMsg(message) };
    case opQuery:
      return { requestId, isLegacy: true, ...readOpQuery(message) };
    default:
      throw new Error(`operation ${operation} is not supported`);
  }
}

type MessageBody = Pick<CommandMessage, 'wantsReply' | 'command' | 'sequences'>;

function readOpMsg(message: Buffer): MessageBody {
  const flags = message.readUInt32LE(headerLength);
  if ((flags & requiredFlags & ~(checksumPresent | moreToCome)) !== 0) throw new Error(`unknown flags ${flags}`);
  const end = message.length - ((flags & checksumPresent) !== 0 ? 4 : 0);
  const sequences = new Map<string, readonly Buffer[]>();
  let body: BsonDocument | undefined;
  for (let at = headerLength + 4; at < end;) {
    const kind = message.readUInt8(at);
    const length = message.readInt32LE(at + 1);
    const section = message.subarray(at + 1, at + 1 + length);
    if (length < 5 || at + 1 + length > end) throw new Error('a section has an impossible length');
    if (kind === 0 && body === undefined) body = decodeDocument(section);
    else if (kind === 1) {
      const nameEnd = section.indexOf(0, 4);
      if (nameEnd < 0) throw new Error('a section has no name');
      sequences.set(section.toString('utf8', 4, nameEnd), splitDocuments(section.subarray(nameEnd + 1)));
    } else throw new Error(`a section of kind ${kind} is not expected`);
    at += 1 + length;
  }
  if (body === undefined) throw new Error('a message has no command');
  return { wantsReply: (flags & moreToCome) === 0, command: body, sequences };
}

/** The first message of a driver that does not know yet whom it speaks to. */
function readOpQuery(message: Buffer): MessageBody {
  const nameEnd = message.indexOf(0, headerLength + 4);
  const name = message.toString('utf8', headerLength + 4, nameEnd);
  const start = nameEnd + 9;
  if (nameEnd < 0 || !name.endsWith('.$cmd')) throw new Error('only commands may be sent with OP_QUERY');
  const query = decodeDocument(message.subarray(start, start + message.readInt32LE(start)));
  const command = (query['$query'] ?? query) as BsonDocument;
  return {
    wantsReply: true,
    command: { ...command, $db: name.slice(0, -'.$cmd'.length) },
    sequences: new Map(),
  };
}

/** A batch of a cursor: its documents are sent as the bytes that are stored. */
type CursorBatch = {
  readonly field: 'firstBatch' | 'nextBatch';
  readonly id: bigint;
  readonly namespace: string;
  readonly documents: readonly Buffer[];
};

let lastReplyId = 0;

/** The bytes that answer `message`. */
export function writeReply(message: CommandMessage, reply: Buffer): Buffer {
  lastReplyId = (lastReplyId + 1) | 0;
  const prefix = Buffer.alloc(message.isLegacy ? headerLength + 20 : headerLength + 5);
  prefix.writeInt32LE(prefix.length + reply.length, 0);
  prefix.writeInt32LE(lastReplyId, 4);
  prefix.writeInt32LE(message.requestId, 8);
  prefix.writeInt32LE(message.isLegacy ? opReply : opMsg, 12);
  if (message.isLegacy) {
    // responseFlags AwaitCapable, cursorId 0, startingFrom 0, numberReturned 1.
    prefix.writeInt32LE(8, 16);
    prefix.writeInt32LE(1, 32);
  }
  return Buffer.concat([prefix, reply]);
}

export const encodeReply = (reply: BsonDocument): Buffer => encodeDocument({ ...reply, ok: reply['ok'] ?? okValue });

/** `ok` is a double, as MongoDB sends it. */
const okValue = new Double(1);

/** `{cursor: {id, ns, firstBatch|nextBatch}, ok: 1}` around documents that are already BSON. */
export function encodeCursorReply({ field, id, namespace, documents }: CursorBatch): Buffer {
  const array = joinDocument(documents.flatMap((bytes, index) => [element(3, String(index)), bytes]));
  const cursor = joinDocument([element(4, field), array, fieldsOf({ id, ns: namespace })]);
  return joinDocument([element(3, 'cursor'), cursor, fieldsOf({ ok: okValue })]);
}

const element = (type: number, name: string): Buffer => Buffer.from(`${String.fromCharCode(type)}${name}\0`, 'latin1');

/** A document's bytes without its length and its closing zero. */
const fieldsOf = (document: BsonDocument): Buffer => Buffer.from(serialize(document)).subarray(4, -1);

function joinDocument(parts: readonly Buffer[]): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32LE(parts.reduce((sum, part) => sum + part.length, 5));
  return Buffer.concat([length, ...parts, Buffer.alloc(1)]);
}
