import type { SaveMode } from '../api/sink.ts';
import type { StructType } from '../core/data-type.ts';
import { cellId } from '../core/ids.ts';
import { sparkError, SparkError } from '../core/spark-error.ts';
import { backQuoted } from '../core/type-names.ts';
import { batchOutput } from '../microbatch/batch-output.ts';
import { outputTable } from '../microbatch/output-table.ts';
import { makeTable } from '../microbatch/plain-step.ts';
import type { WriteOperation } from '../plan/command.ts';
import { findBatchSink } from '../sinks/catalog.ts';
import { analyzePlan, refuseStreaming } from './analyze-command.ts';
import { runBatchQuery } from './batch-query.ts';
import type { EngineState } from './engine-state.ts';
import type { Caller } from './engine-ports.ts';
import { pathPair, sourceOptions } from './loaded-sources.ts';
import type { SparkSession } from './spark-session.ts';
import { schemaOf } from './temp-views.ts';

/** `df.write … save()`. */
export async function writeFrame(
  command: WriteOperation,
  session: SparkSession,
  engine: EngineState,
  caller: Caller,
): Promise<null> {
  const plan = await analyzePlan(command.input, session, engine);
  refuseStreaming(plan, 'write');
  if (command.table)
    throw sparkError('NOT_SUPPORTED_BY_MAREA', {
      feature: command.table.save_method === 'insert_into' ? 'insertInto' : 'saveAsTable',
    });
  const format = command.source ?? session.confs.get('spark.sql.sources.default') ?? 'parquet';
  const sink = findBatchSink(format, engine.ports.sinks);
  const schema = schemaOf(plan);
  const mode = saveMode(command.mode);
  if (fileFormats.has(format.toLowerCase())) checkColumnNames(schema, session);
  const confs = session.confs.clone();
  await runBatchQuery(plan, session, engine, async (result) => {
    const request = {
      format,
      options: sourceOptions(command.options),
      path: command.path === undefined ? undefined : pathPair(command.path, session),
      partitionBy: command.partitioning_columns ?? [],
      schema,
    };
    await makeTable(result.connection, outputTable, result.select);
    const output = batchOutput(result.connection, outputTable, schema, {
      tables: engine.database.tables,
      files: session.files,
      zone: session.zone,
    });
    await sink.writeBatch?.(request, mode, output, {
      files: session.files,
      clock: engine.ports.clock,
      conf: (key) => confs.get(key),
      zone: session.zone,
      tables: engine.database.tables,
      python: engine.ports.python,
      print: (text) => engine.ports.print(text, caller.cell === null ? undefined : cellId(caller.cell)),
    });
  });
  return null;
}

const fileFormats: ReadonlySet<string> = new Set(['parquet', 'json', 'csv', 'text']);

/** A file cannot hold two columns of one name. */
function checkColumnNames(schema: StructType, session: SparkSession): void {
  const isCaseSensitive = session.confs.flag('spark.sql.caseSensitive');
  const names = schema.fields.map(({ name }) => (isCaseSensitive ? name : name.toLowerCase()));
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
