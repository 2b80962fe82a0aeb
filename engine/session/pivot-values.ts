import type { PivotValuesNeeded } from '../analysis/pivot-values-needed.ts';
import { sparkError } from '../core/spark-error.ts';
import { typeToJson } from '../core/type-json.ts';
import { encodeWire } from '../display/wire-values.ts';
import type { Literal } from '../plan/expression.ts';
import { runBatchQuery } from './batch-query.ts';
import type { EngineState } from './engine-state.ts';
import type { SparkSession } from './spark-session.ts';

/** Spark's `spark.sql.pivotMaxValues`. */
const mostValues = 10_000;

/** The distinct values of a pivot column, in ascending order, as Spark collects them before it plans a pivot without values. */
export function pivotLiterals(needed: PivotValuesNeeded, session: SparkSession, engine: EngineState): Promise<readonly Literal[]> {
  return runBatchQuery(needed.values, session, engine, async (result) => {
    const rows = await result.rows();
    if (rows.length > mostValues) throw sparkError('_LEGACY_ERROR_TEMP_1324', { pivotColumn: needed.column, maxValues: String(mostValues) });
    const [type] = result.types;
    return type ? rows.map((row) => ({ kind: 'literal', data_type: typeToJson(type), value: encodeWire(row[0] ?? null, type) })) : [];
  });
}
