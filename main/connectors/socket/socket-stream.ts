import net from 'node:net';
import { once } from 'node:events';
import type { Endpoints } from '../../../engine/api/endpoint.ts';
import type { Offset, SourceRows, StreamSource } from '../../../engine/api/source.ts';
import type { Clock } from '../../../engine/core/clock.ts';
import { SparkError } from '../../../engine/core/spark-error.ts';
import type { Row } from '../../../engine/core/spark-value.ts';
import { connectFailure } from './connect-failure.ts';
import { JavaLines } from './java-lines.ts';
import type { SocketOptions } from './socket-options.ts';

/** The offset before the first line. */
const nothingYet = -1;
const highestPort = 65_535;

/** What a stream needs of the world. `cores`: how many partitions a batch has by default. */
export type SocketWorld = {
  readonly endpoints: Pick<Endpoints, 'lines'>;
  readonly clock: Clock;
  readonly cores: number;
};

/**
 * Spark's `TextSocketMicroBatchStream`. It connects when the first batch is read, keeps in memory the lines that no committed batch has read, counts them
 * as offsets, and can give none of them again after a restart: that query fails where Spark's does.
 */
export class SocketStream implements StreamSource {
  readonly description: string;
  readonly #options: SocketOptions;
  readonly #world: SocketWorld;
  readonly #lines: Row[] = [];
  #last = nothingYet;
  #committed = nothingYet;
  #socket: net.Socket | undefined;
  #isConnected = false;

  constructor(options: SocketOptions, world: SocketWorld) {
    this.#options = options;
    this.#world = world;
    this.description = `TextSocketV2[host: ${options.host}, port: ${options.port}]`;
  }

  async latestOffset(): Promise<Offset> {
    return this.#last;
  }

  async read(start: Offset | null, end: Offset): Promise<SourceRows> {
    if (!this.#isConnected) {
      this.#isConnected = true;
      await this.#connect();
    }
    const position = (offset: Offset | null): number => Math.max(0, offsetOf(offset) - this.#committed);
    const rows = this.#lines.slice(position(start), position(end));
    const partitions = this.#options.partitions ?? this.#world.cores;
    return { kind: 'rows', blocks: [inPartitions(rows, partitions)], partitions };
  }

  async commit(end: Offset): Promise<void> {
    const count = offsetOf(end) - this.#committed;
    if (count < 0)
      throw new SparkError(
        { java: 'java.lang.IllegalStateException' },
        `Offsets committed out of order: ${this.#committed} followed by ${offsetOf(end)}`,
      );
    // A restart: the lines of the committed batch went with the run that had read them.
    if (count > this.#lines.length)
      throw new SparkError({ java: 'java.lang.IndexOutOfBoundsException' }, `at 0 deleting ${count}`);
    this.#lines.splice(0, count);
    this.#committed = offsetOf(end);
  }

  async stop(): Promise<void> {
    this.#socket?.destroy();
  }

  async #connect(): Promise<void> {
    const { host, port } = this.#options;
    if (port < 0 || port > highestPort) throw new SparkError('IllegalArgumentException', `port out of range:${port}`);
    try {
      const endpoint = await this.#world.endpoints.lines(host, port);
      const socket = net.connect({ host: endpoint.host, port: endpoint.port });
      this.#socket = socket;
      await once(socket, 'connect');
      this.#listen(socket);
    } catch (error) {
      throw connectFailure(error, host);
    }
  }

  #listen(socket: net.Socket): void {
    const lines = new JavaLines();
    socket.on('data', (bytes: Buffer) => this.#keep(lines.push(bytes)));
    // When the peer closes, the query lives on without data; a broken connection is no failure either. Neither connects again.
    socket.on('end', () => this.#keep(lines.end()));
    socket.on('error', () => undefined);
  }

  #keep(lines: readonly string[]): void {
    const arrivedUs = BigInt(this.#world.clock.now()) * 1000n;
    for (const line of lines) this.#lines.push(this.#options.includeTimestamp ? [line, arrivedUs] : [line]);
    this.#last += lines.length;
  }
}

const offsetOf = (offset: Offset | null): number => (offset === null ? nothingYet : Number(offset));

/** Spark deals the lines of a batch out to its partitions in turn, and a batch shows one partition after the other. */
function inPartitions(rows: readonly Row[], partitions: number): readonly Row[] {
  const filled = Math.min(partitions, rows.length);
  return Array.from({ length: filled }, (_, partition) =>
    rows.filter((_row, index) => index % filled === partition),
  ).flat();
}
