import { LineServer, type LineEvent } from './line-server.ts';

export type LineServerSummary = { readonly port: number; readonly clients: number; readonly waiting: number };

export type LineServersOptions = {
  /** Clients, waiting lines or the set of servers changed. */
  readonly onChange?: () => void;
  readonly onLine?: (port: number, event: Extract<LineEvent, { readonly line: string }>) => void;
};

/** `nc -lk 9999`. */
const coursePort = 9999;

/** The line servers of one host, by port. */
export class LineServers {
  readonly #options: LineServersOptions;
  readonly #servers = new Map<number, LineServer>();
  /** Opening one port twice at a time would make the second think that it belongs to somebody else. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: LineServersOptions = {}) {
    this.#options = options;
  }

  isCoursePort(port: number): boolean {
    return port === coursePort;
  }

  has(port: number): boolean {
    return this.#servers.has(port);
  }

  list(): readonly LineServerSummary[] {
    return [...this.#servers.values()].map(({ status: { port, clients, waitingLines } }) => ({
      port,
      clients,
      waiting: waitingLines,
    }));
  }

  /** Answers whether the port is ours now; false: another program has it. */
  open(port: number): Promise<boolean> {
    const turn = this.#last.then(() => this.#open(port));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /** Throws for a port that is not open. */
  async send(port: number, lines: readonly string[]): Promise<void> {
    const server = this.#servers.get(port);
    if (!server) throw new Error(`no line server listens on port ${port}`);
    await server.send(lines);
  }

  async close(port: number): Promise<void> {
    const server = this.#servers.get(port);
    this.#servers.delete(port);
    await server?.close();
    this.#options.onChange?.();
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.#servers.keys()].map((port) => this.close(port)));
  }

  async #open(port: number): Promise<boolean> {
    if (this.#servers.has(port)) return true;
    try {
      const server = await LineServer.listen(port);
      server.on((event) => {
        if ('line' in event) this.#options.onLine?.(port, event);
        this.#options.onChange?.();
      });
      this.#servers.set(port, server);
      this.#options.onChange?.();
      return true;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EADDRINUSE' || code === 'EACCES') return false;
      throw error;
    }
  }
}
