import { sql, sqlInteger, sqlJoin, type Sql } from '../core/sql-text.ts';
import type { AnalyzedNode } from '../plan/analyzed-relation.ts';
import { referencedAttributes } from '../plan/walk-expression.ts';
import { columnName, scopeItems, selectList, sessionEndName, type ColumnForm } from './column-form.ts';
import { compileExpression } from './compile-expression.ts';
import {
  inParentheses,
  orderOnly,
  relationItems,
  scopeOf,
  type CompiledRelation,
  type Compiler,
  type Demand,
} from './compiler.ts';
import { cutPython } from './cut-python.ts';

type TimeWindow = AnalyzedNode<'time_window'>;

/** 1e17 µs before 1970 is older than any time Spark can write (year 0001 is 6.2e16 before). */
const oldestUs = 100_000_000_000_000_000n;

/**
 * Start of the interval of `lengthUs` that holds `us`, aligned to 1970 + `startUs`. DuckDB's `//` truncates, so times before 1970 are first moved
 * forward by a whole number of intervals.
 */
export function alignedStart(us: Sql, lengthUs: number, startUs: number): Sql {
  const length = BigInt(lengthUs);
  const shift = (oldestUs / length + 1n) * length - BigInt(startUs);
  return sql`((${us} + ${sqlInteger(shift)}) // ${sqlInteger(length)} * ${sqlInteger(length)} - ${sqlInteger(shift)})`;
}

const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b));

/**
 * Rows with their window. Under an aggregate that groups by the window nothing is multiplied: a tumbling window is a number, a sliding one a pane, and rows
 * without time stay, as a NULL group that the aggregate drops, so that it can carry the watermark's statistics.
 */
export function compileTimeWindow(node: TimeWindow, compiler: Compiler, demand: Demand): CompiledRelation {
  const isGrouped = demand.groupedBy.has(node.window.id);
  const groupedBy = new Set(demand.groupedBy);
  for (const attribute of referencedAttributes(node.time)) groupedBy.delete(attribute.id);
  const input = compiler.relation(node.input, isGrouped ? { ...demand, groupedBy } : orderOnly(demand));
  const cut = cutPython(input, [node.time], compiler);
  const time = sql`epoch_us(${compileExpression(cut.expressions[0] ?? node.time, scopeOf(compiler, cut.relation))})`;
  const isTumbling = node.slideUs === node.windowUs;
  if (isGrouped) return grouped(node, cut.relation, time, isTumbling);
  return isTumbling ? tumbling(node, cut.relation, time) : sliding(node, cut.relation, time);
}

const windowForm = ({ windowUs, slideUs, startUs }: TimeWindow): ColumnForm => ({
  kind: 'window',
  windowUs,
  slideUs,
  startUs,
});

function grouped(node: TimeWindow, input: CompiledRelation, time: Sql, isTumbling: boolean): CompiledRelation {
  const { windowUs, slideUs, startUs } = node;
  const paneUs = isTumbling ? windowUs : greatestCommonDivisor(windowUs, slideUs);
  const form: ColumnForm = isTumbling ? windowForm(node) : { kind: 'pane', windowUs, slideUs, startUs, paneUs };
  const start = sql`${alignedStart(time, paneUs, startUs % paneUs)} AS ${columnName(node.window.id)}`;
  return {
    ...input,
    from: inParentheses(sql`SELECT ${selectList([...relationItems(input), start])} FROM ${input.from}`),
    columns: new Map(input.columns).set(node.window.id, form),
  };
}

function tumbling(node: TimeWindow, input: CompiledRelation, time: Sql): CompiledRelation {
  const start = sql`${alignedStart(time, node.windowUs, node.startUs)} AS ${columnName(node.window.id)}`;
  const items = [...scopeItems(input.columns), start];
  return {
    from: inParentheses(sql`SELECT ${selectList(items)} FROM ${input.from} WHERE ${time} IS NOT NULL`),
    columns: new Map(input.columns).set(node.window.id, windowForm(node)),
    below: input.below,
  };
}

/** One row for each window that holds the time, newest window first as Spark makes them. */
function sliding(node: TimeWindow, input: CompiledRelation, time: Sql): CompiledRelation {
  const name = columnName(node.window.id);
  const count = Math.ceil(node.windowUs / node.slideUs);
  const starts = Array.from({ length: count }, (_, i) => sql`marea_start - ${sqlInteger(i * node.slideUs)}`);
  const items = selectList(scopeItems(input.columns));
  const last = sql`(SELECT *, ${time} AS marea_us, ${alignedStart(time, node.slideUs, node.startUs)} AS marea_start FROM ${input.from})`;
  const expanded = sql`(SELECT *, unnest([${sqlJoin(starts, ', ')}]) AS ${name} FROM ${last} WHERE marea_us IS NOT NULL)`;
  const isExact = node.windowUs % node.slideUs === 0;
  const holds = isExact ? sql`` : sql` WHERE marea_us < ${name} + ${sqlInteger(node.windowUs)}`;
  return {
    from: inParentheses(
      sql`SELECT ${sqlJoin(
        [items, name].filter((item) => item !== '1'),
        ', ',
      )} FROM ${expanded}${holds}`,
    ),
    columns: new Map(input.columns).set(node.window.id, windowForm(node)),
    below: input.below,
  };
}

/** Each row with its own session [time, time + gap). */
export function compileSessionWindow(
  node: AnalyzedNode<'session_window'>,
  compiler: Compiler,
  demand: Demand,
): CompiledRelation {
  const input = compiler.relation(node.input, orderOnly(demand));
  const cut = cutPython(input, [node.time, node.gap], compiler);
  const scope = scopeOf(compiler, cut.relation);
  const time = sql`epoch_us(${compileExpression(cut.expressions[0] ?? node.time, scope)})`;
  const gap = compileExpression(cut.expressions[1] ?? node.gap, scope);
  const ends = [
    sql`${time} AS ${columnName(node.window.id)}`,
    sql`${time} + ${gap} AS ${sessionEndName(node.window.id)}`,
  ];
  return {
    from: inParentheses(
      sql`SELECT ${selectList([...scopeItems(input.columns), ...ends])} FROM ${cut.relation.from} WHERE ${time} IS NOT NULL AND ${gap} > 0`,
    ),
    columns: new Map(input.columns).set(node.window.id, { kind: 'session' }),
    below: input.below,
  };
}
