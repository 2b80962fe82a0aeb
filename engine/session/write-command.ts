import type { SaveMode, WriteRequest } from '../api/sink.ts';
import type { StructType } from '../core/data-type.ts';
import { sparkError, SparkError } from '../core/spark-error.ts';
import { backQuoted, simpleString } from '../core/type-names.ts';
import { parseTableName } from '../parser/parse-multipart-name.ts';
import type { WriteOperation } from '../plan/command.ts';
import { analyzePlan, refuseStreaming } from './analyze-command.ts';
import type { EngineState } from './engine-state.ts';
import type { Caller } from './engine-ports.ts';
import { pathPair, sourceOptions } from './loaded-sources.ts';
import type { SparkSession } from './spark-session.ts';
import { insertInto, saveAsTable, type TableWrite } from './table-writes.ts';
import { schemaOf } from '../analysis/analyze-sources.ts';
import { writeRows } from './write-rows.ts';

/** `df.write …`: `save()`, `saveAsTable()`, `insertInto()`. */
export async function writeFrame(
  command: WriteOperation,
  session: SparkSession,
  engine: EngineState,
  caller: Caller,
): Promise<null> {
  const plan = await analyzePlan(command.input, session, engine);
  refuseStreaming(plan, 'write');
  if (command.table) {
    const mode = saveMode(command.mode);
    const write: TableWrite = {
      plan,
      mode,
      options: command.options,
      partitionBy: command.partitioning_columns,
      session,
      engine,
      caller,
    };
    if (command.table.save_method === 'insert_into') await insertInto(parseTableName(command.table.table_name), write);
    else await saveAsTable(command.table.table_name, command.source, write);
    return null;
  }
  const format = command.source ?? session.confs.get('spark.sql.sources.default') ?? 'parquet';
  const schema = schemaOf(plan);
  const mode = saveMode(command.mode);
  const partitionBy = command.partitioning_columns ?? [];
  if (fileFormats.has(format.toLowerCase())) checkColumns(schema, partitionBy, session);
  const request: WriteRequest = {
    format,
    options: sourceOptions(command.options),
    path: command.path === undefined ? undefined : pathPair(command.path, session),
    partitionBy,
    schema,
  };
  await writeRows({ plan, request, mode }, session, engine, caller);
  return null;
}

const fileFormats: ReadonlySet<string> = new Set(['parquet', 'json', 'csv', 'text']);

/** A file cannot hold two columns of one name, and folders are named after columns that are there. */
function checkColumns(schema: StructType, partitionBy: readonly string[], session: SparkSession): void {
  const key = (name: string): string => (session.confs.flag('spark.sql.caseSensitive') ? name : name.toLowerCase());
  const names = schema.fields.map(({ name }) => key(name));
  const missing = partitionBy.find((column) => !names.includes(key(column)));
  if (missing !== undefined)
    throw sparkError('_LEGACY_ERROR_TEMP_1155', { column: backQuoted(missing), schema: simpleString(schema) });
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) throw sparkError('COLUMN_ALREADY_EXISTS', { columnName: backQuoted(repeated) });
}

const saveModes: Readonly<Record<string, SaveMode>> = {
  append: 'append',
  overwrite: 'overwrite',
  ignore: 'ignore',
  error: 'error_if_exists',
  errorifexists: 'error_if_exists',
  default: 'error_if_exists',
};

function saveMode(typed: string | undefined): SaveMode {
  const mode = saveModes[(typed ?? 'error').toLowerCase()];
  if (mode) return mode;
  throw new SparkError(
    'IllegalArgumentException',
    `Unknown save mode: ${typed}. Accepted save modes are 'overwrite', 'append', 'ignore', 'error', 'errorifexists', 'default'.`,
  );
}
