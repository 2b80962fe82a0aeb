import { realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { JsScalar } from '../core/js-scalar.ts';
import { SparkError } from '../core/spark-error.ts';
import { Connection } from './connection.ts';
import { registerScalar } from './register-scalar.ts';

export type DatabaseOptions = {
  /** Absolute path of a database file, or `:memory:` for one of its own. */
  readonly path: string;
  /** 1 for interactive triggers (less latency on small batches), all cores for bulk work. */
  readonly threads: number;
  /** For example `512MB`. */
  readonly memoryLimit?: string;
  /** Where DuckDB may spill. */
  readonly temporaryFolder?: string;
  readonly scalars: readonly JsScalar[];
  /** The batch named by the error when another process holds the file. */
  readonly batchId?: number;
};

/** A DuckDB instance. Open files are shared: whoever opens the same file gets the same instance, and it closes with its last holder. */
export type Database = {
  readonly path: string;
  readonly connect: () => Promise<Connection>;
  /** Closes the connections made through this holder and, with the last holder, the instance. */
  readonly close: () => Promise<void>;
};

/**
 * Rewrites that pay with many rows and cost each statement of a small batch a sixth of its time: off where latency counts. What decides how much is read and which
 * side of a join is hashed stays on.
 */
const slowOnSmallBatches = [
  'common_subplan',
  'compressed_materialization',
  'cte_inlining',
  'duplicate_groups',
  'empty_result_pullup',
  'extension',
  'in_clause',
  'late_materialization',
  'limit_pushdown',
  'regex_range',
  'reorder_filter',
  'row_group_pruner',
  'sampling_pushdown',
  'statistics_propagation',
  'sum_rewriter',
  'top_n_window_elimination',
  'window_self_join',
] as const;

type OpenInstance = { readonly instance: Promise<DuckDBInstance>; holders: number };

/**
 * Every open file of the process, by real path. Two instances on one file would both succeed and silently lose acknowledged rows,
 * so there is no other way to open one.
 */
const openInstances = new Map<string, OpenInstance>();

/** Paths open now, for whoever must stop an older run first. */
export const isDatabaseOpen = (path: string): boolean => openInstances.has(registryKey(path));

export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  if (options.path === ':memory:') {
    const instance = await openInstance(':memory:', options, (path, config) => DuckDBInstance.create(path, config));
    return holder(':memory:', instance, async () => instance.closeSync());
  }
  const key = registryKey(options.path);
  const open = openInstances.get(key) ?? register(key, options);
  open.holders += 1;
  const release = async (instance: DuckDBInstance): Promise<void> => {
    open.holders -= 1;
    if (open.holders > 0) return;
    openInstances.delete(key);
    instance.closeSync();
  };
  try {
    const instance = await open.instance;
    return holder(key, instance, () => release(instance));
  } catch (error) {
    openInstances.delete(key);
    throw error;
  }
}

function register(key: string, options: DatabaseOptions): OpenInstance {
  const instance = openInstance(key, options, (path, config) => DuckDBInstance.fromCache(path, config));
  const open: OpenInstance = { instance, holders: 0 };
  openInstances.set(key, open);
  return open;
}

/** The file may not exist yet, but its folder does. */
function registryKey(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return join(realpathSync(dirname(path)), basename(path));
  }
}

function holder(path: string, instance: DuckDBInstance, release: () => Promise<void>): Database {
  const connections: Connection[] = [];
  let closing: Promise<void> | undefined;
  return {
    path,
    connect: async () => {
      const connection = new Connection(await instance.connect());
      connections.push(connection);
      return connection;
    },
    close: () =>
      (closing ??= Promise.all(connections.map((connection) => connection.close())).then(async () => {
        await release();
      })),
  };
}

async function openInstance(
  path: string,
  options: DatabaseOptions,
  open: (path: string, config: Record<string, string>) => Promise<DuckDBInstance>,
): Promise<DuckDBInstance> {
  const instance = await open(path, configuration(options)).catch((error: unknown) => {
    throw lockError(error, options.batchId ?? 0);
  });
  const connection = await instance.connect();
  await connection.run(`SET GLOBAL TimeZone = 'UTC'`);
  for (const scalar of options.scalars) registerScalar(connection, scalar);
  connection.closeSync();
  return instance;
}

const configuration = (options: DatabaseOptions): Record<string, string> => ({
  threads: String(options.threads),
  ...(options.threads === 1 ? { disabled_optimizers: slowOnSmallBatches.join(',') } : {}),
  default_null_order: 'NULLS_FIRST_ON_ASC_LAST_ON_DESC',
  preserve_insertion_order: 'true',
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  ...(options.memoryLimit === undefined ? {} : { memory_limit: options.memoryLimit }),
  ...(options.temporaryFolder === undefined ? {} : { temp_directory: options.temporaryFolder }),
});

function lockError(error: unknown, batchId: number): Error {
  const text = error instanceof Error ? error.message : String(error);
  if (!/lock|being used by another process/i.test(text)) {
    return new SparkError('UnknownException', text, { blame: 'environment', cause: error });
  }
  return new SparkError(
    { java: 'org.apache.spark.SparkException' },
    `[CONCURRENT_STREAM_LOG_UPDATE] Concurrent update to the log. Multiple streaming jobs detected for ${batchId}.\nPlease make sure only one streaming job runs on a specific checkpoint location at a time.`,
    { condition: 'CONCURRENT_STREAM_LOG_UPDATE', sqlState: '40000', cause: error },
  );
}
