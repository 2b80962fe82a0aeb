import { sql, sqlInteger, sqlWord, type Sql } from '../core/sql-text.ts';
import { storageType } from '../core/storage-type.ts';
import { columnName, eventTimeUs, formType, plainTimeUs, selectList, type ColumnForm } from './column-form.ts';
import { splitAggregateCall, type SplitAggregate } from './compile-aggregate-call.ts';
import { windowCondition, type Aggregate, type AggregateInput } from './aggregate-input.ts';
import type { AggregateStep, CarriedStatistics, StateColumn, StateSchema } from './compiled-step.ts';
import { newTable, relationItems, scopeOf, type CompiledRelation, type Compiler } from './compiler.ts';
import { groupBy, groupedScope, resultRelation, type GroupKey } from './group-keys.ts';
import { firstArrival, stateOrder } from './group-order.ts';
import { expandPanes, firstWindowEnd, lastWindowEnd } from './pane-windows.ts';
import { carriedItems, carriedRows, carriedStatistics } from './watermark-statistics.ts';

export const keyName = (index: number): Sql => sqlWord(`k${index}`);
export const partialName = (index: number): Sql => sqlWord(`p${index}`);
/** The column of a state row that says which batch appended it. */
export const batchColumn = sql`batch`;

/** Calls cut in two, with the numbers of their partial columns. */
export type SplitCalls = {
  readonly columns: readonly StateColumn[];
  readonly partials: readonly Sql[];
  readonly merges: readonly Sql[];
  readonly finals: readonly Sql[];
};

export function splitCalls(input: AggregateInput, compiler: Compiler): SplitCalls {
  const scope = { ...scopeOf(compiler, input.relation), ...input.order };
  const columns: StateColumn[] = [];
  const partials: Sql[] = [];
  const merges: Sql[] = [];
  const finals = input.calls.map(({ output, call }) => {
    const split: SplitAggregate = splitAggregateCall(call, scope);
    const names = split.partials.map((part) => {
      const name = partialName(columns.length);
      columns.push({ name, type: part.type, storage: storageType(part.type) });
      partials.push(sql`(${part.partial})::${storageType(part.type)} AS ${name}`);
      merges.push(sql`(${part.merge(name, batchColumn)})::${storageType(part.type)} AS ${name}`);
      return name;
    });
    return sql`${split.final(names)} AS ${columnName(output.id)}`;
  });
  return { columns, partials, merges, finals };
}

export const keyColumns = (keys: readonly GroupKey[]): readonly StateColumn[] =>
  keys.map(({ output, form }, i) => {
    const type = formType(output, form);
    return { name: keyName(i), type, storage: storageType(type) };
  });

/** Names and types as Spark's state store has them. */
export const stateSchema = (keys: readonly GroupKey[], calls: Aggregate['calls']): StateSchema => ({
  key: keys.map(({ output }) => ({ name: output.name, type: output.type, nullable: output.nullable })),
  value: calls.map(({ output, call }) => ({ name: call.name, type: output.type, nullable: output.nullable })),
});

/** Group rows over merged state: keys and answers under their attribute names, then the result list. */
export function resultOf(
  node: Aggregate,
  input: AggregateInput,
  split: SplitCalls,
  keyItems: readonly Sql[],
  compiler: Compiler,
): { readonly select: (from: Sql) => Sql; readonly relation: (from: Sql) => CompiledRelation } {
  const items = selectList([...keyItems, ...split.finals]);
  const relation = (from: Sql): CompiledRelation => {
    const columns = groupedScope(input.keys, input.calls);
    const order =
      compiler.options.outputMode === 'complete'
        ? stateOrder(
            input.keys.filter(({ form }) => form.kind !== 'session'),
            columns,
            compiler,
          )
        : sql``;
    const rows =
      order === sql``
        ? sql`SELECT ${items} FROM ${from}`
        : sql`SELECT * FROM (SELECT ${items}, row_number() OVER () AS ${firstArrival} FROM ${from})${order}`;
    const grouped = { from: sql`(${rows})`, columns, below: [] };
    return resultRelation(node, grouped, [], compiler);
  };
  return {
    relation,
    select: (from) => {
      const result = relation(from);
      return sql`SELECT ${selectList(relationItems(result))} FROM ${result.from}`;
    },
  };
}

export function compileStreamAggregate(
  node: Aggregate,
  input: AggregateInput,
  compiler: Compiler,
  operator: number,
): CompiledRelation {
  const split = splitCalls(input, compiler);
  const names = input.keys.map((_, i) => keyName(i));
  const keys = input.keys.map((key, i) => sql`${key.value} AS ${keyName(i)}`);
  const carried = carriedItems(input.relation);
  const batchRows = sql`SELECT ${selectList([...keys, ...split.partials, ...carried])} FROM ${input.relation.from}${groupBy(keys.map((_, i) => sqlInteger(i + 1)))}`;
  const result = resultOf(
    node,
    input,
    split,
    input.keys.map((key, i) => sql`${keyName(i)} AS ${columnName(key.output.id)}`),
    compiler,
  );
  const table = newTable(compiler, 'agg');
  const step: AggregateStep = {
    kind: 'aggregate',
    operator,
    table,
    below: input.relation.below,
    batchRows,
    carried: carriedBy(input.relation),
    keys: keyColumns(input.keys),
    partials: split.columns,
    merge: (from) => sql`SELECT ${selectList([...names, ...split.merges])} FROM ${from}${groupBy(names)}`,
    result: result.select,
    schema: stateSchema(input.keys, input.calls),
    ...windowParts(input.keys),
    ...closing(input.keys),
  };
  compiler.steps.push(step);
  return { from: table, columns: result.relation(table).columns, below: [operator] };
}

const carriedBy = (relation: CompiledRelation): CarriedStatistics => ({
  ...(relation.watermark ? { watermark: { node: relation.watermark.node, statistics: carriedStatistics } } : {}),
  ...(relation.sourceRows === undefined
    ? {}
    : { sourceRows: { sourceKey: relation.sourceRows, rowCount: carriedRows } }),
});

function windowParts(
  keys: readonly GroupKey[],
): Pick<AggregateStep, 'accept' | 'window' | 'panes'> | Record<never, never> {
  const index = keys.findIndex((key) => key.form.kind === 'window' || key.form.kind === 'pane');
  const form = keys[index]?.form;
  if (form?.kind !== 'window' && form?.kind !== 'pane') return {};
  const start = keyName(index);
  const window = { start, windowUs: form.windowUs, slideUs: form.slideUs, startUs: form.startUs };
  const isTime = form.kind === 'pane' || windowCondition(keys) !== undefined;
  const accept = isTime ? { accept: sql`${start} IS NOT NULL` } : {};
  if (form.kind === 'window') return { window, ...accept };
  return {
    window,
    ...accept,
    panes: {
      paneUs: form.paneUs,
      lastEndUs: lastWindowEnd(start, form),
      firstEndUs: firstWindowEnd(start, form),
      expand: (from) => expandPanes(from, start, form),
    },
  };
}

/** The first key that carries a watermark decides when a group is late and when it closes. */
function closing(keys: readonly GroupKey[]): Pick<AggregateStep, 'closesAtUs'> | Record<never, never> {
  const index = keys.findIndex((key) => key.output.watermarkDelayMs !== undefined);
  const key = keys[index];
  if (!key) return {};
  return { closesAtUs: keyTimeUs(keyName(index), key) };
}

function keyTimeUs(name: Sql, key: GroupKey): Sql {
  const { form } = key;
  if (form.kind === 'window' || form.kind === 'pane') return sql`(${name} + ${sqlInteger(form.windowUs)})`;
  return form.kind === 'plain'
    ? plainTimeUs(name, key.output.type)
    : eventTimeUs(key.output, form satisfies ColumnForm);
}
