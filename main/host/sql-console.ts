import {
  RelationalError,
  type RelationalClient,
  type RelationalResult,
  type RelationalValue,
} from '../../engine/api/relational-client.ts';
import type { SqlResult } from '../contract/service-schema.ts';
import { splitStatements } from '../services/relational/syntax/split-statements.ts';

/** Rows of a result that the panel gets. */
const shownRows = 1000;

/** The SQL panel's connection: like the `mysql` client, it keeps its database (`USE`) and its transaction from one script to the next. */
export class SqlConsole {
  readonly #connect: () => Promise<RelationalClient>;
  #client: Promise<RelationalClient> | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(connect: () => Promise<RelationalClient>) {
    this.#connect = connect;
  }

  /** Statement by statement; the first that fails is the last result. Scripts wait for each other. */
  run(script: string): Promise<SqlResult[]> {
    const turn = this.#last.then(() => this.#run(script));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async close(): Promise<void> {
    const client = await this.#client?.catch(() => undefined);
    this.#client = undefined;
    await client?.close();
  }

  async #run(script: string): Promise<SqlResult[]> {
    const results: SqlResult[] = [];
    for (const { text, line } of splitStatements(script)) {
      const result = await this.#statement(text, line);
      results.push(result);
      if (result.error !== null) break;
    }
    return results;
  }

  async #statement(statement: string, line: number): Promise<SqlResult> {
    const began = performance.now();
    const about = { statement, line, columns: [], rows: [], total: 0, note: '', error: null };
    try {
      this.#client ??= this.#connect();
      const result = await (await this.#client).query(statement);
      return { ...about, ...shown(result), durationMs: performance.now() - began };
    } catch (error) {
      const failure = { ...about, error: errorText(error), durationMs: performance.now() - began };
      // A connection that broke, or was never made, is tried anew by the next statement.
      if (!(error instanceof RelationalError) || error.errno === 1045) this.#client = undefined;
      return failure;
    }
  }
}

function shown(result: RelationalResult): Pick<SqlResult, 'columns' | 'rows' | 'total' | 'note'> {
  if (result.kind === 'rows')
    return {
      columns: result.columns.map(({ name, type, unsigned }) => ({ name, type: unsigned ? `${type} unsigned` : type })),
      rows: result.rows.slice(0, shownRows).map((row) => row.map(cellText)),
      total: result.rows.length,
      note: '',
    };
  const { affectedRows, info } = result;
  const touched = affectedRows === 1 ? '1 fila afectada' : `${affectedRows} filas afectadas`;
  return { columns: [], rows: [], total: 0, note: info === '' ? touched : `${touched} · ${info}` };
}

const cellText = (value: RelationalValue): string | null =>
  value === null ? null : value instanceof Uint8Array ? `0x${Buffer.from(value).toString('hex')}` : String(value);

const errorText = (error: unknown): string =>
  error instanceof RelationalError
    ? `${error.errno} (${error.sqlState}): ${error.message}`
    : error instanceof Error
      ? error.message
      : String(error);
