import type net from 'node:net';
import { bindLoopback } from './bind-loopback.ts';
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
