import type { ResultRows } from '../api/engine-events.ts';
import { longType } from '../core/data-type.ts';
import { sql } from '../core/sql-text.ts';
import { typeToJson } from '../core/type-json.ts';
import type { Row } from '../core/spark-value.ts';
import { showString } from '../display/show-string.ts';
import { encodeWire } from '../core/wire-values.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { ActionCommand, CommandResults } from '../plan/command.ts';
import { analyzePlan } from './analyze-command.ts';
import { runBatchQuery } from './batch-query.ts';
import type { Caller } from './engine-ports.ts';
import type { EngineState } from './engine-state.ts';
import { sampleRows } from './result-sample.ts';
import type { SparkSession } from './spark-session.ts';
import { schemaOf } from '../analysis/analyze-sources.ts';

type Of<Kind extends ActionCommand['kind']> = Extract<ActionCommand, { readonly kind: Kind }>;

/** `show(n)` pulls one row more than it prints, to know whether to say so. */
export async function showFrame(
  command: Of<'show_string'>,
  session: SparkSession,
  engine: EngineState,
  caller: Caller,
): Promise<CommandResults['show_string']> {
  const plan = await analyzePlan(command.plan, session, engine);
  const wanted = Math.max(0, command.num_rows);
  const rows = await runBatchQuery(plan, session, engine, (result) => result.rows(wanted + 1), wanted + 1);
  tellRows(plan, rows.slice(0, wanted), rows.length, session, engine, caller);
  const text = showString(rows, schemaOf(plan), {
    numRows: wanted,
    truncate: command.truncate,
    vertical: command.vertical,
    zone: session.zone,
  });
  return { text };
}

export async function collectFrame(
  command: Of<'collect'>,
  session: SparkSession,
  engine: EngineState,
  caller: Caller,
): Promise<CommandResults['collect']> {
  const plan = await analyzePlan(command.plan, session, engine);
  const schema = schemaOf(plan);
  const rows = await runBatchQuery(
    plan,
    session,
    engine,
    async (result) => {
      const all = await result.rows(command.limit);
      return command.tail === undefined ? all : all.slice(Math.max(0, all.length - command.tail));
    },
    command.limit,
  );
  tellRows(plan, rows, rows.length, session, engine, caller);
  return {
    schema: typeToJson(schema),
    rows: rows.map((row) => schema.fields.map((field, index) => encodeWire(row[index] ?? null, field.type))),
  };
}

export async function countFrame(
  command: Of<'count'>,
  session: SparkSession,
  engine: EngineState,
): Promise<CommandResults['count']> {
  const plan = await analyzePlan(command.plan, session, engine);
  const count = await runBatchQuery(plan, session, engine, async (result) => {
    const [row] = await result.connection.rows(sql`SELECT count(*) FROM (${result.select})`, [longType]);
    return Number(row?.[0] ?? 0);
  });
  return { count };
}

function tellRows(
  plan: AnalyzedRelation,
  rows: readonly Row[],
  total: number,
  session: SparkSession,
  engine: EngineState,
  caller: Caller,
): void {
  if (!engine.ports.isWatched()) return;
  const sample: ResultRows = sampleRows(schemaOf(plan), rows, total, session.zone);
  engine.ports.emit({ kind: 'batch_rows', cell: caller.cell, rows: sample });
}
