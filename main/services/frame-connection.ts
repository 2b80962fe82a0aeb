import type net from 'node:net';
import { FrameSplitter } from './frame-splitter.ts';
import type { FrameFormat } from './frame-splitter.ts';

export type FrameHandlers = {
  /**
   * Answers one frame with the complete bytes to send, or null for no answer. A frame is exactly the bytes its length counts: without the length where that
   * excludes itself, with it where it includes itself. It is a view that stays valid after the call.
   */
  readonly handle: (frame: Buffer, connection: FrameConnection) => Promise<Uint8Array | null>;
  readonly onOpen?: (connection: FrameConnection) => void;
  /** Once for each connection, after the last handler call has ended. */
  readonly onClose?: (connection: FrameConnection) => void;
  /** A handler rejected; the connection is closed right after. */
  readonly onError?: (error: unknown, connection: FrameConnection) => void;
};

/** A client that sends without reading is made to wait beyond these. */
const maxQueuedFrames = 64;
const maxQueuedBytes = 8 << 20;

/** One client: its frames wait in a queue and are answered in order. */
export class FrameConnection {
  readonly id: number;
  /** The address the client connected to, as it can be told to connect again: `127.0.0.1` or `::1`. */
  readonly localAddress: string;
  readonly remoteAddress: string;
  readonly #socket: net.Socket;
  readonly #handlers: FrameHandlers;
  readonly #splitter: FrameSplitter;
  readonly #closed = new AbortController();
  readonly #ended: Promise<void>;
  #resolveEnded: () => void = () => {};
  #queue: Buffer[] = [];
  #queuedBytes = 0;
  #isServing = false;

  constructor(id: number, socket: net.Socket, format: FrameFormat, handlers: FrameHandlers) {
    this.id = id;
    this.localAddress = socket.localAddress ?? '127.0.0.1';
    this.remoteAddress = socket.remoteAddress ?? '';
    this.#socket = socket;
    this.#handlers = handlers;
    this.#splitter = new FrameSplitter(format);
    this.#ended = new Promise((resolve) => (this.#resolveEnded = resolve));
    socket.on('data', (bytes) => this.#receive(bytes));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#onSocketClosed());
  }

  /** Aborted when the client is gone: a handler that waits for something stops waiting. */
  get signal(): AbortSignal {
    return this.#closed.signal;
  }

  /** Drops the client; resolves when its running handler has ended. */
  close(): Promise<void> {
    this.#drop();
    return this.#ended;
  }

  #receive(bytes: Buffer): void {
    const frames = this.#splitter.push(bytes);
    if (frames === null) return this.#drop();
    for (const frame of frames) {
      this.#queue.push(frame);
      this.#queuedBytes += frame.length;
    }
    if (this.#isFull()) this.#socket.pause();
    if (!this.#isServing && this.#queue.length > 0) void this.#serve();
  }

  async #serve(): Promise<void> {
    this.#isServing = true;
    try {
      for (let frame = this.#queue.shift(); frame !== undefined; frame = this.#queue.shift()) {
        const answer = await this.#handlers.handle(frame, this);
        this.#queuedBytes -= frame.length;
        if (answer !== null && !this.signal.aborted && !this.#socket.write(answer)) await this.#drained();
        if (this.#socket.isPaused() && !this.#isFull()) this.#socket.resume();
      }
    } catch (error) {
      this.#handlers.onError?.(error, this);
      this.#drop();
    }
    this.#isServing = false;
    if (this.signal.aborted) this.#end();
  }

  #isFull(): boolean {
    return this.#queue.length >= maxQueuedFrames || this.#queuedBytes >= maxQueuedBytes;
  }

  #drained(): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.#socket.off('drain', done);
        this.signal.removeEventListener('abort', done);
        resolve();
      };
      this.#socket.on('drain', done);
      this.signal.addEventListener('abort', done);
    });
  }

  /** What arrived whole before the client left is still handled (a producer that asks for no answer may be gone at once). */
  #onSocketClosed(): void {
    this.#closed.abort();
    if (!this.#isServing) this.#end();
  }

  #drop(): void {
    this.#queue = [];
    this.#socket.destroy();
  }

  #end(): void {
    this.#handlers.onClose?.(this);
    this.#resolveEnded();
  }
}
