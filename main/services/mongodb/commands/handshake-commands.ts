import { hostname } from 'node:os';
import { UUID } from 'bson';
import { maxDocumentBytes, type BsonDocument } from '../values/bson-document.ts';
import { doubleOf, longOf } from '../values/bson-number.ts';
import type { CommandContext, CommandTable } from './command-context.ts';
import { MongoError } from '../mongo-error.ts';
import { maxMessageBytes } from '../wire-message.ts';

/** The MongoDB whose behaviour, codes and texts this server follows; `modules` tells that it is ours. */
export const serverVersion = '7.0.0';
const versionArray = [7, 0, 0, 0];
const maxWireVersion = 21;
export const maxBatchStatements = 100_000;

function hello({ connection, clock }: CommandContext): BsonDocument {
  return {
    helloOk: true,
    isWritablePrimary: true,
    ismaster: true,
    maxBsonObjectSize: maxDocumentBytes,
    maxMessageSizeBytes: maxMessageBytes,
    maxWriteBatchSize: maxBatchStatements,
    localTime: new Date(clock.now()),
    logicalSessionTimeoutMinutes: 30,
    connectionId: connection.id,
    minWireVersion: 0,
    maxWireVersion,
    readOnly: false,
  };
}

const buildInfo = (): BsonDocument => ({
  version: serverVersion,
  gitVersion: 'marea',
  modules: ['marea'],
  allocator: 'system',
  javascriptEngine: 'none',
  sysInfo: 'deprecated',
  versionArray,
  openssl: { running: 'disabled', compiled: 'disabled' },
  buildEnvironment: {},
  bits: 64,
  debug: false,
  maxBsonObjectSize: maxDocumentBytes,
  storageEngines: ['marea'],
});

const parameters: Readonly<Record<string, unknown>> = {
  featureCompatibilityVersion: { version: '7.0' },
  authenticationMechanisms: [],
  enableTestCommands: false,
  quiet: false,
  logLevel: 0,
};

function getParameter({ command }: CommandContext): BsonDocument {
  if (command['getParameter'] === '*' || 'allParameters' in command) return { ...parameters };
  const found = Object.entries(parameters).filter(([name]) => name in command);
  if (found.length === 0) throw new MongoError(72, 'no option found to get');
  return Object.fromEntries(found);
}

function serverStatus({ server, clock }: CommandContext): BsonDocument {
  const uptimeMs = clock.elapsed() - server.startedAt;
  return {
    host: `${hostname()}:${server.port}`,
    version: serverVersion,
    process: 'marea',
    pid: longOf(process.pid),
    uptime: doubleOf(Math.floor(uptimeMs / 1000)),
    uptimeMillis: longOf(Math.floor(uptimeMs)),
    localTime: new Date(clock.now()),
    connections: { current: server.connections, available: 1000, totalCreated: server.connections },
    mem: { bits: 64, resident: Math.round(process.memoryUsage().rss / 2 ** 20), supported: true },
    storageEngine: { name: 'marea', supportsCommittedReads: true, persistent: true, readOnly: false },
  };
}

const hostInfo = ({ clock }: CommandContext): BsonDocument => ({
  system: { currentTime: new Date(clock.now()), hostname: hostname(), cpuAddrSize: 64 },
  os: { type: process.platform, name: process.platform, version: '' },
  extra: {},
});

/** There are no users: a connection string with a password is refused as one with a wrong password is. */
function refuseLogin(): never {
  throw new MongoError(18, 'Authentication failed.');
}

function refuseReplicaSet(): never {
  throw new MongoError(76, 'not running with --replSet');
}

/** What drivers and shells ask about the server and their session, before and beside the work. */
export const handshakeCommands: CommandTable = {
  hello,
  isMaster: hello,
  ping: () => ({}),
  buildInfo,
  getParameter,
  serverStatus,
  hostInfo,
  endSessions: () => ({}),
  refreshSessions: () => ({}),
  killSessions: () => ({}),
  startSession: () => ({ id: { id: new UUID() }, timeoutMinutes: 30 }),
  connectionStatus: () => ({ authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] } }),
  whatsmyuri: ({ connection }) => ({ you: connection.remoteAddress }),
  getCmdLineOpts: () => ({ argv: ['marea'], parsed: {} }),
  getLog: ({ command }) =>
    command['getLog'] === '*' ? { names: ['global', 'startupWarnings'] } : { totalLinesWritten: 0, log: [] },
  getFreeMonitoringStatus: () => ({ state: 'disabled' }),
  getDefaultRWConcern: () => ({ defaultReadConcern: { level: 'local' }, defaultReadConcernSource: 'implicit' }),
  currentOp: () => ({ inprog: [] }),
  top: () => ({ totals: {} }),
  logout: () => ({}),
  saslStart: refuseLogin,
  replSetGetStatus: refuseReplicaSet,
  replSetGetConfig: refuseReplicaSet,
};
