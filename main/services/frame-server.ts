import net from 'node:net';
import { FrameConnection } from './frame-connection.ts';
import type { FrameHandlers } from './frame-connection.ts';
import type { FrameFormat } from './frame-splitter.ts';

/**
 * A loopback TCP server of length-prefixed frames. Frames of one connection are handled one after the other and answered in that order; connections do not
 * wait for each other. A frame with an impossible length, or a handler that rejects, closes that connection only.
 */
export class FrameServer {
  readonly port: number;
  readonly #listeners: readonly net.Server[];
  readonly #connections: Set<FrameConnection>;

  private constructor(port: number, listeners: readonly net.Server[], connections: Set<FrameConnection>) {
    this.port = port;
    this.#listeners = listeners;
    this.#connections = connections;
  }

  /**
   * Listens on 127.0.0.1 and, where the machine has IPv6, on ::1 with the same port; `port` 0 takes a free one.
   * Rejects with the system's error (`EADDRINUSE`) when either address is taken: half a port would hide the other server behind `localhost`.
   */
  static async listen(options: {
    readonly port: number;
    readonly format: FrameFormat;
    readonly handlers: FrameHandlers;
  }): Promise<FrameServer> {
    const connections = new Set<FrameConnection>();
    let lastId = 0;
    const accept = (socket: net.Socket): void => {
      const connection = new FrameConnection((lastId += 1), socket, options.format, {
        ...options.handlers,
        onClose: (closed) => {
          connections.delete(closed);
          options.handlers.onClose?.(closed);
        },
      });
      connections.add(connection);
      options.handlers.onOpen?.(connection);
    };
    const { port, listeners } = await bindLoopback(options.port, accept);
    return new FrameServer(port, listeners, connections);
  }

  get connections(): number {
    return this.#connections.size;
  }

  /** Stops listening, closes every connection and waits for the handlers that are running. */
  async close(): Promise<void> {
    const closing = this.#listeners.map((listener) => new Promise((resolve) => listener.close(resolve)));
    await Promise.all([...this.#connections].map((connection) => connection.close()));
    await Promise.all(closing);
  }
}

/** A free port of 127.0.0.1 may be taken on ::1; another is tried this often. */
const freePortAttempts = 5;

async function bindLoopback(
  port: number,
  accept: (socket: net.Socket) => void,
): Promise<{ readonly port: number; readonly listeners: readonly net.Server[] }> {
  for (let attempt = 1; ; attempt += 1) {
    const first = await bind('127.0.0.1', port, accept);
    const bound = portOf(first);
    try {
      return { port: bound, listeners: [first, await bind('::1', bound, accept)] };
    } catch (error) {
      if (hasNoIpv6(error)) return { port: bound, listeners: [first] };
      await new Promise((resolve) => first.close(resolve));
      if (port !== 0 || attempt === freePortAttempts) throw error;
    }
  }
}

function bind(host: string, port: number, accept: (socket: net.Socket) => void): Promise<net.Server> {
  return new Promise((resolve, reject) => {
    const listener = net.createServer({ noDelay: true }, accept);
    listener.once('error', reject);
    listener.listen({ host, port }, () => {
      listener.off('error', reject);
      // A failed accept (too many open files) must not end the process: the next one may succeed.
      listener.on('error', () => {});
      resolve(listener);
    });
  });
}

function portOf(listener: net.Server): number {
  const address = listener.address();
  if (address === null || typeof address === 'string') throw new Error('the listener has no port');
  return address.port;
}

const hasNoIpv6 = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT');
