import { createConnection, type Connection, type FieldPacket, type QueryError, type ResultSetHeader } from 'mysql2';
import {
  RelationalError,
  type RelationalAddress,
  type RelationalClient,
  type RelationalResult,
  type RelationalValue,
} from '../../../engine/api/relational-client.ts';
import { bindValues } from './bind-values.ts';
import { relationalColumn, relationalValue, type WireColumn } from './mysql-column.ts';

/** Longer than a server on this machine or network needs to greet. */
const connectTimeoutMs = 10_000;

/**
 * Logs in to a MariaDB or MySQL server. Rejects with `RelationalError` when the server refuses, and with the error of the socket
 * (`code`: `ECONNREFUSED`, `ENOTFOUND`, `ETIMEDOUT`) when none answers.
 */
export async function connectMysql(address: RelationalAddress): Promise<RelationalClient> {
  const connection = createConnection({
    host: address.host,
    port: address.port,
    ...(address.database === undefined ? {} : { database: address.database }),
    ...(address.user === undefined ? {} : { user: address.user }),
    ...(address.password === undefined ? {} : { password: address.password }),
    charset: 'utf8mb4_general_ci',
    connectTimeout: connectTimeoutMs,
    rowsAsArray: true,
    typeCast: (field) => field.buffer(),
    // UPDATE counts the rows that it changed, as the `mysql` client and `info` do.
    flags: ['-FOUND_ROWS'],
  });
  const serverVersion = await new Promise<string>((resolve, reject) => {
    connection.on('error', () => undefined);
    connection.connect((error) => {
      if (error) reject(clientError(error));
      else resolve(greetedVersion(connection));
    });
  });
  return new MysqlClient(connection, serverVersion);
}

/** MariaDB greets as `5.5.5-10.11.6-MariaDB…`, so that old replicas accept it. */
function greetedVersion(connection: Connection): string {
  const greeting = connection as unknown as { readonly _handshakePacket?: { readonly serverVersion?: string } };
  return (greeting._handshakePacket?.serverVersion ?? '').replace(/^5\.5\.5-/, '');
}

class MysqlClient implements RelationalClient {
  readonly serverVersion: string;
  private readonly connection: Connection;

  constructor(connection: Connection, serverVersion: string) {
    this.connection = connection;
    this.serverVersion = serverVersion;
  }

  query(statement: string, values: readonly RelationalValue[] = []): Promise<RelationalResult> {
    return new Promise((resolve, reject) => {
      this.connection.query(bindValues(statement, values), (error, result, fields) => {
        if (error) reject(clientError(error));
        else resolve(relationalResult(result, fields));
      });
    });
  }

  async batch(statement: string, rows: readonly (readonly RelationalValue[])[]): Promise<number> {
    let affected = 0;
    let refusal: RelationalError | undefined;
    for (const values of rows) {
      try {
        const result = await this.query(statement, values);
        if (result.kind === 'done') affected += result.affectedRows;
      } catch (error) {
        if (!(error instanceof RelationalError)) throw error;
        refusal = error;
      }
    }
    if (refusal !== undefined) throw refusal;
    return affected;
  }

  async begin(): Promise<void> {
    await this.query('START TRANSACTION');
  }

  async commit(): Promise<void> {
    await this.query('COMMIT');
  }

  async rollback(): Promise<void> {
    await this.query('ROLLBACK');
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      // A connection that broke cannot say goodbye, and there is nothing left to close.
      this.connection.end(() => resolve());
    });
  }
}

function relationalResult(result: unknown, fields: FieldPacket[] | undefined): RelationalResult {
  if (!Array.isArray(result)) return doneResult(result as ResultSetHeader);
  const columns = (fields ?? []).map((packet) => relationalColumn(wireColumn(packet)));
  const rows = (result as readonly (readonly (Buffer | null)[])[]).map((row) =>
    columns.map((column, i) => relationalValue(row[i] ?? null, column)),
  );
  return { kind: 'rows', columns, rows };
}

const wireColumn = (packet: FieldPacket): WireColumn => {
  const { name, columnType, columnLength, characterSet, flags, decimals } = packet as unknown as WireColumn;
  return { name, columnType, columnLength, characterSet, flags, decimals };
};

const doneResult = (header: ResultSetHeader): RelationalResult => ({
  kind: 'done',
  affectedRows: header.affectedRows,
  insertId: BigInt(header.insertId),
  warnings: header.warningStatus,
  info: header.info.trim(),
});

function clientError(error: QueryError): Error {
  if (error.errno === undefined || error.sqlState === undefined) return error;
  return new RelationalError(error.errno, error.sqlState, error.message);
}
