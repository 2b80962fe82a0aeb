import { assert } from '../core/assert-never.ts';
import { sql, sqlInteger, sqlJoin, type Sql } from '../core/sql-text.ts';
import { columnName, selectList, sessionEndName } from './column-form.ts';
import { compileAggregateCall } from './compile-aggregate-call.ts';
import type { Aggregate, AggregateInput } from './aggregate-input.ts';
import type { SessionStep } from './compiled-step.ts';
import { inParentheses, newTable, scopeOf, type CompiledRelation, type Compiler, type Demand } from './compiler.ts';
import { groupBy, groupedScope, resultRelation, type GroupKey } from './group-keys.ts';
import { keyColumns, keyName, resultOf, splitCalls, stateSchema } from './stream-aggregate.ts';

const startName = sql`w_start`;
const endName = sql`w_end`;

/**
 * Rows of `from` with the number of their session in `marea_session`: in order of start, a session goes on while the next row starts at or before
 * the greatest end so far (sessions that touch are one).
 */
function numbered(from: Sql, keys: readonly Sql[], start: Sql, end: Sql): Sql {
  const partition = keys.length > 0 ? sql`PARTITION BY ${sqlJoin(keys, ', ')} ` : sql``;
  const order = sql`${partition}ORDER BY ${start}, ${end}`;
  const isNew = sql`(${start} > max(${end}) OVER (${order} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING))`;
  const marked = sql`(SELECT *, CASE WHEN ${isNew} THEN 1 ELSE 0 END AS marea_new FROM ${from})`;
  return sql`(SELECT *, sum(marea_new) OVER (${order} ROWS UNBOUNDED PRECEDING) AS marea_session FROM ${marked})`;
}

export function compileSessionAggregate(
  node: Aggregate,
  input: AggregateInput,
  compiler: Compiler,
  demand: Demand,
  operator: number | undefined,
): CompiledRelation {
  const session = input.keys.find((key) => key.form.kind === 'session');
  assert(session !== undefined, 'a session among the keys');
  const others = input.keys.filter((key) => key !== session);
  if (operator === undefined) {
    return resultRelation(node, sessions(input, session, others, compiler, demand), input.relation.below, compiler);
  }
  return streamSessions(node, input, session, others, compiler, operator);
}

function sessions(
  input: AggregateInput,
  session: GroupKey,
  others: readonly GroupKey[],
  compiler: Compiler,
  demand: Demand,
): CompiledRelation {
  const scope = { ...scopeOf(compiler, input.relation), ...input.order };
  const names = others.map((_, i) => keyName(i));
  const named = sql`(SELECT *, ${sqlJoin([...others.map((key, i) => sql`${key.value} AS ${keyName(i)}`), sql`${session.value} AS ${startName}`, sql`${sessionEnd(session)} AS ${endName}`], ', ')} FROM ${input.relation.from})`;
  const rows = numbered(named, names, startName, endName);
  const items = [
    ...others.map((key, i) => sql`${keyName(i)} AS ${columnName(key.output.id)}`),
    sql`min(${startName}) AS ${columnName(session.output.id)}`,
    sql`max(${endName}) AS ${sessionEndName(session.output.id)}`,
    ...input.calls.map(({ output, call }) => sql`${compileAggregateCall(call, scope)} AS ${columnName(output.id)}`),
  ];
  const order = demand.ordered
    ? sql` ORDER BY ${sqlJoin(others.map((_, i) => sqlInteger(i + 1)).concat(sqlInteger(others.length + 1)), ', ')}`
    : sql``;
  return {
    from: inParentheses(
      sql`SELECT ${sqlJoin(items, ', ')} FROM ${rows}${groupBy([...names, sql`marea_session`])}${order}`,
    ),
    columns: groupedScope(input.keys, input.calls),
    below: [],
  };
}

/** The end lies beside the start, under the name of the column that was grouped by. */
const sessionEnd = (session: GroupKey): Sql => sql`${session.value}_end`;

function streamSessions(
  node: Aggregate,
  input: AggregateInput,
  session: GroupKey,
  others: readonly GroupKey[],
  compiler: Compiler,
  operator: number,
): CompiledRelation {
  const split = splitCalls(input, compiler);
  const names = others.map((_, i) => keyName(i));
  const keys = others.map((key, i) => sql`${key.value} AS ${keyName(i)}`);
  const ends = [sql`${session.value} AS ${startName}`, sql`${sessionEnd(session)} AS ${endName}`];
  const ordinals = [...keys, ...ends].map((_, i) => sqlInteger(i + 1));
  const keyItems = [
    ...others.map((key, i) => sql`${keyName(i)} AS ${columnName(key.output.id)}`),
    sql`${startName} AS ${columnName(session.output.id)}`,
    sql`${endName} AS ${sessionEndName(session.output.id)}`,
  ];
  const result = resultOf(node, input, split, keyItems, compiler);
  const table = newTable(compiler, 'session');
  const merged = [sql`min(${startName}) AS ${startName}`, sql`max(${endName}) AS ${endName}`, ...split.merges];
  const step: SessionStep = {
    kind: 'session',
    operator,
    table,
    below: input.relation.below,
    batchRows: sql`SELECT ${selectList([...keys, ...ends, ...split.partials])} FROM ${input.relation.from}${groupBy(ordinals)}`,
    keys: keyColumns(others),
    partials: split.columns,
    merge: (from) =>
      sql`SELECT ${selectList([...names, ...merged])} FROM ${numbered(from, names, startName, endName)}${groupBy([...names, sql`marea_session`])}`,
    result: result.select,
    hasWatermark: session.output.watermarkDelayMs !== undefined,
    schema: stateSchema(input.keys, input.calls),
  };
  compiler.steps.push(step);
  return { from: table, columns: result.relation(table).columns, below: [operator] };
}
