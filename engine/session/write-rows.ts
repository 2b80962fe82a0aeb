import type { SaveMode, WriteRequest } from '../api/sink.ts';
import { cellId } from '../core/ids.ts';
import { batchOutput } from '../microbatch/batch-output.ts';
import { OutputTable } from '../microbatch/output-table.ts';
import { parseTableSchema } from '../parser/parse-table-schema.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import { findBatchSink } from '../sinks/catalog.ts';
import { runBatchQuery } from './batch-query.ts';
import type { Caller } from './engine-ports.ts';
import type { EngineState } from './engine-state.ts';
import type { SparkSession } from './spark-session.ts';

export type RowsToWrite = {
  readonly plan: AnalyzedRelation;
  readonly request: WriteRequest;
  readonly mode: SaveMode;
};

/** Runs a plan and hands its rows to the sink of the request's format. */
export async function writeRows(
  { plan, request, mode }: RowsToWrite,
  session: SparkSession,
  engine: EngineState,
  caller: Caller,
): Promise<void> {
  const sink = findBatchSink(request.format, engine.ports.sinks);
  const confs = session.confs.clone();
  await runBatchQuery(plan, session, engine, async (result) => {
    const types = request.schema.fields.map((field) => field.type);
    const table = new OutputTable(result.connection, result.select, types, false);
    const output = batchOutput(result.connection, table, request.schema, {
      tables: engine.database.tables,
      files: session.files,
      zone: session.zone,
    });
    await sink.writeBatch?.(request, mode, output, {
      files: session.files,
      clock: engine.ports.clock,
      conf: (key) => confs.get(key),
      applicationConf: (key) => confs.initial(key),
      zone: session.zone,
      parseSchema: parseTableSchema,
      tables: engine.database.tables,
      python: engine.ports.python,
      print: (text) => engine.ports.print(text, caller.cell === null ? undefined : cellId(caller.cell)),
    });
  });
}
