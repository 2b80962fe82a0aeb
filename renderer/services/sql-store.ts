import type { Host } from '../../main/contract/host-api.ts';
import type { SqlResult } from '../../main/contract/service-schema.ts';
import { createStore, type Store } from '../store/external-store.ts';
import type { SettingsStore } from '../store/settings-store.ts';

export type SqlState = {
  readonly results: readonly SqlResult[];
  readonly isRunning: boolean;
  /** `database.table`. */
  readonly tables: readonly string[];
  /** Why the tables could not be read. */
  readonly failure: string | null;
};

const mostHistory = 50;
/** A longer script is a file: it would only fatten the settings. */
const longestRemembered = 4_000;
/** Rows of a table that are read and compared after each batch. */
const mostRows = 1_000;
const tablesQuery =
  "SELECT table_schema, table_name FROM information_schema.tables WHERE table_schema NOT IN ('information_schema', 'mysql', 'performance_schema', 'sys') ORDER BY 1, 2";

/** The SQL console: scripts, their results, and which tables there are. */
export class SqlStore {
  readonly state: Store<SqlState> = createStore<SqlState>({
    results: [],
    isRunning: false,
    tables: [],
    failure: null,
  });
  /** What is being typed; it outlives the panel. */
  readonly script: Store<string> = createStore('');
  readonly #host: Host;
  readonly #settings: SettingsStore;

  constructor(host: Host, settings: SettingsStore) {
    this.#host = host;
    this.#settings = settings;
  }

  /** Statement by statement; the first that fails is the last result. Rejects when the host cannot be reached. */
  async run(script: string): Promise<void> {
    this.state.update((state) => ({ ...state, isRunning: true }));
    this.#remember(script);
    try {
      const { results } = await this.#host.request('sql.run', { script });
      this.state.update((state) => ({ ...state, results }));
      await this.refresh();
    } finally {
      this.state.update((state) => ({ ...state, isRunning: false }));
    }
  }

  /** Looks which tables there are. */
  async refresh(): Promise<void> {
    const answer = await this.#host.request('sql.run', { script: tablesQuery }).catch(() => null);
    const result = answer?.results[0];
    if (result === undefined) return;
    const tables = result.rows.map(([database, table]) => `${database ?? ''}.${table ?? ''}`);
    this.state.update((state) => ({
      ...state,
      failure: result.error,
      tables: result.error === null ? tables : state.tables,
    }));
  }

  /** The first rows of a table, `database.table`, beside the console's own results; null when the host cannot be reached. */
  async look(table: string): Promise<SqlResult | null> {
    const script = `SELECT * FROM ${quoted(table)} LIMIT ${mostRows}`;
    const answer = await this.#host.request('sql.run', { script }).catch(() => null);
    return answer?.results[0] ?? null;
  }

  /** The course's tables again, as at the beginning. */
  async restore(): Promise<void> {
    await this.#host.request('services.reset', { kind: 'relational', names: [] });
    await this.refresh();
  }

  #remember(script: string): void {
    const { sqlHistory } = this.#settings.store.get();
    if (script.length > longestRemembered) return;
    this.#settings.change({
      sqlHistory: [...sqlHistory.filter((old) => old !== script), script].slice(-mostHistory),
    });
  }
}

/** The first dot ends the database's name. */
function quoted(table: string): string {
  const dot = table.indexOf('.');
  const names = [table.slice(0, dot), table.slice(dot + 1)];
  return names.map((name) => `\`${name.replaceAll('`', '``')}\``).join('.');
}
