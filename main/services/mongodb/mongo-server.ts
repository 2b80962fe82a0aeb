import type { Clock } from '../../../engine/core/clock.ts';
import type { FrameConnection } from '../frame-connection.ts';
import { FrameServer } from '../frame-server.ts';
import type { FrameFormat } from '../frame-splitter.ts';
import type { LogDisk } from '../append-log.ts';
import type { CommandContext } from './commands/command-context.ts';
import { Cursors } from './commands/cursors.ts';
import { DocumentStore, namespaceOf } from './storage/document-store.ts';
import { runCommand } from './commands/run-command.ts';
import { encodeReply, maxMessageBytes, readMessage, writeReply } from './wire-message.ts';

export type MongoServerOptions = {
  /** Where the log lives; no other process may use it. */
  readonly folder: string;
  /** 0: any free port. */
  readonly port: number;
  readonly clock: Clock;
  /** For tests: a disk that can be full. */
  readonly disk?: LogDisk;
};

export type MongoServerStatus = {
  readonly databases: readonly string[];
  /** Bytes of the log. */
  readonly bytes: number;
  readonly connections: number;
  /** What was cut off the log's end when it was opened, after a crash. */
  readonly recovered?: { readonly truncatedBytes: number };
};

const frameFormat: FrameFormat = {
  byteOrder: 'little-endian',
  lengthCountsItself: true,
  minLength: 16,
  maxLength: maxMessageBytes,
};

/** How long the operating system may keep writes from the disk: what a power cut can cost, not a crash. */
const syncEveryMs = 1000;

/** A MongoDB server on the loopback interface: one node, no authentication, all documents in memory and in one log. */
export class MongoServer {
  readonly #frames: FrameServer;
  readonly #store: DocumentStore;
  readonly #syncTimer: NodeJS.Timeout;

  private constructor(frames: FrameServer, store: DocumentStore) {
    this.#frames = frames;
    this.#store = store;
    this.#syncTimer = setInterval(() => void store.sync(), syncEveryMs);
    this.#syncTimer.unref();
  }

  /** Resolves when clients can connect. Rejects with the system's error, `EADDRINUSE` for a taken port. */
  static async start({ folder, port, clock, disk }: MongoServerOptions): Promise<MongoServer> {
    const store = DocumentStore.open(folder, disk);
    const cursors = new Cursors(() => clock.elapsed());
    const startedAt = clock.elapsed();
    let frames: FrameServer | undefined;
    const handle = (frame: Buffer, connection: FrameConnection): Promise<Buffer | null> => {
      const server = { startedAt, port: frames?.port ?? port, connections: frames?.connections ?? 0 };
      return Promise.resolve(answer(frame, { store, cursors, clock, connection, server }));
    };
    try {
      frames = await FrameServer.listen({ port, format: frameFormat, handlers: { handle } });
    } catch (error) {
      store.close();
      throw error;
    }
    return new MongoServer(frames, store);
  }

  get port(): number {
    return this.#frames.port;
  }

  /** Closes every connection and the log; what was acknowledged is on the disk. */
  async stop(): Promise<void> {
    clearInterval(this.#syncTimer);
    await this.#frames.close();
    this.#store.close();
  }

  status(): MongoServerStatus {
    const { recovered } = this.#store;
    return {
      databases: this.#store.databases(),
      bytes: this.#store.bytes,
      connections: this.#frames.connections,
      ...(recovered === null ? {} : { recovered }),
    };
  }

  /** Answers whether there was one. */
  dropCollection(database: string, collection: string): boolean {
    const namespace = namespaceOf(database, collection);
    if (this.#store.collection(namespace) === undefined) return false;
    this.#store.dropCollection(namespace);
    return true;
  }

  dropDatabase(database: string): void {
    for (const [collection] of this.#store.collections(database)) this.dropCollection(database, collection);
  }
}

type ServerParts = Pick<CommandContext, 'store' | 'cursors' | 'clock' | 'connection' | 'server'>;

/** Throws when the bytes are not a message; the connection is closed then. */
function answer(frame: Buffer, parts: ServerParts): Buffer | null {
  const message = readMessage(frame);
  const database = message.command['$db'];
  const reply = runCommand({
    ...parts,
    command: message.command,
    database: typeof database === 'string' ? database : 'admin',
    sequences: message.sequences,
  });
  if (!message.wantsReply) return null;
  return writeReply(message, Buffer.isBuffer(reply) ? reply : encodeReply(reply));
}
