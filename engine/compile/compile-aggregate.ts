import { sql, sqlInteger, sqlJoin, type Sql } from '../core/sql-text.ts';
import { aggregateInput, windowCondition, type Aggregate, type AggregateInput } from './aggregate-input.ts';
import { columnName } from './column-form.ts';
import { compileAggregateCall, splitAggregateCall } from './compile-aggregate-call.ts';
import { inParentheses, scopeOf, type CompiledRelation, type Compiler, type Demand } from './compiler.ts';
import { groupedScope, resultRelation } from './group-keys.ts';
import { firstArrival, firstArrivalItem, groupOrder } from './group-order.ts';
import { expandPanes } from './pane-windows.ts';
import { compileSessionAggregate } from './session-aggregate.ts';
import { compileStreamAggregate } from './stream-aggregate.ts';

export function compileAggregate(node: Aggregate, compiler: Compiler, demand: Demand): CompiledRelation {
  const operator = compiler.operators.get(node);
  const input = aggregateInput(node, compiler, operator !== undefined, demand.ordered);
  if (input.keys.some((key) => key.form.kind === 'session')) {
    return compileSessionAggregate(node, input, compiler, demand, operator);
  }
  if (operator !== undefined) return compileStreamAggregate(node, input, compiler, operator);
  const isPaned = input.keys.some((key) => key.form.kind === 'pane');
  const grouped = isPaned ? panedGroups(input, compiler, demand) : groups(input, compiler, demand);
  return resultRelation(node, grouped, input.relation.below, compiler);
}

const ordinals = (count: number): Sql =>
  count === 0
    ? sql``
    : sql` GROUP BY ${sqlJoin(
        Array.from({ length: count }, (_, i) => sqlInteger(i + 1)),
        ', ',
      )}`;

/** Group rows: columns of the keys and of the calls under their attribute names. */
function groups(input: AggregateInput, compiler: Compiler, demand: Demand): CompiledRelation {
  const scope = { ...scopeOf(compiler, input.relation), ...input.order };
  const isOrdered = demand.ordered && input.keys.length > 0;
  const keys = input.keys.map((key) => sql`${key.value} AS ${columnName(key.output.id)}`);
  const calls = input.calls.map(
    ({ output, call }) => sql`${compileAggregateCall(call, scope)} AS ${columnName(output.id)}`,
  );
  const condition = windowCondition(input.keys);
  const where = condition ? sql` WHERE ${condition}` : sql``;
  const items = [...keys, ...calls, ...(isOrdered ? [firstArrivalItem] : [])];
  const select = sql`SELECT ${sqlJoin(items, ', ')} FROM ${input.relation.from}${where}${ordinals(keys.length)}`;
  return groupRows(isOrdered ? ordered(select, input, compiler) : select, input);
}

const ordered = (select: Sql, input: AggregateInput, compiler: Compiler): Sql =>
  sql`SELECT * FROM (${select})${groupOrder(
    input.keys,
    input.calls.map(({ call }) => call),
    compiler,
  )}`;

const groupRows = (select: Sql, input: AggregateInput): CompiledRelation => ({
  from: inParentheses(select),
  columns: groupedScope(input.keys, input.calls),
  below: [],
});

/** Sliding windows: first one row for each pane, then windows from few panes instead of from many rows. */
function panedGroups(input: AggregateInput, compiler: Compiler, demand: Demand): CompiledRelation {
  const scope = { ...scopeOf(compiler, input.relation), ...input.order };
  const cut = input.calls.map(({ output, call }) => ({ output, split: splitAggregateCall(call, scope) }));
  const name = (call: number, part: number): Sql => sql`p${sqlInteger(call)}_${sqlInteger(part)}`;
  const keyNames = input.keys.map((key) => columnName(key.output.id));
  const pane = input.keys.find((key) => key.form.kind === 'pane');
  if (pane?.form.kind !== 'pane') throw new Error('internal error: no pane among the keys');
  const paneName = columnName(pane.output.id);
  const partials = cut.flatMap(({ split }, i) =>
    split.partials.map((part, j) => sql`${part.partial} AS ${name(i, j)}`),
  );
  const keys = input.keys.map((key) => sql`${key.value} AS ${columnName(key.output.id)}`);
  const arrival = demand.ordered ? [firstArrivalItem] : [];
  const panes = sql`(SELECT ${sqlJoin([...keys, ...partials, ...arrival], ', ')} FROM ${input.relation.from} WHERE ${pane.value} IS NOT NULL${ordinals(keys.length)})`;
  const merges = cut.flatMap(({ split }, i) =>
    split.partials.map((part, j) => sql`${part.merge(name(i, j), paneName)} AS ${name(i, j)}`),
  );
  const kept = demand.ordered ? [sql`min(${firstArrival}) AS ${firstArrival}`] : [];
  const merged = sql`(SELECT ${sqlJoin([...keyNames, ...merges, ...kept], ', ')} FROM ${expandPanes(panes, paneName, pane.form)}${ordinals(keys.length)})`;
  const finals = cut.map(
    ({ output, split }, i) => sql`${split.final(split.partials.map((_, j) => name(i, j)))} AS ${columnName(output.id)}`,
  );
  const select = sql`SELECT ${sqlJoin([...keyNames, ...finals, ...(demand.ordered ? [firstArrival] : [])], ', ')} FROM ${merged}`;
  return groupRows(demand.ordered ? ordered(select, input, compiler) : select, input);
}
