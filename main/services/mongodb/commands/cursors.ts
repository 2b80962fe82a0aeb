import { maxDocumentBytes, type BsonDocument } from '../values/bson-document.ts';
import { MongoError } from '../mongo-error.ts';
import { encodeCursorReply } from '../wire-message.ts';
import { wholeNumber } from '../values/bson-number.ts';

type OpenCursor = { readonly documents: readonly Buffer[]; next: number; readonly namespace: string; usedAt: number };

/** What MongoDB sends first when nobody says how much. */
const defaultFirstBatch = 101;
/** MongoDB's: a cursor that nobody asks for 10 minutes is closed. */
const idleMs = 600_000;

/** Results that clients read batch by batch. A cursor holds what its command found: later writes do not show. */
export class Cursors {
  readonly #open = new Map<bigint, OpenCursor>();
  readonly #elapsed: () => number;
  #lastId = 0n;

  constructor(elapsed: () => number) {
    this.#elapsed = elapsed;
  }

  /** The first batch; what is left stays for `getMore` unless `isSingleBatch`. */
  start(
    namespace: string,
    documents: readonly Buffer[],
    options: { readonly batchSize?: unknown; readonly isSingleBatch?: boolean },
  ): Buffer {
    this.#closeIdle();
    const batchSize = wholeNumber(options.batchSize) ?? defaultFirstBatch;
    if (batchSize < 0)
      throw new MongoError(51024, `BSON field 'batchSize' value must be >= 0, actual value '${batchSize}'`);
    const cursor: OpenCursor = { documents, next: 0, namespace, usedAt: this.#elapsed() };
    const batch = takeBatch(cursor, batchSize);
    let id = 0n;
    if (cursor.next < documents.length && options.isSingleBatch !== true) {
      this.#lastId += 1n;
      id = this.#lastId;
      this.#open.set(id, cursor);
    }
    return encodeCursorReply({ field: 'firstBatch', id, namespace, documents: batch });
  }

  next(id: bigint, batchSize: unknown): Buffer {
    const cursor = this.#open.get(id);
    if (cursor === undefined) throw new MongoError(43, `cursor id ${id} not found`);
    cursor.usedAt = this.#elapsed();
    const size = wholeNumber(batchSize) ?? 0;
    const documents = takeBatch(cursor, size > 0 ? size : Number.POSITIVE_INFINITY);
    const isLast = cursor.next >= cursor.documents.length;
    if (isLast) this.#open.delete(id);
    return encodeCursorReply({
      field: 'nextBatch',
      id: isLast ? 0n : id,
      namespace: cursor.namespace,
      documents,
    });
  }

  kill(ids: readonly bigint[]): BsonDocument {
    const killed = ids.filter((id) => this.#open.delete(id));
    return {
      cursorsKilled: killed,
      cursorsNotFound: ids.filter((id) => !killed.includes(id)),
      cursorsAlive: [],
      cursorsUnknown: [],
    };
  }

  #closeIdle(): void {
    const oldest = this.#elapsed() - idleMs;
    for (const [id, cursor] of this.#open) if (cursor.usedAt < oldest) this.#open.delete(id);
  }
}

/** As many as asked for, but no more than fit in a message: at least one. */
function takeBatch(cursor: OpenCursor, size: number): readonly Buffer[] {
  const start = cursor.next;
  let bytes = 0;
  while (cursor.next < cursor.documents.length && cursor.next - start < size) {
    bytes += cursor.documents[cursor.next]?.length ?? 0;
    if (bytes > maxDocumentBytes && cursor.next > start) break;
    cursor.next += 1;
  }
  return cursor.documents.slice(start, cursor.next);
}
