import { describe, expect, test } from 'vitest';
import type { RelationalClient } from '../../../engine/api/relational-client.ts';
import type { ServiceChoice } from '../../../engine/api/service-status.ts';
import type { EmbeddedState } from '../../../main/services/embedded-services.ts';
import { ServiceEndpoints } from '../../../main/services/service-endpoints.ts';

type World = {
  readonly choice?: ServiceChoice;
  /** Addresses at which a real server answers. */
  readonly real?: readonly string[];
  /** Ports that other programs have, for lines. */
  readonly taken?: readonly number[];
  readonly state?: EmbeddedState;
};

const embeddedClient = { serverVersion: 'embedded' } as RelationalClient;
const realClient = { serverVersion: 'real' } as RelationalClient;

function worldOf({ choice = { mode: 'automatic' }, real = [], taken = [], state = { state: 'stopped' } }: World) {
  const found: string[] = [];
  const reached: string[] = [];
  const opened = new Set<number>();
  const endpoints = new ServiceEndpoints({
    embedded: { state: () => state, port: async () => 19_092, connect: async () => embeddedClient },
    lines: {
      isCoursePort: (port) => port === 9999,
      has: (port) => opened.has(port),
      open: async (port) => {
        if (!taken.includes(port)) opened.add(port);
        return opened.has(port);
      },
    },
    connectReal: async ({ host, port, user }) => {
      reached.push(`${user ?? ''}@${host}:${port}`);
      return realClient;
    },
    choice: () => choice,
    onReal: (kind, address) => found.push(`${kind} ${address}`),
    answers: async (_kind, host, port) => real.includes(`${host}:${port}`),
  });
  return { endpoints, found, reached };
}

const ours = { host: '127.0.0.1', port: 19_092, embedded: true };

describe('Kafka', () => {
  test.each(['localhost:9092', 'iabd-virtualbox:9092', '127.0.0.1:9092', '[::1]:9092', 'nadie:9092,localhost:9092'])(
    'ours stands in for %s where no real broker answers',
    async (servers) => {
      expect(await worldOf({}).endpoints.kafka(servers)).toEqual([ours]);
    },
  );

  test('a real broker at the address is used and told', async () => {
    const { endpoints, found } = worldOf({ real: ['127.0.0.1:9092'] });
    expect(await endpoints.kafka('iabd-virtualbox:9092')).toEqual([{ host: '127.0.0.1', port: 9092, embedded: false }]);
    expect(found).toEqual(['kafka 127.0.0.1:9092']);
  });

  test.each(['localhost:9093', 'kafka.example:9092', '10.0.0.5:9092'])(
    '%s is the learner’s own address, and its failures are the client’s',
    async (servers) => {
      const [host, port] = servers.split(':');
      expect(await worldOf({}).endpoints.kafka(servers)).toEqual([{ host, port: Number(port), embedded: false }]);
    },
  );

  test('our broker on another port is found by that port too', async () => {
    const { endpoints } = worldOf({ state: { state: 'running', port: 19_092 } });
    expect(await endpoints.kafka('localhost:19092')).toEqual([ours]);
  });

  test('embedded is kept to even where a real broker answers, and real to the address that was typed', async () => {
    const embedded = worldOf({ choice: { mode: 'embedded' }, real: ['127.0.0.1:9092', 'localhost:9092'] });
    expect(await embedded.endpoints.kafka('localhost:9092')).toEqual([ours]);
    const real = worldOf({ choice: { mode: 'real', address: 'broker:9094' } });
    expect(await real.endpoints.kafka('localhost:9092')).toEqual([{ host: 'broker', port: 9094, embedded: false }]);
  });
});

describe('MongoDB', () => {
  test('the connection string keeps its options and loses its login when ours answers', async () => {
    const answer = await worldOf({}).endpoints.mongodb('mongodb://ana:x@localhost:27017/iabd?retryWrites=false');
    expect(answer).toEqual({ uri: 'mongodb://127.0.0.1:19092/iabd?retryWrites=false', embedded: true });
  });

  test('without a port the usual one is meant', async () => {
    expect((await worldOf({}).endpoints.mongodb('mongodb://localhost')).embedded).toBe(true);
  });

  test('a cluster elsewhere is left as it is', async () => {
    const uri = 'mongodb+srv://ana:x@cluster.example/iabd';
    expect(await worldOf({}).endpoints.mongodb(uri)).toEqual({ uri, embedded: false });
  });

  test('a chosen server gets the login that was typed', async () => {
    const { endpoints } = worldOf({ choice: { mode: 'real', address: 'db:27018', user: 'ana', password: 'a b' } });
    expect((await endpoints.mongodb('mongodb://localhost:27017/x')).uri).toBe('mongodb://ana:a%20b@db:27018/x');
  });
});

describe('the relational store', () => {
  const address = { host: 'localhost', port: 3306, database: undefined, user: 'iabd', password: 'iabd' };

  test('ours answers where no MariaDB does', async () => {
    expect(await worldOf({}).endpoints.relational(address)).toBe(embeddedClient);
  });

  test('a real MariaDB answers first', async () => {
    const { endpoints, reached } = worldOf({ real: ['localhost:3306'] });
    expect(await endpoints.relational(address)).toBe(realClient);
    expect(reached).toEqual(['iabd@localhost:3306']);
  });

  test('another port or machine is never ours', async () => {
    const { endpoints, reached } = worldOf({});
    await endpoints.relational({ ...address, port: 3999 });
    await endpoints.relational({ ...address, host: 'db.example' });
    expect(reached).toEqual(['iabd@localhost:3999', 'iabd@db.example:3306']);
  });
});

describe('lines', () => {
  test('port 9999 opens a server of ours, unless another program listens there', async () => {
    expect(await worldOf({}).endpoints.lines('localhost', 9999)).toEqual({
      host: '127.0.0.1',
      port: 9999,
      embedded: true,
    });
    expect((await worldOf({ taken: [9999] }).endpoints.lines('localhost', 9999)).embedded).toBe(false);
  });

  test('another port is refused by the system, as Spark tells it, until the panel opens it', async () => {
    expect((await worldOf({}).endpoints.lines('localhost', 9998)).embedded).toBe(false);
  });
});
