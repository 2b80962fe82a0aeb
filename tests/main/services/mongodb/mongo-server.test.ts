import { MongoClient } from 'mongodb';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../../../engine/core/clock.ts';
import { MongoServer } from '../../../../main/services/mongodb/mongo-server.ts';
import { refusal, startTestServer, type TestServer } from './test-server.ts';

let at: TestServer;
beforeAll(async () => {
  at = await startTestServer();
});
afterAll(() => at.stop());

test('a taken port is an EADDRINUSE, and the log is free again', async () => {
  const start = MongoServer.start({ folder: `${at.folder}/otro`, port: at.server.port, clock: systemClock });
  await expect(start).rejects.toMatchObject({ code: 'EADDRINUSE' });
  const second = await MongoServer.start({ folder: `${at.folder}/otro`, port: 0, clock: systemClock });
  await second.stop();
});

test('buildInfo tells that the server is ours', async () => {
  expect(await at.db.admin().buildInfo()).toMatchObject({
    version: '7.0.0',
    modules: ['marea'],
    versionArray: [7, 0, 0, 0],
  });
});

test('hello announces a standalone server of the wire version of 7.0', async () => {
  const hello = await at.db.command({ hello: 1 });
  expect(hello).toMatchObject({ isWritablePrimary: true, maxWireVersion: 21, maxBsonObjectSize: 16_777_216, ok: 1 });
  expect(hello).not.toHaveProperty('setName');
});

test.each([
  [{ ping: 1 }, { ok: 1 }],
  [{ getParameter: 1, featureCompatibilityVersion: 1 }, { featureCompatibilityVersion: { version: '7.0' } }],
  [{ getCmdLineOpts: 1 }, { parsed: {} }],
  [{ connectionStatus: 1 }, { authInfo: { authenticatedUsers: [] } }],
  [{ serverStatus: 1 }, { process: 'marea' }],
  [{ hostInfo: 1 }, { ok: 1 }],
  [{ getLog: 'startupWarnings' }, { log: [] }],
  [{ buildinfo: 1 }, { modules: ['marea'] }],
  [{ startSession: 1 }, { timeoutMinutes: 30 }],
  [{ whatsmyuri: 1 }, { ok: 1 }],
])('the shell asks %j', async (command, answer) => {
  expect(await at.db.admin().command(command)).toMatchObject(answer);
});

test('what is not there is refused with MongoDB’s codes', async () => {
  expect(await refusal(at.db.command({ atlasVersion: 1 }))).toEqual({
    code: 59,
    codeName: 'CommandNotFound',
    message: "no such command: 'atlasVersion'",
  });
  expect(await refusal(at.db.command({ replSetGetStatus: 1 }))).toEqual({
    code: 76,
    codeName: 'NoReplicationEnabled',
    message: 'not running with --replSet',
  });
});

test('status counts connections, databases and bytes; collections and databases can be dropped from inside', async () => {
  await at.client.db('temporal').collection('c').insertOne({ a: 1 });
  expect(at.server.status()).toMatchObject({ databases: ['temporal'] });
  expect(at.server.status().bytes).toBeGreaterThan(50);
  expect(at.server.status().connections).toBeGreaterThan(0);
  expect(at.server.status()).not.toHaveProperty('recovered');
  expect(at.server.dropCollection('temporal', 'c')).toBe(true);
  expect(at.server.dropCollection('temporal', 'c')).toBe(false);
  await at.client.db('temporal').collection('d').insertOne({ a: 1 });
  at.server.dropDatabase('temporal');
  expect(at.server.status().databases).toEqual([]);
});

test('localhost reaches the server, by whichever address it is', async () => {
  const client = await MongoClient.connect(`mongodb://localhost:${at.server.port}`);
  expect(await client.db().command({ ping: 1 })).toMatchObject({ ok: 1 });
  await client.close();
});

test('several clients write at the same time', async () => {
  const clients = await Promise.all(
    Array.from({ length: 4 }, () => MongoClient.connect(`mongodb://127.0.0.1:${at.server.port}`)),
  );
  await Promise.all(
    clients.flatMap((client, index) =>
      Array.from({ length: 50 }, (_, n) =>
        client
          .db('iabd')
          .collection('todos')
          .updateOne({ n }, { $inc: { veces: 1 }, $max: { quien: index } }, { upsert: true }),
      ),
    ),
  );
  expect(await at.db.collection('todos').countDocuments({ veces: 4 })).toBe(50);
  await Promise.all(clients.map((client) => client.close()));
});
