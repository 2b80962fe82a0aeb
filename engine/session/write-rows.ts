import type { SaveMode, WriteRequest } from '../api/sink.ts';
import { cellId } from '../core/ids.ts';
import { batchOutput } from '../microbatch/batch-output.ts';
import { lazyOutput } from '../microbatch/lazy-output.ts';
import { OutputTable } from '../microbatch/output-table.ts';
import { parseTableSchema } from '../parser/parse-table-schema.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import { findBatchSink } from '../sinks/catalog.ts';
import { offerBatchQuery } from './batch-query.ts';
import type { Caller } from './engine-ports.ts';
import type { EngineState } from './engine-state.ts';
import type { SparkSession } from './spark-session.ts';

export type RowsToWrite = {
  readonly plan: AnalyzedRelation;
  readonly request: WriteRequest;
  readonly mode: SaveMode;
};

/** Hands the rows of a plan to the sink of the request's format. As in Spark, the plan runs when the sink comes to its rows, and perhaps never. */
export async function writeRows(
  { plan, request, mode }: RowsToWrite,
  session: SparkSession,
  engine: EngineState,
  caller: Caller,
): Promise<void> {
  const sink = findBatchSink(request.format, engine.ports.sinks);
  const confs = session.confs.clone();
  const ports = { tables: engine.database.tables, files: session.files, zone: session.zone };
  await offerBatchQuery(plan, session, engine, async (run) => {
    const output = lazyOutput(request.schema, async () => {
      const result = await run();
      const table = new OutputTable(result.connection, result.select, result.types, false);
      return batchOutput(result.connection, table, request.schema, ports);
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
