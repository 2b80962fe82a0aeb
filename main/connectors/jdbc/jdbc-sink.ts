import type { Endpoints } from '../../../engine/api/endpoint.ts';
import { RelationalError, type RelationalClient } from '../../../engine/api/relational-client.ts';
import type { BatchOutput, SaveMode, SinkContext, SinkFormat, WriteRequest } from '../../../engine/api/sink.ts';
import { field, structType, type StructField, type StructType } from '../../../engine/core/data-type.ts';
import { jobAborted } from '../../../engine/core/job-aborted.ts';
import { SparkError } from '../../../engine/core/spark-error.ts';
import { javaTypeText, simpleString } from '../../../engine/core/type-names.ts';
import { ask, JdbcConnections } from './jdbc-connections.ts';
import type { JdbcDrivers } from './jdbc-drivers.ts';
import { driverError, jdbcFailure, requirementFailed } from './jdbc-errors.ts';
import { flagOption, integerOption, jdbcOptions, type JdbcOptions } from './jdbc-options.ts';
import { quoted } from './quoted-name.ts';
import { sparkType } from './read-column.ts';
import { columnWriter, mysqlType } from './write-column.ts';

const defaultBatchSize = 1000;

/** `df.write.format("jdbc")`; no streaming query writes to it. `zone`: that of the Java process. */
export function jdbcSink(endpoints: Pick<Endpoints, 'relational'>, drivers: JdbcDrivers, zone: string): SinkFormat {
  const connections = new JdbcConnections(endpoints, drivers);
  return {
    format: 'jdbc',
    outputModes: [],
    needsCheckpoint: true,
    guarantee: 'at-least-once',
    writeBatch: (request, mode, output, context) => writeTable({ request, mode, output, context, zone }, connections),
  };
}

type Write = {
  readonly request: WriteRequest;
  readonly mode: SaveMode;
  readonly output: BatchOutput;
  readonly context: SinkContext;
  readonly zone: string;
};

/** Makes, empties or replaces the table as the mode says, then inserts all rows in one transaction. */
async function writeTable(write: Write, connections: JdbcConnections): Promise<void> {
  const { request, mode, output } = write;
  const options = jdbcOptions(request.options, connections.drivers);
  if (request.options.get('dbtable') === undefined)
    throw requirementFailed("Option 'dbtable' is required. Option 'query' is not applicable while writing.");
  await connections.use(options, async (client) => {
    const isThere = await tableExists(client, options.table);
    if (isThere && mode === 'ignore') return;
    if (isThere && mode === 'error_if_exists')
      throw new SparkError(
        'AnalysisException',
        `Table or view '${options.table}' already exists. SaveMode: ErrorIfExists.`,
      );
    const keepsTable = isThere && (mode === 'append' || flagOption(options.get, 'truncate', false));
    const columns = keepsTable
      ? matchedColumns(output.schema, await writtenSchema(client, options.table))
      : output.schema.fields;
    if (isThere && mode === 'overwrite')
      await ask(client, keepsTable ? `TRUNCATE TABLE ${options.table}` : `DROP TABLE ${options.table}`);
    if (!keepsTable) await ask(client, createStatement(options, output.schema, write.context));
    await insertRows(client, options, columns, write);
  });
}

async function tableExists(client: RelationalClient, table: string): Promise<boolean> {
  try {
    await client.query(`SELECT 1 FROM ${table} LIMIT 1`);
    return true;
  } catch (error) {
    if (error instanceof RelationalError) return false;
    throw driverError(error, true);
  }
}

/** The table's columns with their own nullability. */
async function writtenSchema(client: RelationalClient, table: string): Promise<StructType> {
  const result = await ask(client, `SELECT * FROM ${table} WHERE 1=0`);
  const columns = result.kind === 'rows' ? result.columns : [];
  return structType(columns.map((column) => field(column.name, sparkType(column, false), column.nullable)));
}

/** The frame's columns in their own order under the table's names, which are found without regard to case. */
function matchedColumns(frame: StructType, table: StructType): readonly StructField[] {
  return frame.fields.map((each) => {
    const found = table.fields.find(({ name }) => name.toLowerCase() === each.name.toLowerCase());
    if (!found)
      throw new SparkError(
        'AnalysisException',
        `Column ${each.name} not found in schema Some(${javaTypeText(table)}).`,
      );
    return { ...each, name: found.name };
  });
}

function createStatement(options: JdbcOptions, schema: StructType, context: SinkContext): string {
  const types = createTypes(options, schema, context);
  const columns = schema.fields.map(({ name, type, nullable }) => {
    const own = types.get(name.toLowerCase()) ?? mysqlType(type);
    return `${quoted(name)} ${own} ${nullable ? '' : 'NOT NULL'}`;
  });
  return `CREATE TABLE ${options.table} (${columns.join(', ')}) ${options.get('createTableOptions') ?? ''}`;
}

/** `createTableColumnTypes`, by column in lower case. */
function createTypes({ get }: JdbcOptions, schema: StructType, context: SinkContext): ReadonlyMap<string, string> {
  const text = get('createTableColumnTypes');
  if (text === undefined) return new Map();
  return new Map(
    context.parseSchema(text).fields.map(({ name, type }) => {
      const isKnown = schema.fields.some((each) => each.name.toLowerCase() === name.toLowerCase());
      if (!isKnown)
        throw new SparkError(
          'AnalysisException',
          `createTableColumnTypes option column ${name} not found in schema ${simpleString(schema)}.`,
        );
      return [name.toLowerCase(), simpleString(type)];
    }),
  );
}

async function insertRows(
  client: RelationalClient,
  options: JdbcOptions,
  columns: readonly StructField[],
  { output, zone }: Write,
): Promise<void> {
  const writers = columns.map(({ type }) => columnWriter(type, zone));
  const names = columns.map(({ name }) => quoted(name)).join(',');
  const statement = `INSERT INTO ${options.table} (${names}) VALUES (${columns.map(() => '?').join(',')})`;
  const isTransaction = options.get('isolationLevel') !== 'NONE';
  const batchSize = integerOption(options.get, 'batchsize') ?? defaultBatchSize;
  if (isTransaction) await client.begin();
  try {
    for await (const block of output.blocks())
      for (let from = 0; from < block.length; from += batchSize) {
        const rows = block.slice(from, from + batchSize);
        await client.batch(
          statement,
          rows.map((row) => writers.map((write, index) => write(row[index] ?? null))),
        );
      }
    if (isTransaction) await client.commit();
  } catch (error) {
    if (isTransaction) await client.rollback().catch(() => undefined);
    throw batchError(error);
  }
}

/** A statement of a batch that fails ends the task with Java's `BatchUpdateException`. */
function batchError(error: unknown): unknown {
  const failure = jdbcFailure(error, true);
  if (failure === undefined) return error;
  return jobAborted(error instanceof RelationalError ? 'java.sql.BatchUpdateException' : failure.java, failure.message);
}
