import { sql, sqlInteger, sqlJoin, sqlWord, type Sql } from '../core/sql-text.ts';
import type { AnalyzedNode } from '../plan/analyzed-relation.ts';
import { eventTimeUs, scopeItems, selectList } from './column-form.ts';
import { inParentheses, newTable, type CompiledRelation, type Compiler, type Demand } from './compiler.ts';

/** Whole milliseconds of a time in µs, rounded down also before 1970. */
const millisDown = (us: Sql): Sql => sql`(${us} - ((${us} % 1000) + 1000) % 1000) // 1000`;

/** Columns that an aggregate's group rows carry for the points below it. */
export function carriedItems(relation: CompiledRelation): readonly Sql[] {
  const rows = sql`count(*) AS marea_rows`;
  if (!relation.watermark) return relation.sourceRows === undefined ? [] : [rows];
  const { us } = relation.watermark;
  return [
    sql`max(${us}) AS marea_max_us`,
    sql`min(${us}) AS marea_min_us`,
    sql`sum((${us} // 1000)::DOUBLE) AS marea_sum_ms`,
    rows,
  ];
}

/** How many rows the group rows stand for. */
export const carriedRows: Sql = sql`coalesce(sum(marea_rows), 0)::BIGINT`;

/** Statistics of a watermark's rows from group rows that carry them: max_us, min_us, avg_ms, row_count. */
export const carriedStatistics: Sql = sql`max(marea_max_us), min(marea_min_us), sum(marea_sum_ms) / nullif(sum(marea_rows), 0), ${carriedRows}`;

/**
 * `withWatermark` in a stream. Under an aggregate the rows only get a column for the statistics; otherwise the rows become a table.
 * A NULL time counts as 1970, as in Spark.
 */
export function compileWatermark(
  node: AnalyzedNode<'watermark'>,
  compiler: Compiler,
  demand: Demand,
): CompiledRelation {
  if (compiler.options.outputMode === undefined || !node.isStreaming) return compiler.relation(node.input, demand);
  const input = compiler.relation(node.input, { ...demand, carriesWatermark: false });
  const number = compiler.watermarks.length;
  compiler.watermarks.push({ node: number, delayMs: node.delayMs, attribute: node.attribute });
  const form = input.columns.get(node.attribute.id);
  if (!form) throw new Error(`internal error: ${node.attribute.name} is not in scope`);
  const us = sql`coalesce(${eventTimeUs(node.attribute, form)}, 0)`;
  const items = scopeItems(input.columns);
  if (demand.carriesWatermark) {
    const name = sqlWord(`marea_us_${number}`);
    return {
      ...input,
      from: inParentheses(sql`SELECT ${sqlJoin([...items, sql`${us} AS ${name}`], ', ')} FROM ${input.from}`),
      watermark: { node: number, us: name },
    };
  }
  const table = newTable(compiler, 'wm');
  compiler.steps.push({
    kind: 'watermark',
    node: number,
    table,
    select: sql`SELECT ${selectList(items)} FROM ${input.from}`,
    statistics: sql`SELECT ${millisDown(sql`max(${us})`)} AS max_ms, ${millisDown(sql`min(${us})`)} AS min_ms, avg(${us} // ${sqlInteger(1000)})::DOUBLE AS avg_ms, count(*) AS row_count FROM ${table}`,
  });
  return { from: table, columns: input.columns, below: input.below };
}
