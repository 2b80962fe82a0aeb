import { MongoBulkWriteError, MongoServerError } from 'mongodb';
import { expect, test } from 'vitest';
import type { SparkError } from '../../../../engine/core/spark-error.ts';
import { parseConnectionString } from '../../../../main/connectors/mongodb/connection-string.ts';
import { forReading, forWriting, translatedError } from '../../../../main/connectors/mongodb/driver-errors.ts';

const connection = parseConnectionString('mongodb://localhost:27017,otro');
const translated = (error: Error): SparkError => translatedError(error, connection, forWriting) as SparkError;

test('servers that do not answer are listed at the addresses the learner wrote', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:40000'), { code: 'ECONNREFUSED' });
  const unknown = Object.assign(new Error('getaddrinfo ENOTFOUND otro'), { code: 'ENOTFOUND' });
  const error = Object.assign(new Error('x'), {
    name: 'MongoServerSelectionError',
    reason: {
      servers: new Map([
        ['a', { error: refused }],
        ['b', { error: new Error('wrapped', { cause: unknown }) }],
      ]),
    },
  });
  const { message, errorClass, blame } = translatedError(error, connection, forReading) as SparkError;
  expect(errorClass).toEqual({ java: 'com.mongodb.MongoTimeoutException' });
  expect(blame).toBe('environment');
  expect(message).toBe(
    'Timed out while waiting for a server that matches ReadPreferenceServerSelector{readPreference=primary}. Client view of cluster state is {type=UNKNOWN, servers=[' +
      '{address=localhost:27017, type=UNKNOWN, state=CONNECTING, exception={com.mongodb.MongoSocketOpenException: Exception opening socket}, caused by {java.net.ConnectException: Connection refused}}, ' +
      '{address=otro:27017, type=UNKNOWN, state=CONNECTING, exception={com.mongodb.MongoSocketException: otro: Name or service not known}, caused by {java.net.UnknownHostException: otro: Name or service not known}}]',
  );
});

test('a refused command quotes the whole answer', () => {
  const { message } = translated(
    new MongoServerError({
      ok: 0,
      errmsg: "Unrecognized pipeline stage name: '$nope'",
      code: 40_324,
      codeName: 'Location40324',
    }),
  );
  expect(message).toBe(
    "Command failed with error 40324 (Location40324): 'Unrecognized pipeline stage name: '$nope'' on server localhost:27017. " +
      `The full response is {"ok": 0, "errmsg": "Unrecognized pipeline stage name: '$nope'", "code": 40324, "codeName": "Location40324"}`,
  );
});

test('a wrong password is a security exception behind which stands the server’s answer', () => {
  const secret = parseConnectionString('mongodb://ana:secreto@localhost/?authSource=iabd');
  const refusal = new MongoServerError({
    ok: 0,
    errmsg: 'Authentication failed.',
    code: 18,
    codeName: 'AuthenticationFailed',
  });
  const error = translatedError(refusal, secret, forReading) as SparkError;
  expect(error.message).toBe(
    "Exception authenticating MongoCredential{mechanism=SCRAM-SHA-256, userName='ana', source='iabd', password=<hidden>, mechanismProperties=<hidden>}",
  );
  expect((error.cause as SparkError).message).toContain('Command failed with error 18 (AuthenticationFailed)');
});

test('a broken connection is the read exception of the Java driver', () => {
  expect(translated(Object.assign(new Error('closed'), { name: 'MongoNetworkError' }))).toMatchObject({
    errorClass: { java: 'com.mongodb.MongoSocketReadException' },
    message: 'Prematurely reached end of stream',
  });
});

test('failed writes of a batch are listed one by one', () => {
  const error = Object.create(MongoBulkWriteError.prototype) as MongoBulkWriteError;
  Object.defineProperties(error, {
    message: { value: 'x' },
    writeErrors: { value: [{ index: 0, code: 11_000, errmsg: 'E11000 duplicate key error collection: d.c' }] },
  });
  expect(translated(error).message).toBe(
    "Bulk write operation error on server localhost:27017. Write errors: [BulkWriteError{index=0, code=11000, message='E11000 duplicate key error collection: d.c', details={}}]. ",
  );
});

test('a batch that the end of its connection cut is the error of the connection', () => {
  const error = Object.create(MongoBulkWriteError.prototype) as MongoBulkWriteError;
  const closed = Object.assign(new Error('connection 3 to 127.0.0.1:40000 closed'), { name: 'MongoNetworkError' });
  Object.defineProperties(error, { message: { value: closed.message }, errorResponse: { value: closed } });
  expect(translated(error).errorClass).toEqual({ java: 'com.mongodb.MongoSocketReadException' });
});

test('a fault of our own stays what it is', () => {
  const fault = new TypeError('x is undefined');
  expect(translatedError(fault, connection, forReading)).toBe(fault);
});
