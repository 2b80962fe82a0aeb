import type { Endpoints } from '../../../engine/api/endpoint.ts';
import type { RelationalClient, RelationalColumn } from '../../../engine/api/relational-client.ts';
import type { BatchSource, ReadRequest, SourceContext, SourceFormat } from '../../../engine/api/source.ts';
import { field, structType, type StructType } from '../../../engine/core/data-type.ts';
import { jobAborted } from '../../../engine/core/job-aborted.ts';
import { SparkError } from '../../../engine/core/spark-error.ts';
import type { Row } from '../../../engine/core/spark-value.ts';
import { quoteIfNeeded, sqlTypeName } from '../../../engine/core/type-names.ts';
import { ask, JdbcConnections } from './jdbc-connections.ts';
import type { JdbcDrivers } from './jdbc-drivers.ts';
import { jdbcFailure } from './jdbc-errors.ts';
import { flagOption, jdbcOptions, type JdbcOptions } from './jdbc-options.ts';
import { columnReader, sparkType } from './read-column.ts';
import { quoted } from './quoted-name.ts';
import { partitionClauses } from './read-partitions.ts';

/** As many rows as the engine's own blocks. */
const blockRows = 2048;

/** `format("jdbc")` over Connector/J and MySQL's dialect. `zone`: that of the Java process, in which Connector/J reads wall clocks. */
export function jdbcSource(endpoints: Pick<Endpoints, 'relational'>, drivers: JdbcDrivers, zone: string): SourceFormat {
  const connections = new JdbcConnections(endpoints, drivers);
  return { format: 'jdbc', loadBatch: (request, context) => loadTable(request, context, connections, zone) };
}

/** The schema is asked for now; the rows by every action and every micro-batch anew. */
async function loadTable(
  request: ReadRequest,
  context: SourceContext,
  connections: JdbcConnections,
  zone: string,
): Promise<BatchSource> {
  const options = jdbcOptions(request.options, connections.drivers);
  const actual = await tableSchema(options, connections);
  checkSchema(request.schema, actual);
  const schema = withCustomTypes(actual, options, context);
  const clauses = request.predicates ?? partitionClauses(options.get, schema, zone);
  return {
    schema,
    description: `JDBCRelation(${options.table}) [numPartitions=${clauses.length}]`,
    partitions: clauses.length,
    read: async () => ({ kind: 'rows', blocks: rowsOf(options, schema, clauses, connections, zone) }),
  };
}

function tableSchema(options: JdbcOptions, connections: JdbcConnections): Promise<StructType> {
  const prefersNtz = flagOption(options.get, 'preferTimestampNTZ', false);
  return connections.use(options, async (client) => {
    const prefix = options.get('prepareQuery');
    const result = await ask(
      client,
      `${prefix === undefined ? '' : `${prefix} `}SELECT * FROM ${options.table} WHERE 1=0`,
    );
    const columns: readonly RelationalColumn[] = result.kind === 'rows' ? result.columns : [];
    return structType(columns.map((column) => field(column.name, sparkType(column, prefersNtz))));
  });
}

/** Spark only takes a schema that says what the table says. */
function checkSchema(given: StructType | undefined, actual: StructType): void {
  if (given === undefined || ddl(given) === ddl(actual)) return;
  throw new SparkError(
    'AnalysisException',
    `The user-specified schema doesn't match the actual schema:\nuser-specified: ${ddl(given)}, actual: ${ddl(actual)}. If you're using DataFrameReader.schema API or creating a table, please do not specify the schema. Or if you're scanning an existed table, please drop it and re-create it.`,
  );
}

const ddl = (schema: StructType): string =>
  schema.fields.map(({ name, type }) => `${quoteIfNeeded(name)} ${sqlTypeName(type)}`).join(',');

/** `customSchema` gives columns of the table other types; names it does not know mean nothing. */
function withCustomTypes(schema: StructType, { get }: JdbcOptions, context: SourceContext): StructType {
  const text = get('customSchema');
  if (text === undefined || text === '') return schema;
  const custom = new Map(context.parseSchema(text).fields.map((each) => [each.name.toLowerCase(), each.type]));
  return structType(schema.fields.map((each) => field(each.name, custom.get(each.name.toLowerCase()) ?? each.type)));
}

/** One SELECT for each part, in their order. Errors are those of a task. */
async function* rowsOf(
  options: JdbcOptions,
  schema: StructType,
  clauses: readonly (string | null)[],
  connections: JdbcConnections,
  zone: string,
): AsyncIterable<readonly Row[]> {
  for (const clause of clauses) {
    const rows = await connections
      .use(options, (client) => partRows(client, options, schema, clause, zone))
      .catch((error: unknown) => {
        throw taskError(error);
      });
    for (let from = 0; from < rows.length; from += blockRows) yield rows.slice(from, from + blockRows);
  }
}

async function partRows(
  client: RelationalClient,
  options: JdbcOptions,
  schema: StructType,
  clause: string | null,
  zone: string,
): Promise<readonly Row[]> {
  const first = options.get('sessionInitStatement');
  if (first !== undefined) await client.query(first);
  const prefix = options.get('prepareQuery');
  const select = `${prefix === undefined ? '' : `${prefix} `}SELECT ${columnList(schema)} FROM ${options.table}${clause === null ? '' : ` WHERE ${clause}`}`;
  const result = await client.query(select);
  if (result.kind !== 'rows') return [];
  const readers = result.columns.map((column, index) =>
    columnReader(column, schema.fields[index]?.type ?? sparkType(column, false), zone),
  );
  return result.rows.map((row) => readers.map((read, index) => read(row[index] ?? null)));
}

const columnList = (schema: StructType): string =>
  schema.fields.length === 0 ? '1' : schema.fields.map(({ name }) => quoted(name)).join(',');

function taskError(error: unknown): unknown {
  if (error instanceof SparkError && typeof error.errorClass !== 'string')
    return jobAborted(error.errorClass.java, error.message);
  const failure = jdbcFailure(error, true);
  return failure === undefined ? error : jobAborted(failure.java, failure.message);
}
