import type net from 'node:net';
import { createInterface } from 'node:readline';
import { bindLoopback } from '../bind-loopback.ts';

/** What the panel shows. `client` counts connections from 1. */
export type LineEvent =
  /** `isWaiting`: nobody is connected; the line goes to the first who is. */
  | { readonly kind: 'sent'; readonly line: string; readonly isWaiting: boolean }
  | { readonly kind: 'received'; readonly line: string; readonly client: number }
  | { readonly kind: 'connected'; readonly client: number }
  | { readonly kind: 'left'; readonly client: number };

export type LineServerStatus = { readonly port: number; readonly clients: number; readonly waitingLines: number };

/** A longer line without an end is no text: that connection is closed. */
const longestLineBytes = 1_000_000;
/** A client that reads nothing for so many bytes is dropped: what it does not take would fill the host's memory. */
const mostUnreadBytes = 64 * 2 ** 20;

/**
 * What `nc -lk PORT` is in a terminal: lines written here go to whoever is connected, lines that clients send are shown. Every client gets
 * each line; what is written before the first one comes waits for it. Loopback only.
 */
export class LineServer {
  readonly #clients = new Map<net.Socket, number>();
  readonly #waiting: string[] = [];
  readonly #heardBy = new Set<(event: LineEvent) => void>();
  #listeners: readonly net.Server[] = [];
  #port = 0;
  #lastClient = 0;

  private constructor() {}

  /** `port` 0: a free one. Rejects with the system's error (`EADDRINUSE`) when it is taken. */
  static async listen(port: number): Promise<LineServer> {
    const server = new LineServer();
    const bound = await bindLoopback(port, (socket) => server.#accept(socket));
    server.#listeners = bound.listeners;
    server.#port = bound.port;
    return server;
  }

  get status(): LineServerStatus {
    return { port: this.#port, clients: this.#clients.size, waitingLines: this.#waiting.length };
  }

  /** Answers the function that ends the subscription. */
  on(listener: (event: LineEvent) => void): () => void {
    this.#heardBy.add(listener);
    return () => this.#heardBy.delete(listener);
  }

  /** Writes lines, given without their ends. Resolves when the system has taken them for every client. */
  async send(lines: readonly string[]): Promise<void> {
    const isWaiting = this.#clients.size === 0;
    for (const line of lines) {
      if (isWaiting) this.#waiting.push(line);
      this.#tell({ kind: 'sent', line, isWaiting });
    }
    await Promise.all([...this.#clients.keys()].map((socket) => write(socket, lines)));
  }

  async close(): Promise<void> {
    const closing = this.#listeners.map((listener) => new Promise((resolve) => listener.close(resolve)));
    for (const socket of this.#clients.keys()) socket.destroy();
    await Promise.all(closing);
  }

  #accept(socket: net.Socket): void {
    this.#lastClient += 1;
    const client = this.#lastClient;
    this.#clients.set(socket, client);
    this.#listen(socket, client);
    void write(socket, this.#waiting.splice(0));
    this.#tell({ kind: 'connected', client });
  }

  #listen(socket: net.Socket, client: number): void {
    const incoming = createInterface({ input: socket, crlfDelay: Infinity });
    incoming.on('line', (line) => this.#tell({ kind: 'received', line, client }));
    // Readline hands on the socket's errors as its own.
    incoming.on('error', () => undefined);
    let unfinishedBytes = 0;
    socket.on('data', (bytes: Buffer) => {
      const end = bytes.lastIndexOf('\n');
      unfinishedBytes = end < 0 ? unfinishedBytes + bytes.length : bytes.length - end - 1;
      if (unfinishedBytes > longestLineBytes) socket.destroy();
    });
    // A broken connection ends like any other: `close` follows.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#clients.delete(socket);
      this.#tell({ kind: 'left', client });
    });
  }

  #tell(event: LineEvent): void {
    for (const listener of this.#heardBy) listener(event);
  }
}

function write(socket: net.Socket, lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return Promise.resolve();
  if (socket.writableLength > mostUnreadBytes) socket.destroy();
  return new Promise((resolve) => {
    if (socket.destroyed) return resolve();
    socket.once('close', resolve);
    socket.write(lines.map((line) => `${line}\n`).join(''), () => {
      socket.off('close', resolve);
      resolve();
    });
  });
}
