import * as z from 'zod';
import type { Endpoints } from '../../../engine/api/endpoint.ts';
import {
  RelationalError,
  type RelationalClient,
  type RelationalResult,
  type RelationalValue,
} from '../../../engine/api/relational-client.ts';
import { transactionEffect } from './transaction-effect.ts';
import { operation, serviceOperations, type ServiceOperations } from './service-operations.ts';

const connectSchema = z.object({
  host: z.string(),
  port: z.number().int().min(0).max(65_535),
  user: z.string().nullable(),
  password: z.string().nullable(),
  database: z.string().nullable(),
});
const handleSchema = z.object({ connection: z.string() });
const executeSchema = handleSchema.extend({ statement: z.string(), autocommit: z.boolean() });

type OpenConnection = { readonly client: RelationalClient; inTransaction: boolean };

/**
 * What `mysql.connector` asks: `relational.connect` answers a handle, the other operations take it. An error of the server, or of the way to it,
 * is an answer `{ error: { errno, sqlState, message } }`. Without autocommit a statement opens a transaction, which `commit`, `rollback` or a
 * statement of definition ends, as in MariaDB.
 */
export function relationalCalls(endpoints: Pick<Endpoints, 'relational'>): ServiceOperations {
  const open = new Map<string, OpenConnection>();
  let lastHandle = 0;

  const connectionOf = (handle: string): OpenConnection => {
    const connection = open.get(handle);
    if (!connection) throw new RelationalError(2055, '', 'Lost connection to MySQL server');
    return connection;
  };

  const table = {
    'relational.connect': operation(connectSchema, ({ host, port, ...login }) =>
      answered(
        async () => {
          const address = {
            host,
            port,
            user: login.user ?? undefined,
            password: login.password ?? undefined,
            database: login.database ?? undefined,
          };
          const client = await endpoints.relational(address);
          lastHandle += 1;
          const connection = `relational-${lastHandle}`;
          open.set(connection, { client, inTransaction: false });
          return { connection, serverVersion: client.serverVersion };
        },
        (error) => unreachable(error, host, port),
      ),
    ),
    'relational.execute': operation(executeSchema, ({ connection, statement, autocommit }) =>
      answered(async () => {
        const opened = connectionOf(connection);
        const result = await execute(opened, statement, autocommit);
        return { ...wireResult(result), inTransaction: opened.inTransaction };
      }),
    ),
    'relational.begin': operation(handleSchema, ({ connection }) =>
      answered(() => endTransaction(connectionOf(connection), 'begin')),
    ),
    'relational.commit': operation(handleSchema, ({ connection }) =>
      answered(() => endTransaction(connectionOf(connection), 'commit')),
    ),
    'relational.rollback': operation(handleSchema, ({ connection }) =>
      answered(() => endTransaction(connectionOf(connection), 'rollback')),
    ),
    'relational.close': operation(handleSchema, ({ connection }) =>
      answered(async () => {
        const opened = open.get(connection);
        open.delete(connection);
        await opened?.client.close();
        return {};
      }),
    ),
  };

  return serviceOperations(table, async () => {
    const left = [...open.values()];
    open.clear();
    await Promise.allSettled(left.map(({ client }) => client.close()));
  });
}

async function execute(connection: OpenConnection, statement: string, autocommit: boolean): Promise<RelationalResult> {
  const { client } = connection;
  const effect = transactionEffect(statement);
  switch (effect) {
    case 'begins':
    case 'commits':
    case 'rolls-back':
      await endTransaction(connection, effect === 'begins' ? 'begin' : effect === 'commits' ? 'commit' : 'rollback');
      return { kind: 'done', affectedRows: 0, insertId: 0n, warnings: 0, info: '' };
    case 'defines':
      if (connection.inTransaction) await endTransaction(connection, 'commit');
      break;
    case 'works':
      if (!autocommit && !connection.inTransaction) await endTransaction(connection, 'begin');
      break;
    case 'none':
      break;
  }
  return client.query(statement);
}

/** Ends the transaction that is open; `begin` opens the next one. */
async function endTransaction(
  connection: OpenConnection,
  how: 'begin' | 'commit' | 'rollback',
): Promise<{ readonly inTransaction: boolean }> {
  const { client, inTransaction } = connection;
  if (inTransaction) await (how === 'rollback' ? client.rollback() : client.commit());
  connection.inTransaction = how === 'begin';
  if (how === 'begin') await client.begin();
  return { inTransaction: connection.inTransaction };
}

function wireResult(result: RelationalResult): object {
  if (result.kind === 'done') return { ...result, insertId: String(result.insertId) };
  return { ...result, rows: result.rows.map((row) => row.map(wireValue)) };
}

function wireValue(value: RelationalValue): null | number | string {
  if (typeof value === 'bigint') return value.toString();
  return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;
}

/** Runs `action`; an error of the server, or one that `explain` knows, becomes the answer. */
async function answered(
  action: () => Promise<object>,
  explain: (error: unknown) => RelationalError | undefined = lost,
): Promise<object> {
  try {
    return await action();
  } catch (error) {
    const known = error instanceof RelationalError ? error : explain(error);
    if (!known) throw error;
    return { error: { errno: known.errno, sqlState: known.sqlState || null, message: known.message } };
  }
}

/** Numbers and texts of Linux, which the real client prints on every system alike. */
const systemErrors = {
  ECONNREFUSED: [111, 'Connection refused'],
  ECONNRESET: [104, 'Connection reset by peer'],
  EHOSTUNREACH: [113, 'No route to host'],
  ENETUNREACH: [101, 'Network is unreachable'],
  ENOTFOUND: [-2, 'Name or service not known'],
  EAI_AGAIN: [-3, 'Temporary failure in name resolution'],
  ETIMEDOUT: [110, 'Connection timed out'],
} as const satisfies Record<string, readonly [number, string]>;

function unreachable(error: unknown, host: string, port: number): RelationalError | undefined {
  const code = codeOf(error);
  if (!(code in systemErrors)) return undefined;
  const [errno, text] = systemErrors[code as keyof typeof systemErrors];
  return new RelationalError(2003, '', `Can't connect to MySQL server on '${host}:${port}' (Errno ${errno}: ${text})`);
}

function lost(error: unknown): RelationalError | undefined {
  const isLost = ['PROTOCOL_CONNECTION_LOST', 'ECONNRESET', 'EPIPE'].includes(codeOf(error));
  return isLost ? new RelationalError(2013, '', 'Lost connection to MySQL server during query') : undefined;
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
