import type { RelationalClient, RelationalResult, RelationalValue } from '../../../engine/api/relational-client.ts';
import { RelationalError } from '../../../engine/api/relational-client.ts';
import type { Connection } from '../../../engine/duckdb/connection.ts';
import { requireAccess } from './catalog/catalog.ts';
import type { SessionView } from './compile/scope.ts';
import { serverVersion } from './functions/control-functions.ts';
import { isStale } from './compile/raised-error.ts';
import { runAlter } from './run/run-alter.ts';
import {
  runCreateDatabase,
  runCreateTable,
  runDropDatabase,
  runDropTable,
  runRename,
  runTruncate,
} from './run/run-definition.ts';
import { constantOf, insertBatch, runInsert } from './run/run-insert.ts';
import { runSet } from './run/run-set.ts';
import { runShow } from './run/run-show.ts';
import { runDelete, runUpdate } from './run/run-update.ts';
import { SessionSettings } from './run/session-settings.ts';
import { StatementRun, type Warning } from './run/statement-run.ts';
import type { StoreState } from './run/store-state.ts';
import { StoreTransaction } from './run/store-transaction.ts';
import { parseStatement } from './syntax/parse-statement.ts';
import type { Insert, Statement } from './syntax/statement.ts';

export type SessionOptions = {
  readonly user: string;
  readonly database: string | undefined;
  readonly connectionId: number;
  readonly connections: () => number;
  readonly closed: () => void;
};

/** One connection to the embedded store. Statements run one after the other, in the order asked. */
export class RelationalSession implements RelationalClient {
  readonly serverVersion = serverVersion;
  readonly changes = (): number => this.state.changes;
  private readonly state: StoreState;
  private readonly options: SessionOptions;
  private readonly transaction: StoreTransaction;
  private readonly settings = new SessionSettings();
  private database: string | undefined;
  private warnings: readonly Warning[] = [];
  private last: Promise<unknown> = Promise.resolve();
  private isClosed = false;

  constructor(connection: Connection, state: StoreState, options: SessionOptions) {
    this.state = state;
    this.options = options;
    this.database = options.database;
    this.transaction = new StoreTransaction(connection, state);
  }

  query(statement: string, values: readonly RelationalValue[] = []): Promise<RelationalResult> {
    return this.inTurn(() => this.execute(parseStatement(statement, values.length), values));
  }

  batch(statement: string, rows: readonly (readonly RelationalValue[])[]): Promise<number> {
    return this.inTurn(async () => {
      if (rows.length === 0) return 0;
      const parsed = parseStatement(statement, rows[0]?.length);
      const isPlain =
        parsed.kind === 'insert' && parsed.onDuplicate.length === 0 && !parsed.isIgnore && !parsed.isReplace;
      const quick = isPlain ? await this.insertRows(parsed, rows) : undefined;
      if (quick !== undefined) return quick;
      return this.executeEach(parsed, rows);
    });
  }

  /** A row that is refused does not keep the following ones from running. */
  private async executeEach(statement: Statement, rows: readonly (readonly RelationalValue[])[]): Promise<number> {
    let affected = 0;
    let refusal: RelationalError | undefined;
    for (const values of rows) {
      try {
        const result = await this.execute(statement, values);
        if (result.kind === 'done') affected += result.affectedRows;
      } catch (error) {
        if (!(error instanceof RelationalError)) throw error;
        refusal = error;
      }
    }
    if (refusal !== undefined) throw refusal;
    return affected;
  }

  /** All rows in one transaction of DuckDB, where each holds only constants and values. */
  private async insertRows(insert: Insert, rows: readonly (readonly RelationalValue[])[]): Promise<number | undefined> {
    const { source } = insert;
    const [template, second] = source.kind === 'values' ? source.rows : [];
    if (template === undefined || second !== undefined) return undefined;
    const given = rows.map((values) => template.map((expression) => constantOf(expression, values)));
    const isConstant = given[0]?.every((value) => value !== undefined) ?? false;
    if (!isConstant) return undefined;
    return insertBatch(insert, given, this.newRun([]));
  }

  begin = (): Promise<void> => this.inTurn(() => this.transaction.begin());
  commit = (): Promise<void> => this.inTurn(() => this.transaction.commit());
  rollback = (): Promise<void> => this.inTurn(() => this.transaction.rollback());

  async close(): Promise<void> {
    await this.last.catch(() => undefined);
    if (this.isClosed) return;
    this.isClosed = true;
    await this.transaction.rollback();
    await this.transaction.connection.close();
    this.options.closed();
  }

  private inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.last.then(() => {
      if (this.isClosed) throw new Error('the connection is closed');
      return work();
    });
    this.last = turn.catch(() => undefined);
    return turn;
  }

  private newRun(values: readonly RelationalValue[]): StatementRun {
    return new StatementRun(this.state, this.transaction, this.view(), values);
  }

  private view(): SessionView {
    return {
      database: this.database,
      user: this.options.user,
      connectionId: this.options.connectionId,
      connections: this.options.connections(),
      lastInsertId: this.settings.lastInsertId,
      foundRows: this.settings.foundRows,
      userVariables: this.settings.userVariables,
      systemVariable: (name) =>
        name === 'autocommit' ? Number(this.transaction.autocommit) : this.settings.systemVariable(name),
    };
  }

  private async execute(statement: Statement, values: readonly RelationalValue[]): Promise<RelationalResult> {
    const run = this.newRun(values);
    try {
      const result = await this.run(statement, run);
      this.settings.remember(result);
      if (statement.kind !== 'show-warnings') this.warnings = run.warnings;
      return result;
    } catch (error) {
      if (error instanceof RelationalError)
        this.warnings = [{ level: 'Error', code: error.errno, message: error.message }];
      throw error;
    }
  }

  private async run(statement: Statement, run: StatementRun): Promise<RelationalResult> {
    switch (statement.kind) {
      case 'query':
        return this.select(statement, run);
      case 'insert':
        return runInsert(statement, run);
      case 'update':
        return runUpdate(statement, run);
      case 'delete':
        return runDelete(statement, run);
      case 'create-table':
        return runCreateTable(statement, run);
      case 'create-database':
        return runCreateDatabase(statement, run);
      case 'drop-database':
        return this.dropDatabase(statement, run);
      case 'alter-table':
        return runAlter(statement, run);
      case 'drop-table':
        return runDropTable(statement, run);
      case 'truncate':
        return runTruncate(statement, run);
      case 'rename-tables':
        return runRename(statement, run);
      case 'use':
        requireAccess(this.state.catalog, statement.name, this.options.user);
        this.database = statement.name;
        return run.done(0);
      case 'set':
        await runSet(statement, run, this.settings, this.transaction);
        return run.done(0);
      case 'begin':
        await this.transaction.begin();
        return run.done(0);
      case 'commit':
        await this.transaction.commit();
        return run.done(0);
      case 'rollback':
        await this.transaction.rollback();
        return run.done(0);
      case 'nothing':
        return run.done(0);
      default:
        return runShow(statement, run, this.warnings);
    }
  }

  /** What another connection redefined between compiling and running is looked for again, when that is done. */
  private async select(statement: Extract<Statement, { kind: 'query' }>, run: StatementRun): Promise<RelationalResult> {
    try {
      return await run.query(statement.query);
    } catch (error) {
      if (!isStale(error)) throw error;
      return this.transaction.undisturbed(() => run.query(statement.query));
    }
  }

  private async dropDatabase(
    statement: Extract<Statement, { kind: 'drop-database' }>,
    run: StatementRun,
  ): Promise<RelationalResult> {
    const result = await runDropDatabase(statement, run);
    if (statement.name === this.database) this.database = undefined;
    return result;
  }
}
