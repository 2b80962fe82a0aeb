import { sql, sqlJoin } from '../core/sql-text.ts';
import { sparkError } from '../core/spark-error.ts';
import type { AnalyzedNode } from '../plan/analyzed-relation.ts';
import type { BoundAggregate } from '../plan/bound-expression.ts';
import { passedOn, plainForm, scopeItems, selectList } from './column-form.ts';
import type { DeduplicateStep } from './compiled-step.ts';
import {
  arrivalColumn,
  inParentheses,
  newTable,
  noDemand,
  numberedDemand,
  relationItems,
  selectAll,
  withArrival,
  type CompiledRelation,
  type Compiler,
  type Demand,
} from './compiler.ts';
import { firstArrival, groupOrder } from './group-order.ts';
import { stateColumns, watermarked, withoutSessions } from './state-columns.ts';

/** The first row of each key, in arrival order. */
export function compileDeduplicate(
  node: AnalyzedNode<'deduplicate'>,
  compiler: Compiler,
  demand: Demand,
): CompiledRelation {
  const operator = compiler.operators.get(node);
  const input = compiler.relation(node.input, operator === undefined ? numberedDemand : noDemand);
  if (operator !== undefined)
    return streamDeduplicate(node, withoutSessions(input, node.input.output), compiler, operator);
  if (node.withinWatermark)
    throw sparkError('NOT_SUPPORTED_BY_MAREA', { feature: 'dropDuplicatesWithinWatermark on a batch DataFrame' });
  const keys = node.keys
    .filter((key) => input.columns.has(key.id))
    .flatMap((key) => passedOn(key.id, key.id, input.columns.get(key.id) ?? plainForm));
  const items = selectList(scopeItems(input.columns));
  if (keys.length === 0) return { ...input, from: inParentheses(sql`${selectAll(input)} LIMIT 1`) };
  const first = sql`row_number() OVER (PARTITION BY ${sqlJoin(keys, ', ')} ORDER BY ${arrivalColumn}) = 1`;
  const survivors = sql`(SELECT *, ${arrivalColumn} AS ${firstArrival} FROM ${withArrival(input)} QUALIFY ${first})`;
  const order = demand.ordered
    ? groupOrder(
        node.keys.map((output) => ({ output, form: input.columns.get(output.id) ?? plainForm })),
        otherColumns(node),
        compiler,
      )
    : sql``;
  return { ...input, from: inParentheses(sql`SELECT ${items} FROM ${survivors}${order}`) };
}

/** In Spark's plan the columns that are no key are the first values of their group. */
const otherColumns = (node: AnalyzedNode<'deduplicate'>): readonly BoundAggregate[] =>
  node.input.output
    .filter((attribute) => !node.keys.some((key) => key.id === attribute.id))
    .map((attribute) => ({
      kind: 'aggregate',
      name: 'first',
      args: [{ kind: 'attribute', attribute, type: attribute.type, nullable: attribute.nullable }],
      distinct: false,
      ignoreNulls: false,
      type: attribute.type,
      nullable: attribute.nullable,
    }));

function streamDeduplicate(
  node: AnalyzedNode<'deduplicate'>,
  input: CompiledRelation,
  compiler: Compiler,
  operator: number,
): CompiledRelation {
  const time = watermarked(input, node.input.output);
  const isKey = time !== undefined && node.keys.some((key) => key.id === time.attribute.id);
  const table = newTable(compiler, 'dedup');
  const step: DeduplicateStep = {
    kind: 'deduplicate',
    operator,
    table,
    below: input.below,
    input: sql`SELECT ${selectList(relationItems(input))} FROM ${input.from}`,
    columns: stateColumns(input, node.input.output),
    keys: stateColumns(input, node.keys),
    ...(time ? { eventTimeUs: time.us } : {}),
    delayUs: (time?.attribute.watermarkDelayMs ?? 0) * 1000,
    expires: node.withinWatermark ? 'within_watermark' : isKey ? 'key' : 'never',
    schema: {
      key: node.keys.map(({ name, type, nullable }) => ({ name, type, nullable })),
      value: [],
    },
  };
  compiler.steps.push(step);
  return { from: table, columns: input.columns, below: [operator] };
}
