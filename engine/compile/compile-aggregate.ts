import { sql, sqlInteger, sqlJoin, type Sql } from '../core/sql-text.ts';
import { aggregateInput, windowCondition, type Aggregate, type AggregateInput } from './aggregate-input.ts';
import { columnName } from './column-form.ts';
import { compileAggregateCall, splitAggregateCall } from './compile-aggregate-call.ts';
import { inParentheses, scopeOf, type CompiledRelation, type Compiler, type Demand } from './compiler.ts';
import { groupedScope, resultRelation, type GroupKey } from './group-keys.ts';
import { expandPanes } from './pane-windows.ts';
import { compileSessionAggregate } from './session-aggregate.ts';
import { compileStreamAggregate } from './stream-aggregate.ts';

export function compileAggregate(node: Aggregate, compiler: Compiler, demand: Demand): CompiledRelation {
  const operator = compiler.operators.get(node);
  const input = aggregateInput(node, compiler, operator !== undefined);
  if (input.keys.some((key) => key.form.kind === 'session')) {
    return compileSessionAggregate(node, input, compiler, demand, operator);
  }
  if (operator !== undefined) return compileStreamAggregate(node, input, compiler, operator);
  const isPaned = input.keys.some((key) => key.form.kind === 'pane');
  const grouped = isPaned ? panedGroups(input, compiler) : groups(input, compiler, demand);
  return resultRelation(node, grouped, input.relation.below, compiler);
}

const ordinals = (count: number): Sql =>
  count === 0 ? sql`` : sql` GROUP BY ${sqlJoin(Array.from({ length: count }, (_, i) => sqlInteger(i + 1)), ', ')}`;

/** Group rows: columns of the keys and of the calls under their attribute names. */
function groups(input: AggregateInput, compiler: Compiler, demand: Demand): CompiledRelation {
  const scope = { ...scopeOf(compiler, input.relation), ...input.order };
  const keys = input.keys.map((key) => sql`${key.value} AS ${columnName(key.output.id)}`);
  const calls = input.calls.map(({ output, call }) => sql`${compileAggregateCall(call, scope)} AS ${columnName(output.id)}`);
  const condition = windowCondition(input.keys);
  const where = condition ? sql` WHERE ${condition}` : sql``;
  const select = sql`SELECT ${sqlJoin([...keys, ...calls], ', ')} FROM ${input.relation.from}${where}${ordinals(keys.length)}${keyOrder(input.keys, demand)}`;
  return { from: inParentheses(select), columns: groupedScope(input.keys, input.calls), below: [] };
}

const keyOrder = (keys: readonly GroupKey[], demand: Demand): Sql => {
  const sortable = keys.filter((key) => key.output.type.kind !== 'map');
  if (!demand.ordered || sortable.length === 0) return sql``;
  return sql` ORDER BY ${sqlJoin(sortable.map((key) => sql`${columnName(key.output.id)} NULLS FIRST`), ', ')}`;
};

/** Sliding windows: first one row for each pane, then windows from few panes instead of from many rows. */
function panedGroups(input: AggregateInput, compiler: Compiler): CompiledRelation {
  const scope = { ...scopeOf(compiler, input.relation), ...input.order };
  const cut = input.calls.map(({ output, call }) => ({ output, split: splitAggregateCall(call, scope) }));
  const name = (call: number, part: number): Sql => sql`p${sqlInteger(call)}_${sqlInteger(part)}`;
  const keyNames = input.keys.map((key) => columnName(key.output.id));
  const pane = input.keys.find((key) => key.form.kind === 'pane');
  if (pane?.form.kind !== 'pane') throw new Error('internal error: no pane among the keys');
  const paneName = columnName(pane.output.id);
  const partials = cut.flatMap(({ split }, i) => split.partials.map((part, j) => sql`${part.partial} AS ${name(i, j)}`));
  const keys = input.keys.map((key) => sql`${key.value} AS ${columnName(key.output.id)}`);
  const panes = sql`(SELECT ${sqlJoin([...keys, ...partials], ', ')} FROM ${input.relation.from} WHERE ${pane.value} IS NOT NULL${ordinals(keys.length)})`;
  const merges = cut.flatMap(({ split }, i) => split.partials.map((part, j) => sql`${part.merge(name(i, j), paneName)} AS ${name(i, j)}`));
  const merged = sql`(SELECT ${sqlJoin([...keyNames, ...merges], ', ')} FROM ${expandPanes(panes, paneName, pane.form)}${ordinals(keys.length)})`;
  const finals = cut.map(
    ({ output, split }, i) => sql`${split.final(split.partials.map((_, j) => name(i, j)))} AS ${columnName(output.id)}`,
  );
  const select = sql`SELECT ${sqlJoin([...keyNames, ...finals], ', ')} FROM ${merged} ORDER BY ${sqlJoin(keyNames.map((key) => sql`${key} NULLS FIRST`), ', ')}`;
  return { from: inParentheses(select), columns: groupedScope(input.keys, input.calls), below: [] };
}
