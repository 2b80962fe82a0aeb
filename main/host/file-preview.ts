import { open, stat } from 'node:fs/promises';
import { sql, sqlInteger, sqlJoin, sqlName, sqlString, type Sql } from '../../engine/core/sql-text.ts';
import { stringType } from '../../engine/core/data-type.ts';
import type { Connection } from '../../engine/duckdb/connection.ts';
import { openDatabase } from '../../engine/duckdb/open-database.ts';
import type { RequestOutput } from '../contract/requests.ts';

type Preview = RequestOutput<'files.preview'>;

/** Bytes of a text file that the panel shows. */
const textShown = 64 << 10;
const rowsShown = 200;

/** A look into a file: text, or the rows of a Parquet file with times in `zone`. A damaged file is shown as binary, never an error. */
export class FilePreviews {
  readonly #zone: string;
  #connection: Promise<Connection> | undefined;

  constructor(zone: string) {
    this.#zone = zone;
  }

  async preview(path: string): Promise<Preview> {
    if (path.endsWith('.parquet'))
      return this.#table(path).catch((): Preview => ({ kind: 'binary', truncated: false }));
    const { size } = await stat(path);
    const file = await open(path);
    try {
      const buffer = Buffer.alloc(Math.min(size, textShown));
      const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
      const head = buffer.subarray(0, bytesRead);
      if (head.includes(0)) return { kind: 'binary', truncated: size > textShown };
      return { kind: 'text', text: head.toString('utf8'), truncated: size > textShown };
    } finally {
      await file.close();
    }
  }

  async #table(path: string): Promise<Preview> {
    const connection = await (this.#connection ??= this.#connect());
    const from = sql`read_parquet(${sqlString(path)})`;
    const columns = await connection.describe(sql`SELECT * FROM ${from}`);
    const shown = columns.map(({ name, duckdbType }) => this.#shown(sqlName(name), duckdbType));
    const rows = await connection.rows(
      sql`SELECT ${sqlJoin(shown, ', ')} FROM ${from} LIMIT ${sqlInteger(rowsShown)}`,
      columns.map(() => stringType),
    );
    const total = await connection.count(sql`SELECT count(*) FROM ${from}`);
    const table = {
      columns: columns.map(({ name, duckdbType }) => ({ name, type: duckdbType.toLowerCase() })),
      rows: rows.map((row) => row.map((value) => (typeof value === 'string' ? value : 'NULL'))),
      total,
    };
    return { kind: 'table', table, truncated: total > rowsShown };
  }

  #shown(column: Sql, type: string): Sql {
    const value = type.startsWith('TIMESTAMP')
      ? sql`timezone(${sqlString(this.#zone)}, ${column}::TIMESTAMPTZ)`
      : column;
    return sql`${value}::VARCHAR`;
  }

  async #connect(): Promise<Connection> {
    const database = await openDatabase({ path: ':memory:', threads: 1, scalars: [] });
    return database.connect();
  }
}
