import type { Endpoints } from '../../../engine/api/endpoint.ts';
import type { RelationalResult } from '../../../engine/api/relational-client.ts';
import type { SourceFilter } from '../../../engine/api/source-filter.ts';
import type { BatchSource, ReadRequest, SourceContext, SourceFormat, WantedRows } from '../../../engine/api/source.ts';
import { field, stringType, structType, type DataType, type StructType } from '../../../engine/core/data-type.ts';
import { jobAborted } from '../../../engine/core/job-aborted.ts';
import { SparkError } from '../../../engine/core/spark-error.ts';
import type { Row } from '../../../engine/core/spark-value.ts';
import { quoteIfNeeded, sqlTypeName } from '../../../engine/core/type-names.ts';
import { filterClause } from './filter-clause.ts';
import { JdbcConnections, type JdbcConnection } from './jdbc-connections.ts';
import type { JdbcDrivers } from './jdbc-drivers.ts';
import { jdbcFailure } from './jdbc-errors.ts';
import { flagOption, jdbcOptions, type JdbcOptions } from './jdbc-options.ts';
import { columnReader, paddedLength } from './read-column.ts';
import { quoted } from './quoted-name.ts';
import { partitionClauses } from './read-partitions.ts';
import { prefix, tableColumns, uniqueTypes, type TableColumn } from './table-columns.ts';

/** As many rows as the engine's own blocks. */
const blockRows = 2048;

/** `format("jdbc")` over Connector/J and MySQL's dialect. `zone`: that of the Java process, in which Connector/J reads wall clocks. */
export function jdbcSource(endpoints: Pick<Endpoints, 'relational'>, drivers: JdbcDrivers, zone: string): SourceFormat {
  const connections = new JdbcConnections(endpoints, drivers, zone);
  return { format: 'jdbc', loadBatch: (request, context) => loadTable(request, context, connections, zone) };
}

/** A table as one frame reads it. `clauses`: the WHERE of each part, null for all rows. */
type Reading = {
  readonly options: JdbcOptions;
  /** With the types in which they are read. */
  readonly columns: readonly TableColumn[];
  readonly clauses: readonly (string | null)[];
  readonly connections: JdbcConnections;
  readonly zone: string;
};

/** The schema is asked for now; the rows by every action and every micro-batch anew. */
async function loadTable(
  request: ReadRequest,
  context: SourceContext,
  connections: JdbcConnections,
  zone: string,
): Promise<BatchSource> {
  const options = jdbcOptions(request.options, connections.drivers);
  const columns = await tableColumns(options, connections);
  const actual = structType(columns.map(({ name, type }) => field(name, type)));
  checkSchema(request.schema, actual);
  const custom = customTypes(options, context);
  const read = columns.map((each) => ({ ...each, type: custom.get(each.name.toLowerCase()) ?? each.type }));
  const schema = structType(read.map(({ name, type }) => field(name, shownType(type))));
  const clauses = request.predicates ?? partitionClauses(options.get, schema, zone);
  const reading: Reading = { options, columns: read, clauses, connections, zone };
  const takesFilters = flagOption(options.get, 'pushDownPredicate', true);
  return {
    schema,
    description: `JDBCRelation(${options.table}) [numPartitions=${clauses.length}]`,
    takes: () => takesFilters,
    paddedColumns: paddedColumns(read),
    read: async (wanted = { filters: [] }) => ({
      kind: 'rows',
      blocks: rowsOf(reading, wanted),
      partitions: clauses.length,
    }),
    partitionSizes: () => Promise.all(clauses.map((clause) => partSize(reading, clause))),
  };
}

/** CHAR(n) and VARCHAR(n) of a `customSchema` show as string. */
const shownType = (type: DataType): DataType => (type.kind === 'char' || type.kind === 'varchar' ? stringType : type);

const paddedColumns = (columns: readonly TableColumn[]): ReadonlyMap<string, number> =>
  new Map(
    columns.flatMap(({ name, type, column }) => {
      const length = paddedLength(column, type);
      return length === undefined ? [] : [[name, length] as const];
    }),
  );

/** Spark only takes a schema that says what the table says. */
function checkSchema(given: StructType | undefined, actual: StructType): void {
  if (given === undefined || ddl(given) === ddl(actual)) return;
  throw new SparkError(
    'AnalysisException',
    `The user-specified schema doesn't match the actual schema:\nuser-specified: ${ddl(given)}, actual: ${ddl(actual)}. If you're using\nDataFrameReader.schema API or creating a table, please do not specify the schema.\nOr if you're scanning an existed table, please drop it and re-create it.`,
  );
}

const ddl = (schema: StructType): string =>
  schema.fields.map(({ name, type }) => `${quoteIfNeeded(name)} ${sqlTypeName(type)}`).join(',');

/** `customSchema` gives columns of the table other types, by name in lower case; names that the table does not have mean nothing. */
function customTypes({ get }: JdbcOptions, context: SourceContext): ReadonlyMap<string, DataType> {
  const text = get('customSchema');
  if (text === undefined || text === '') return new Map();
  return uniqueTypes(context.parseSchema(text));
}

/** One SELECT for each part, in their order. Errors are those of a task. */
async function* rowsOf(reading: Reading, { filters, columns }: WantedRows): AsyncIterable<readonly Row[]> {
  for (const clause of reading.clauses) {
    const where = whereClause(filters, clause, reading.zone);
    const rows = await asTask(reading, (connection) => partRows(connection, reading, where, columns));
    for (let from = 0; from < rows.length; from += blockRows) yield rows.slice(from, from + blockRows);
  }
}

/** In Spark's order and with its parentheses. */
function whereClause(filters: readonly SourceFilter[], part: string | null, zone: string): string {
  const pushed = filters.map((filter) => `(${filterClause(filter, zone)})`).join(' AND ');
  if (part === null) return pushed === '' ? '' : ` WHERE ${pushed}`;
  return pushed === '' ? ` WHERE ${part}` : ` WHERE (${pushed}) AND (${part})`;
}

/** Columns nobody looks at are not asked for: a value that cannot be read fails only where it is used. */
async function partRows(
  connection: JdbcConnection,
  { options, columns }: Reading,
  where: string,
  wanted: ReadonlySet<string> | undefined,
): Promise<readonly Row[]> {
  const asked = columns.filter(({ name }) => wanted?.has(name) ?? true);
  const list = asked.map(({ name }) => quoted(name)).join(',') || '1';
  const result = await select(connection, options, list, where);
  if (result.kind !== 'rows') return [];
  const given = result.columns;
  const readers = asked.map(({ type, column }, i) => columnReader(given[i] ?? column, type, connection.properties));
  const places = columns.map((each) => asked.indexOf(each));
  return result.rows.map((row) => places.map((place) => readers[place]?.(row[place] ?? null) ?? null));
}

async function partSize(reading: Reading, clause: string | null): Promise<number> {
  const where = whereClause([], clause, reading.zone);
  const result = await asTask(reading, (connection) => select(connection, reading.options, '1', where));
  return result.kind === 'rows' ? result.rows.length : 0;
}

async function select(
  connection: JdbcConnection,
  options: JdbcOptions,
  columns: string,
  where: string,
): Promise<RelationalResult> {
  const first = options.get('sessionInitStatement');
  if (first !== undefined) await connection.query(first);
  if (options.fetchSize < 0)
    throw new SparkError({ java: 'java.sql.SQLException' }, 'Illegal value for setFetchSize().');
  return connection.query(`${prefix(options)}SELECT ${columns} FROM ${options.table} ${where}`);
}

/** What fails in a task ends the job. */
async function asTask<Answer>(
  { connections, options }: Reading,
  work: (connection: JdbcConnection) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await connections.use(options, work);
  } catch (error) {
    if (error instanceof SparkError && typeof error.errorClass !== 'string')
      throw jobAborted(error.errorClass.java, error.message);
    const failure = jdbcFailure(error, true);
    throw failure === undefined ? error : jobAborted(failure.java, failure.message);
  }
}
