import type { SourceOptions } from '../../../engine/api/source.ts';
import { SparkError } from '../../../engine/core/spark-error.ts';
import type { JdbcDrivers } from './jdbc-drivers.ts';
import { requirementFailed } from './jdbc-errors.ts';

/** What reads and writes share. */
export type JdbcOptions = {
  readonly url: string;
  /** As it stands behind FROM. */
  readonly table: string;
  /** Seconds that a statement may take; 0: as many as it needs. */
  readonly queryTimeout: number;
  readonly fetchSize: number;
  readonly batchSize: number;
  readonly get: (name: string) => string | undefined;
};

const isolationLevels = ['NONE', 'READ_UNCOMMITTED', 'READ_COMMITTED', 'REPEATABLE_READ', 'SERIALIZABLE'];
const partitionOptions = ['partitionColumn', 'lowerBound', 'upperBound'] as const;
const flags = [
  'truncate',
  'cascadeTruncate',
  'pushDownPredicate',
  'pushDownAggregate',
  'pushDownLimit',
  'pushDownOffset',
  'pushDownTableSample',
] as const;
const defaultBatchSize = 1000;

/** Checks in Spark's order, with Spark's words (`JDBCOptions`). */
export function jdbcOptions({ get }: SourceOptions, drivers: JdbcDrivers): JdbcOptions {
  const url = get('url');
  if (url === undefined) throw requirementFailed("Option 'url' is required.");
  const table = tableOrQuery(get('dbtable'), get('query'));
  checkPartitioning(get, integerOption(get, 'numPartitions'));
  drivers.resolve(url, get('driver'));
  const queryTimeout = integerOption(get, 'queryTimeout') ?? 0;
  const fetchSize = integerOption(get, 'fetchsize') ?? 0;
  const batchSize = integerOption(get, 'batchsize') ?? defaultBatchSize;
  if (batchSize < 1)
    throw requirementFailed(`Invalid value \`${batchSize}\` for parameter \`batchsize\`. The minimum value is 1.`);
  checkIsolation(get('isolationLevel'));
  for (const flag of flags) flagOption(get, flag, false);
  return { url, table, queryTimeout, fetchSize, batchSize, get };
}

function checkIsolation(level: string | undefined): void {
  if (level === undefined || isolationLevels.includes(level)) return;
  throw new SparkError(
    'IllegalArgumentException',
    `Invalid value \`${level}\` for parameter \`isolationLevel\`. This can be \`NONE\`, \`READ_UNCOMMITTED\`, \`READ_COMMITTED\`, \`REPEATABLE_READ\` or \`SERIALIZABLE\`.`,
  );
}

let subqueries = 0;

function tableOrQuery(table: string | undefined, query: string | undefined): string {
  if (table !== undefined && query !== undefined)
    throw new SparkError(
      'IllegalArgumentException',
      "Both 'dbtable' and 'query' can not be specified at the same time.",
    );
  if (table === undefined && query === undefined)
    throw new SparkError('IllegalArgumentException', "Option 'dbtable' or 'query' is required.");
  const [name, text] = table === undefined ? ['query', query ?? ''] : ['dbtable', table];
  if (text === '') throw new SparkError('IllegalArgumentException', `Option \`${name}\` can not be empty.`);
  if (table !== undefined) return table.trim();
  subqueries += 1;
  return `(${text}) SPARK_GEN_SUBQ_${subqueries - 1}`;
}

function checkPartitioning(get: SourceOptions['get'], numPartitions: number | undefined): void {
  const given = partitionOptions.filter((name) => get(name) !== undefined);
  if (given.length === 0) return;
  if (given.length < partitionOptions.length || numPartitions === undefined)
    throw requirementFailed(
      "When reading JDBC data sources, users need to specify all or none for the following options: 'partitionColumn', 'lowerBound', 'upperBound', and 'numPartitions'",
    );
  if (get('query') !== undefined)
    throw requirementFailed(`
Options 'query' and 'partitionColumn' can not be specified together.
Please define the query using \`dbtable\` option instead and make sure to qualify
the partition columns using the supplied subquery alias to resolve any ambiguity.
Example :
spark.read.format("jdbc")
  .option("url", jdbcUrl)
  .option("dbtable", "(select c1, c2) as subq")
  .option("partitionColumn", "c1")
  .option("lowerBound", "1")
  .option("upperBound", "100")
  .option("numPartitions", "3")
  .load()
     `);
}

/** Java's `Integer.parseInt` of an option. */
export function integerOption(get: (name: string) => string | undefined, name: string): number | undefined {
  const text = get(name);
  if (text === undefined) return undefined;
  if (!/^[+-]?\d{1,10}$/.test(text)) throw new SparkError('NumberFormatException', `For input string: "${text}"`);
  return Number(text);
}

/** Scala's `toBoolean` of an option. */
export function flagOption(get: (name: string) => string | undefined, name: string, otherwise: boolean): boolean {
  const text = get(name);
  if (text === undefined) return otherwise;
  if (/^true$/i.test(text)) return true;
  if (/^false$/i.test(text)) return false;
  throw new SparkError('IllegalArgumentException', `For input string: "${text}"`);
}
