import type { RelationalError, RelationalResult, RelationalValue } from '../../../../engine/api/relational-client.ts';
import { sql, sqlInteger, type Sql } from '../../../../engine/core/sql-text.ts';
import type { Table } from '../catalog/catalog.ts';
import { informationSchema, requireTable } from '../catalog/catalog.ts';
import { storedTableName } from '../compile/compile-from.ts';
import { compileExpression } from '../compile/compile-expression.ts';
import { compileQuery } from '../compile/compile-query.ts';
import type { CompiledQuery, Context, SessionView } from '../compile/scope.ts';
import { readOnlySchema } from '../relational-errors.ts';
import type { Query, TableName } from '../syntax/query.ts';
import { readingOf, resultColumn } from './read-rows.ts';
import type { StoreState } from './store-state.ts';
import type { StoreTransaction } from './store-transaction.ts';

export type Warning = { readonly level: 'Note' | 'Warning' | 'Error'; readonly code: number; readonly message: string };

/** One run of a statement on a connection: what the runners of each kind of statement work with. */
export class StatementRun {
  readonly state: StoreState;
  readonly transaction: StoreTransaction;
  readonly session: SessionView;
  readonly values: readonly RelationalValue[];
  readonly warnings: Warning[] = [];
  readonly nowMicros: bigint;
  private aliases = 0;

  constructor(
    state: StoreState,
    transaction: StoreTransaction,
    session: SessionView,
    values: readonly RelationalValue[],
  ) {
    this.state = state;
    this.transaction = transaction;
    this.session = session;
    this.values = values;
    this.nowMicros = wallMicros(state.clock.now());
  }

  context(isWriting = false): Context {
    return {
      compiler: { expression: compileExpression, query: compileQuery },
      catalog: this.state.catalog,
      session: this.session,
      values: this.values,
      nowMicros: this.nowMicros,
      isWriting,
      nextAlias: () => this.nextAlias(),
    };
  }

  private nextAlias(): Sql {
    this.aliases += 1;
    return sql`s${sqlInteger(this.aliases)}`;
  }

  note(error: RelationalError, level: Warning['level'] = 'Note'): void {
    this.warnings.push({ level, code: error.errno, message: error.message });
  }

  /** The table that a statement changes. */
  changedTable(name: TableName): Table {
    if ((name.database ?? this.session.database)?.toLowerCase() === informationSchema)
      throw readOnlySchema(this.session.user);
    return requireTable(this.state.catalog, name, this.session.database);
  }

  async query(query: Query): Promise<Extract<RelationalResult, { kind: 'rows' }>> {
    return this.answer(compileQuery(query, this.context()));
  }

  async answer(query: CompiledQuery): Promise<Extract<RelationalResult, { kind: 'rows' }>> {
    return { kind: 'rows', columns: query.columns.map(resultColumn), rows: await this.rowsOf(query) };
  }

  async rowsOf(query: CompiledQuery): Promise<readonly (readonly RelationalValue[])[]> {
    const reading = readingOf(query);
    return reading.decode(await this.transaction.rows(reading.sql, reading.types));
  }

  rowCount(table: Table): Promise<number> {
    return this.transaction.connection.count(sql`SELECT count(*) FROM ${storedTableName(table)}`);
  }

  done(affectedRows: number, info = '', insertId = 0n): RelationalResult {
    return { kind: 'done', affectedRows, insertId, warnings: this.warnings.length, info };
  }
}

/** The server's clock on the wall: `NOW()` is in the time zone of this machine. */
function wallMicros(ms: number): bigint {
  const offsetMinutes = new Date(ms).getTimezoneOffset();
  return BigInt(Math.floor(ms) - offsetMinutes * 60_000) * 1000n;
}
