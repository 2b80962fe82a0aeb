import type { Endpoints } from '../../../engine/api/endpoint.ts';
import { RelationalError, type RelationalClient } from '../../../engine/api/relational-client.ts';
import type { BatchOutput, SaveMode, SinkContext, SinkFormat, WriteRequest } from '../../../engine/api/sink.ts';
import { field, isInterval, structType, type StructField, type StructType } from '../../../engine/core/data-type.ts';
import { SparkError } from '../../../engine/core/spark-error.ts';
import { javaTypeText } from '../../../engine/core/type-names.ts';
import { createTable } from './create-table.ts';
import { insertRows } from './insert-rows.ts';
import { ask, JdbcConnections, type JdbcConnection } from './jdbc-connections.ts';
import type { JdbcDrivers } from './jdbc-drivers.ts';
import { driverError, requirementFailed } from './jdbc-errors.ts';
import { flagOption, integerOption, jdbcOptions, type JdbcOptions } from './jdbc-options.ts';
import { sparkType } from './read-column.ts';
import { partitionClauses } from './read-partitions.ts';
import { tableColumns } from './table-columns.ts';

/** `df.write.format("jdbc")`; no streaming query writes to it. `zone`: that of the Java process. */
export function jdbcSink(endpoints: Pick<Endpoints, 'relational'>, drivers: JdbcDrivers, zone: string): SinkFormat {
  const connections = new JdbcConnections(endpoints, drivers, zone);
  return {
    format: 'jdbc',
    outputModes: [],
    needsCheckpoint: true,
    guarantee: 'at-least-once',
    writeBatch: (request, mode, output, context) => writeTable({ request, mode, output, context }, connections, zone),
  };
}

type Write = {
  readonly request: WriteRequest;
  readonly mode: SaveMode;
  readonly output: BatchOutput;
  readonly context: SinkContext;
};

/** Makes, empties or replaces the table as the mode says, inserts the rows, and looks at the table as a reader would, as Spark does. */
async function writeTable(write: Write, connections: JdbcConnections, zone: string): Promise<void> {
  const { get } = write.request.options;
  if (write.output.schema.fields.some(({ type }) => isInterval(type)))
    throw new SparkError('AnalysisException', 'Cannot save interval data type into external storage.');
  const options = jdbcOptions(write.request.options, connections.drivers);
  if (get('dbtable') === undefined)
    throw requirementFailed("Option 'dbtable' is required. Option 'query' is not applicable while writing.");
  await connections.use(options, (connection) => writeRows(connection, options, write));
  const columns = await tableColumns(options, connections);
  partitionClauses(get, structType(columns.map(({ name, type }) => field(name, type))), zone);
}

async function writeRows(connection: JdbcConnection, options: JdbcOptions, write: Write): Promise<void> {
  const { mode, output, context } = write;
  const isThere = await tableExists(connection, options.table);
  if (isThere && mode === 'ignore') return;
  if (isThere && mode === 'error_if_exists')
    throw new SparkError(
      'AnalysisException',
      `Table or view '${options.table}' already exists. SaveMode: ErrorIfExists.`,
    );
  const keepsTable = isThere && (mode === 'append' || flagOption(options.get, 'truncate', false));
  // The table is emptied or gone before its columns are looked at: what fails then has lost its rows.
  if (isThere && mode === 'overwrite')
    await ask(connection, `${keepsTable ? 'TRUNCATE' : 'DROP'} TABLE ${options.table}`);
  if (!keepsTable) await createTable(connection, options, output.schema, context);
  const columns = keepsTable
    ? matchedColumns(output.schema, await writtenSchema(connection, options.table), context)
    : output.schema.fields;
  const partitions = integerOption(options.get, 'numPartitions');
  if (partitions !== undefined && partitions < 1)
    throw new SparkError(
      'IllegalArgumentException',
      `Invalid value \`${partitions}\` for parameter \`numPartitions\` in table writing via JDBC. The minimum value is 1.`,
    );
  await insertRows(connection, options, columns, output);
}

async function tableExists(client: RelationalClient, table: string): Promise<boolean> {
  try {
    await client.query(`SELECT 1 FROM ${table} WHERE 1=0`);
    return true;
  } catch (error) {
    if (error instanceof RelationalError) return false;
    throw driverError(error, true);
  }
}

/** The table's columns with their own nullability. */
async function writtenSchema(connection: JdbcConnection, table: string): Promise<StructType> {
  const result = await ask(connection, `SELECT * FROM ${table} WHERE 1=0`);
  const columns = result.kind === 'rows' ? result.columns : [];
  return structType(
    columns.map((column) => field(column.name, sparkType(column, false, connection.properties), column.nullable)),
  );
}

/** The frame's columns in their own order under the table's names. */
function matchedColumns(frame: StructType, table: StructType, context: SinkContext): readonly StructField[] {
  const isSensitive = context.conf('spark.sql.caseSensitive') === 'true';
  const key = (name: string): string => (isSensitive ? name : name.toLowerCase());
  return frame.fields.map((each) => {
    const found = table.fields.find(({ name }) => key(name) === key(each.name));
    if (!found)
      throw new SparkError(
        'AnalysisException',
        `Column ${each.name} not found in schema Some(${javaTypeText(table)}).`,
      );
    return { ...each, name: found.name };
  });
}
