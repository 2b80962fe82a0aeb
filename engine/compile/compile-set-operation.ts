import { sql, sqlInteger, sqlJoin, type Sql } from '../core/sql-text.ts';
import { sparkError } from '../core/spark-error.ts';
import { storageType } from '../core/storage-type.ts';
import type { AnalyzedNode, AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { Attribute } from '../plan/attribute.ts';
import {
  columnName,
  columnValue,
  passedOn,
  plainForm,
  plainScope,
  selectList,
  type ColumnForm,
} from './column-form.ts';
import {
  asPlain,
  inParentheses,
  noDemand,
  orderOnly,
  type CompiledRelation,
  type Compiler,
  type Demand,
} from './compiler.ts';

/** Columns go by position; the result has the union's own ids. */
export function compileUnion(node: AnalyzedNode<'union'>, compiler: Compiler, demand: Demand): CompiledRelation {
  const inputs = node.inputs.map((input) => ({
    output: input.output,
    relation: compiler.relation(input, orderOnly(demand)),
  }));
  const forms = node.output.map((_, column) =>
    sharedForm(inputs.map(({ output, relation }) => formAt(output[column], relation))),
  );
  const place = (side: number): readonly Sql[] => [
    sql`${sqlInteger(side)} AS marea_side`,
    sql`row_number() OVER () AS marea_row`,
  ];
  const selects = inputs.map(({ output, relation }, side) => {
    const items = node.output.flatMap((to, column) =>
      unionItem(output[column], to, forms[column] ?? plainForm, relation),
    );
    return sql`SELECT ${selectList(demand.numbered ? [...items, ...place(side)] : items)} FROM ${relation.from}`;
  });
  const all = sqlJoin(selects, ' UNION ALL ');
  return {
    from: inParentheses(
      demand.numbered
        ? sql`SELECT * EXCLUDE (marea_side, marea_row) FROM (${all}) ORDER BY marea_side, marea_row`
        : all,
    ),
    columns: new Map(node.output.map((attribute, column) => [attribute.id, forms[column] ?? plainForm])),
    below: [...new Set(inputs.flatMap(({ relation }) => relation.below))],
  };
}

const formAt = (attribute: Attribute | undefined, relation: CompiledRelation): ColumnForm =>
  (attribute && relation.columns.get(attribute.id)) ?? plainForm;

const sharedForm = (forms: readonly ColumnForm[]): ColumnForm => {
  const [first = plainForm] = forms;
  return forms.every((form) => JSON.stringify(form) === JSON.stringify(first)) ? first : plainForm;
};

function unionItem(
  from: Attribute | undefined,
  to: Attribute,
  form: ColumnForm,
  relation: CompiledRelation,
): readonly Sql[] {
  const own = from && relation.columns.get(from.id);
  if (!from || !own) return [sql`NULL::${storageType(to.type)} AS ${columnName(to.id)}`];
  if (form.kind !== 'plain') return passedOn(from.id, to.id, form);
  return [sql`${columnValue(from.id, own)} AS ${columnName(to.id)}`];
}

/** Rows compare null-safe, as in Spark. */
export function compileDifference(
  node: AnalyzedNode<'intersect' | 'except'>,
  compiler: Compiler,
  demand: Demand,
): CompiledRelation {
  if (node.isStreaming && compiler.options.outputMode !== undefined) {
    // Its optimizer drops an empty side. Otherwise Spark counts the rows of both sides in an aggregate without state store, and its tasks fail.
    if (node.kind === 'except' && node.isAll && isEmpty(node.right))
      return compiler.relation(node.left, orderOnly(demand));
    throw sparkError('STATELESS_AGGREGATE_IN_STREAM', {});
  }
  const side = (input: AnalyzedRelation): Sql => {
    const relation = asPlain(compiler.relation(input, noDemand), input.output);
    const items = node.output.map((to, i) => sql`${columnName(input.output[i]?.id ?? to.id)} AS ${columnName(to.id)}`);
    return sql`SELECT ${selectList(items)} FROM ${relation.from}`;
  };
  const operator = node.kind === 'except' ? sql`EXCEPT` : sql`INTERSECT`;
  const all = node.isAll ? sql` ALL` : sql``;
  const order = demand.ordered ? sql` ORDER BY ALL NULLS LAST` : sql``;
  return {
    from: inParentheses(sql`${side(node.left)} ${operator}${all} ${side(node.right)}${order}`),
    columns: plainScope(node.output),
    below: [],
  };
}

const isEmpty = (node: AnalyzedRelation): boolean =>
  node.kind === 'local_rows' ? node.rows.length === 0 : node.kind === 'project' && isEmpty(node.input);
