import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Row } from '../../../../engine/core/spark-value.ts';
import { SparkError } from '../../../../engine/core/spark-error.ts';
import { SocketStream } from '../../../../main/connectors/socket/socket-stream.ts';
import { LineServer } from '../../../../main/services/lines/line-server.ts';
import { TestClock } from '../../../support/test-clock.ts';

const start = Date.parse('2024-01-10T12:00:00Z');
let server: LineServer;
let clock: TestClock;
let stream: SocketStream;

const streamTo = (port: number, how: { includeTimestamp?: boolean; cores?: number } = {}): SocketStream =>
  new SocketStream(
    { host: 'localhost', port, includeTimestamp: how.includeTimestamp ?? false, partitions: undefined },
    {
      endpoints: { lines: async (host, to) => ({ host, port: to, embedded: false }) },
      clock,
      cores: how.cores ?? 1,
    },
  );

beforeEach(async () => {
  server = await LineServer.listen(0);
  clock = new TestClock(start);
  stream = streamTo(server.status.port);
});
afterEach(async () => {
  await stream.stop();
  await server.close();
});

const rowsOf = async (from: number | null, to: number): Promise<readonly Row[]> => {
  const rows = await stream.read(from, to);
  if (rows.kind !== 'rows') throw new Error('a socket gives rows');
  const all: Row[] = [];
  for await (const block of rows.blocks) all.push(...block);
  return all;
};

/** Sends lines and resolves when the stream has them. */
async function sent(...lines: readonly string[]): Promise<void> {
  const wanted = Number(await stream.latestOffset()) + lines.length;
  await server.send(lines);
  while ((await stream.latestOffset()) !== wanted) await new Promise((resolve) => setImmediate(resolve));
}

describe('a stream of lines', () => {
  test('connects with the first batch, which is empty, and counts lines from 0', async () => {
    expect(await stream.latestOffset()).toBe(-1);
    expect(server.status.clients).toBe(0);
    expect(await rowsOf(null, -1)).toEqual([]);
    await sent('Hola Mundo', '', 'Hola desde el Severo');
    expect(await stream.latestOffset()).toBe(2);
    expect(await rowsOf(-1, 1)).toEqual([['Hola Mundo'], ['']]);
    expect(await rowsOf(1, 2)).toEqual([['Hola desde el Severo']]);
  });

  test('forgets what a committed batch has read, and only that', async () => {
    await rowsOf(null, -1);
    await stream.commit(-1);
    await sent('a', 'b', 'c');
    await stream.commit(1);
    expect(await rowsOf(1, 2)).toEqual([['c']]);
    expect(await rowsOf(-1, 2)).toEqual([['c']]);
  });

  test('a timestamp is the moment of the clock at which the line arrived, to the millisecond', async () => {
    stream = streamTo(server.status.port, { includeTimestamp: true });
    await rowsOf(null, -1);
    await sent('antes');
    clock.advance(61_250);
    await sent('después');
    expect(await rowsOf(-1, 1)).toEqual([
      ['antes', BigInt(start) * 1000n],
      ['después', BigInt(start + 61_250) * 1000n],
    ]);
  });

  test('deals the lines of a batch out to the partitions in turn, as Spark does', async () => {
    stream = streamTo(server.status.port, { cores: 2 });
    await rowsOf(null, -1);
    await sent('uno', 'dos', 'tres', 'cuatro', 'cinco');
    expect(await rowsOf(-1, 4)).toEqual([['uno'], ['tres'], ['cinco'], ['dos'], ['cuatro']]);
  });

  test('lives on without data when the server closes, with the lines it had', async () => {
    await rowsOf(null, -1);
    await sent('última');
    await server.close();
    expect(await rowsOf(-1, 0)).toEqual([['última']]);
    expect(await stream.latestOffset()).toBe(0);
  });
});

describe('what fails, fails as in Spark', () => {
  const failure = async (action: () => Promise<unknown>) => {
    const error = await action().then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof SparkError)) throw new Error(`no SparkError: ${String(error)}`);
    return { class: error.errorClass, message: error.message };
  };

  test('nobody listens', async () => {
    const free = await LineServer.listen(0);
    const { port } = free.status;
    await free.close();
    stream = streamTo(port);
    expect(await failure(() => stream.read(null, -1))).toEqual({
      class: { java: 'java.net.ConnectException' },
      message: 'Connection refused',
    });
  });

  test('a port that cannot be', async () => {
    stream = streamTo(70_000);
    expect(await failure(() => stream.read(null, -1))).toEqual({
      class: 'IllegalArgumentException',
      message: 'port out of range:70000',
    });
  });

  test('a restart cannot give committed lines again', async () => {
    expect(await failure(() => stream.commit(1))).toEqual({
      class: { java: 'java.lang.IndexOutOfBoundsException' },
      message: 'at 0 deleting 2',
    });
  });

  test('an offset before the last committed one', async () => {
    await rowsOf(null, -1);
    await sent('a', 'b');
    await stream.commit(1);
    expect(await failure(() => stream.commit(0))).toEqual({
      class: { java: 'java.lang.IllegalStateException' },
      message: 'Offsets committed out of order: 1 followed by 0',
    });
  });
});
