import type { DataType } from '../core/data-type.ts';
import { sql, sqlInteger, sqlJoin, type Sql } from '../core/sql-text.ts';
import type { BoundAggregate, BoundExpression } from '../plan/bound-expression.ts';
import type { Attribute } from '../plan/attribute.ts';
import { columnName, type ColumnForm, type Scope } from './column-form.ts';
import { compileSortKey } from './expression-scope.ts';
import { arrivalColumn, scopeOf, type Compiler } from './compiler.ts';
import { functionRow } from './function-row.ts';

/** Arrival of a group: that of its first row. */
export const firstArrival = sql`marea_first`;
export const firstArrivalItem = sql`min(${arrivalColumn}) AS ${firstArrival}`;

/**
 * `ORDER BY` that gives groups in the order of Spark's own operators: partition by partition (the hash of the keys), and inside one as the operator leaves
 * them: sorted by key, or in the order of arrival. Its fast hash map takes no NULL key, so these come after the others.
 */
export function groupOrder(
  keys: readonly { readonly output: Attribute; readonly form: ColumnForm }[],
  calls: readonly BoundAggregate[],
  compiler: Compiler,
): Sql {
  const columns: Scope = new Map(
    keys.map(({ output, form }) => [output.id, form.kind === 'pane' ? { ...form, kind: 'window' } : form]),
  );
  const scope = scopeOf(compiler, { columns });
  const references = referencesTo(keys);
  const operator = operatorOf(calls);
  const nullsLast = keys.every(({ output }) => isFastKey(output.type))
    ? [
        sql`(${sqlJoin(
          keys.map(({ output }) => sql`${columnName(output.id)} IS NULL`),
          ' OR ',
        )})`,
      ]
    : [];
  const partition = partitionTerms(keys, columns, compiler);
  const terms = {
    sort: references.map((key) => sql`${compileSortKey(key, scope)} NULLS FIRST`),
    // Small partitions are read as one after the shuffle. Without calls the last stage has the fast map too, and NULL keys come after all others.
    distinct: [...nullsLast, ...partition],
    hash: [...partition, ...nullsLast],
    object_hash: partition,
  }[operator];
  const newestWindowFirst = keys
    .filter(({ form }) => form.kind === 'pane' || form.kind === 'window')
    .map(({ output }) => sql`${columnName(output.id)} DESC`);
  return sql` ORDER BY ${sqlJoin([...terms, firstArrival, ...newestWindowFirst], ', ')}`;
}

/**
 * The same for all groups of a state, which Spark reads partition by partition. Inside one its order is that of a hash table of the JVM; here rows stay
 * as `marea_first` numbers them. Empty: there is one partition.
 */
export function stateOrder(keys: Keys, columns: Scope, compiler: Compiler): Sql {
  const terms = partitionTerms(keys, columns, compiler);
  return terms.length === 0 ? sql`` : sql` ORDER BY ${sqlJoin([...terms, firstArrival], ', ')}`;
}

type Keys = readonly { readonly output: Attribute }[];

const referencesTo = (keys: Keys): readonly BoundExpression[] =>
  keys.map(({ output }) => ({ kind: 'attribute', attribute: output, type: output.type, nullable: output.nullable }));

function partitionTerms(keys: Keys, columns: Scope, compiler: Compiler): readonly Sql[] {
  const partitions = compiler.options.shufflePartitions ?? 1;
  const canHash = partitions > 1 && keys.length > 0 && keys.every(({ output }) => isHashable(output.type));
  return canHash ? [partitionOf(referencesTo(keys), partitions, compiler, columns)] : [];
}

/** Spark's hash partitioning: Murmur3 of the keys, seed 42. */
function partitionOf(keys: readonly BoundExpression[], partitions: number, compiler: Compiler, columns: Scope): Sql {
  const row = functionRow('hash');
  if (row.kind !== 'scalar') throw new Error('internal error: hash is a scalar function');
  const scope = scopeOf(compiler, { columns });
  const hash = row.sql({
    args: keys.map((key) => scope.compile(key, scope)),
    lambdas: keys.map(() => undefined),
    types: keys.map((key) => key.type),
    literals: keys.map(() => undefined),
    type: { kind: 'integer' },
    context: compiler.options.context,
  });
  const count = sqlInteger(partitions);
  return sql`(((${hash}) % ${count}) + ${count}) % ${count}`;
}

const isHashable = (type: DataType): boolean => {
  if (type.kind === 'map' || type.kind === 'calendar_interval') return false;
  if (type.kind === 'array') return isHashable(type.element);
  return type.kind !== 'struct' || type.fields.every((field) => isHashable(field.type));
};

const nestedKinds: ReadonlySet<string> = new Set(['array', 'map', 'struct', 'binary']);
const isFastKey = (type: DataType): boolean =>
  !nestedKinds.has(type.kind) && (type.kind !== 'decimal' || type.precision <= 18);

const objectAggregates: ReadonlySet<string> = new Set([
  'collect_list',
  'collect_set',
  'percentile',
  'percentile_approx',
  'median',
  'mode',
  'histogram_numeric',
  'percentile_cont',
  'percentile_disc',
  'array_agg',
]);
const valueAggregates: ReadonlySet<string> = new Set(['min', 'max', 'first', 'last', 'any_value', 'max_by', 'min_by']);
const fixedWidth = (type: DataType): boolean =>
  type.kind !== 'string' && type.kind !== 'char' && type.kind !== 'varchar' && !nestedKinds.has(type.kind);

/** Which of Spark's operators computes the calls. One that keeps a value of variable width sorts its input by key. */
function operatorOf(calls: readonly BoundAggregate[]): 'distinct' | 'hash' | 'object_hash' | 'sort' {
  if (calls.length === 0) return 'distinct';
  if (calls.some((call) => objectAggregates.has(call.name))) return 'object_hash';
  const keepsWide = calls.some(
    (call) => valueAggregates.has(call.name) && !call.args.every((arg) => fixedWidth(arg.type)),
  );
  return keepsWide ? 'sort' : 'hash';
}
