import type { MongoBulkWriteError, MongoServerError, MongoServerSelectionError, ServerDescription } from 'mongodb';
import { SparkError } from '../../../engine/core/spark-error.ts';
import { documentJson } from './bson-json.ts';
import type { ConnectionString } from './connection-string.ts';
import type { BsonDocument } from './typed-bson.ts';
import { withBsonTypes } from './with-bson-types.ts';

/** For which kind of server the driver looks: part of Java's text when it finds none. */
export type ServerSelector = 'ReadPreferenceServerSelector{readPreference=primary}' | 'WritableServerSelector';
export const forReading: ServerSelector = 'ReadPreferenceServerSelector{readPreference=primary}';
export const forWriting: ServerSelector = 'WritableServerSelector';

/** An error of the driver, or of the server behind it, as the Java driver words it. What is no driver error is given back. */
export function translatedError(error: unknown, connection: ConnectionString, selector: ServerSelector): unknown {
  if (error instanceof SparkError || !(error instanceof Error)) return error;
  const [server = ''] = connection.hosts;
  switch (error.name) {
    case 'MongoServerSelectionError':
      return noServer(error as MongoServerSelectionError, connection, selector);
    case 'MongoBulkWriteError': {
      // The driver wraps what ended a bulk write before the server had answered.
      const { errorResponse: behind } = error as MongoBulkWriteError;
      return behind instanceof Error
        ? translatedError(behind, connection, selector)
        : bulkWriteError(error as MongoBulkWriteError, server);
    }
    case 'MongoServerError':
      return serverError(error as MongoServerError, connection, server);
    case 'MongoNetworkError':
    case 'MongoNetworkTimeoutError':
    case 'PoolClearedOnNetworkError':
      return unreachable('com.mongodb.MongoSocketReadException', 'Prematurely reached end of stream', error);
    default:
      return error.name.startsWith('Mongo')
        ? new SparkError({ java: 'com.mongodb.MongoClientException' }, error.message, { cause: error })
        : error;
  }
}

const unreachable = (java: string, message: string, cause: Error): SparkError =>
  new SparkError({ java }, message, { blame: 'environment', cause });

function noServer(error: MongoServerSelectionError, { hosts }: ConnectionString, selector: ServerSelector): SparkError {
  const described = [...(error.reason?.servers ?? new Map<string, ServerDescription>()).values()];
  // The embedded server stands at another address than the learner wrote: the message names the learner's.
  const servers = hosts.map((host, index) => {
    const reason = described[index]?.error ?? undefined;
    return `{address=${host}, type=UNKNOWN, state=CONNECTING, exception=${connectFailure(host, reason)}}`;
  });
  return unreachable(
    'com.mongodb.MongoTimeoutException',
    `Timed out while waiting for a server that matches ${selector}. Client view of cluster state is {type=UNKNOWN, servers=[${servers.join(', ')}]`,
    error,
  );
}

function connectFailure(host: string, reason: Error | undefined): string {
  const code = codeOf(reason);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    const unknown = `${host.replace(/:\d+$/, '')}: Name or service not known`;
    return `{com.mongodb.MongoSocketException: ${unknown}}, caused by {java.net.UnknownHostException: ${unknown}}`;
  }
  const cause =
    code === 'ETIMEDOUT'
      ? 'java.net.SocketTimeoutException: Connect timed out'
      : 'java.net.ConnectException: Connection refused';
  return `{com.mongodb.MongoSocketOpenException: Exception opening socket}, caused by {${cause}}`;
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  return 'code' in error && typeof error.code === 'string' ? error.code : codeOf(error.cause);
}

function bulkWriteError(error: MongoBulkWriteError, server: string): SparkError {
  const failed = Array.isArray(error.writeErrors) ? error.writeErrors : [error.writeErrors];
  const errors = failed.map(
    ({ index, code, errmsg }) => `BulkWriteError{index=${index}, code=${code}, message='${errmsg ?? ''}', details={}}`,
  );
  const listed = errors.length === 0 ? '' : `Write errors: [${errors.join(', ')}]. `;
  return new SparkError(
    { java: 'com.mongodb.MongoBulkWriteException' },
    `Bulk write operation error on server ${server}. ${listed}`,
    { cause: error },
  );
}

function serverError(error: MongoServerError, connection: ConnectionString, server: string): SparkError {
  const code = `${error.code ?? -1}${error.codeName ? ` (${error.codeName})` : ''}`;
  const text = error.errmsg ?? error.message;
  const response = documentJson(withBsonTypes(error.errorResponse) as BsonDocument, 'relaxed');
  const failure = new SparkError(
    { java: 'com.mongodb.MongoCommandException' },
    `Command failed with error ${code}: '${text}' on server ${server}. The full response is ${response}`,
    { cause: error },
  );
  return Number(error.code) === authenticationFailed ? loginError(failure, connection) : failure;
}

const authenticationFailed = 18;
const namespaceNotFound = 26;

/** What dropping a collection that is not there answers: no error for Java's driver. */
export const isMissingCollection = (error: unknown): boolean =>
  error instanceof Error &&
  (error.message.includes('ns not found') || ('code' in error && Number(error.code) === namespaceNotFound));

function loginError(cause: SparkError, { credentials, options }: ConnectionString): SparkError {
  const user = decodeURIComponent((credentials ?? '').split(':')[0] ?? '');
  const option = (name: string): string | undefined => options.find(([key]) => key.toLowerCase() === name)?.[1];
  return new SparkError(
    { java: 'com.mongodb.MongoSecurityException' },
    `Exception authenticating MongoCredential{mechanism=${option('authmechanism') ?? 'SCRAM-SHA-256'}, userName='${user}', source='${option('authsource') ?? 'admin'}', password=<hidden>, mechanismProperties=<hidden>}`,
    { cause },
  );
}
