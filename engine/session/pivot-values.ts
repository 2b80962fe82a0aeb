import type { PivotValuesNeeded } from '../analysis/analyze-pivot.ts';
import { sparkError } from '../core/spark-error.ts';
import { typeToJson } from '../core/type-json.ts';
import { encodeWire } from '../core/wire-values.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { Literal } from '../plan/expression.ts';
import type { Relation } from '../plan/relation.ts';
import { runBatchQuery } from './batch-query.ts';
import type { EngineState } from './engine-state.ts';
import type { SparkSession } from './spark-session.ts';

/** The distinct values of a pivot column, as Spark collects them before it plans a pivot without values. `analyzed` turns a relation into a plan. */
export async function pivotLiterals(
  needed: PivotValuesNeeded,
  analyzed: (relation: Relation) => Promise<AnalyzedRelation>,
  session: SparkSession,
  engine: EngineState,
): Promise<readonly Literal[]> {
  const plan = await analyzed(needed.query);
  const mostValues = Number(session.confs.get('spark.sql.pivotMaxValues') ?? '10000');
  return runBatchQuery(plan, session, engine, async (result) => {
    const rows = await result.rows();
    const [type] = result.types;
    if (rows.length > mostValues)
      throw sparkError('_LEGACY_ERROR_TEMP_1324', {
        pivotColumn: plan.output[0]?.name ?? '',
        maxValues: String(mostValues),
      });
    return type
      ? rows.map((row) => ({ kind: 'literal', data_type: typeToJson(type), value: encodeWire(row[0] ?? null, type) }))
      : [];
  });
}
