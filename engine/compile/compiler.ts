import { assert } from '../core/assert-never.ts';
import { sql, sqlJoin, sqlWord, type Sql } from '../core/sql-text.ts';
import type { AnalyzedNode, AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { Attribute, AttributeId } from '../plan/attribute.ts';
import type { BoundExpression } from '../plan/bound-expression.ts';
import {
  columnName,
  columnValue,
  passedOn,
  plainScope,
  scopeItems,
  selectList,
  type ColumnForm,
  type Scope,
} from './column-form.ts';
import { compileExpression, expressionScope } from './compile-expression.ts';
import type { ExpressionScope } from './expression-scope.ts';
import type { CompileOptions } from './compile-options.ts';
import type { CompiledBatch, CompiledStep } from './compiled-step.ts';

/** A relation as text that may stand in FROM. */
export type CompiledRelation = {
  readonly from: Sql;
  readonly columns: Scope;
  /** The next stateful operators towards the sources. */
  readonly below: readonly number[];
  /** A watermark whose statistics the rows still carry, in the column `us`. */
  readonly watermark?: { readonly node: number; readonly us: Sql };
  /** The source whose rows these are, one for one. */
  readonly sourceRows?: number;
};

/** What the node above asks of the relation below it. */
export type Demand = {
  /** Rows in Spark's order where DuckDB's would be arbitrary: what is shown, cut by `limit` or numbered. */
  readonly ordered: boolean;
  /** The rows will be numbered as they come. DuckDB runs the sides of a union side by side then, so it must be put in order first. */
  readonly numbered: boolean;
  /** The columns an aggregate above groups by: a window among them may stay a start or a pane. */
  readonly groupedBy: ReadonlySet<AttributeId>;
  /** Nothing between here and an aggregate removes, adds or reorders rows: it can carry a watermark's statistics. */
  readonly carriesWatermark: boolean;
  /** The same for the number of a source's rows. */
  readonly carriesRows: boolean;
  /** A stream's limit that nothing between here and it filters: no more rows than this are pulled from the source. */
  readonly atMost?: number;
};

export const noDemand: Demand = {
  ordered: false,
  numbered: false,
  groupedBy: new Set(),
  carriesWatermark: false,
  carriesRows: false,
};
export const orderedDemand: Demand = { ...noDemand, ordered: true };
export const numberedDemand: Demand = { ...orderedDemand, numbered: true };
/** Only the order that is asked for goes on. */
export const orderOnly = ({ ordered, numbered }: Demand): Demand => ({ ...noDemand, ordered, numbered });

/** What one compilation gathers. */
export type Compiler = {
  readonly options: CompileOptions;
  readonly steps: CompiledStep[];
  readonly watermarks: CompiledBatch['watermarks'][number][];
  /** Columns that anything reads; the rest is never loaded. */
  readonly needed: ReadonlySet<AttributeId>;
  /** Position of each stateful node, 0 nearest to the sink. */
  readonly operators: ReadonlyMap<AnalyzedRelation, number>;
  /** The places where the plan reads each source. */
  readonly sourceNodes: ReadonlyMap<number, readonly AnalyzedNode<'source'>[]>;
  /** Filters that Spark hands to the source of a node. */
  readonly pushedFilters: ReadonlyMap<AnalyzedRelation, readonly BoundExpression[]>;
  /** FROM text of sources already made in this batch. */
  readonly madeSources: Map<number, Sql>;
  readonly tableNumbers: Map<string, number>;
  readonly relation: (node: AnalyzedRelation, demand: Demand) => CompiledRelation;
};

/** A table name not used before in this batch: `agg_0`, `src_1`. */
export function newTable(compiler: Compiler, prefix: string): Sql {
  const number = compiler.tableNumbers.get(prefix) ?? 0;
  compiler.tableNumbers.set(prefix, number + 1);
  return sqlWord(`${prefix}_${number}`);
}

export const scopeOf = (compiler: Compiler, relation: Pick<CompiledRelation, 'columns'>): ExpressionScope =>
  expressionScope(relation.columns, compiler.options.context);

export const inParentheses = (select: Sql): Sql => sql`(${select})`;

/** Select items for all columns of a relation, with those that carry statistics. */
export const relationItems = (relation: CompiledRelation): readonly Sql[] => [
  ...scopeItems(relation.columns),
  ...(relation.watermark ? [relation.watermark.us] : []),
];

export const selectAll = (relation: CompiledRelation): Sql =>
  sql`SELECT ${selectList(relationItems(relation))} FROM ${relation.from}`;

/** The same rows with every column as a value of its Spark type. */
export function asPlain(relation: CompiledRelation, output: readonly Attribute[]): CompiledRelation {
  const ids = new Set(output.map((attribute) => attribute.id));
  const present = output.filter(
    (attribute, i) => relation.columns.has(attribute.id) && output.findIndex((a) => a.id === attribute.id) === i,
  );
  if ([...relation.columns.values()].every((form) => form.kind === 'plain') && ids.size === relation.columns.size)
    return relation;
  const items = present.map((attribute) => plainItem(attribute, relation.columns));
  return {
    from: inParentheses(sql`SELECT ${selectList(items)} FROM ${relation.from}`),
    columns: plainScope(present),
    below: relation.below,
  };
}

function plainItem(attribute: Attribute, columns: Scope): Sql {
  const form = columns.get(attribute.id);
  assert(form !== undefined, `column ${attribute.name} is not in scope`);
  return form.kind === 'plain'
    ? columnName(attribute.id)
    : sql`${columnValue(attribute.id, form)} AS ${columnName(attribute.id)}`;
}

/** A column that numbers rows in the order they arrive; only where something needs that order. */
export const arrivalColumn = sql`marea_order`;
export const withArrival = (relation: CompiledRelation): Sql =>
  inParentheses(
    sql`SELECT ${sqlJoin([...relationItems(relation), sql`row_number() OVER () AS ${arrivalColumn}`], ', ')} FROM ${relation.from}`,
  );

/** One item of a project: a plain reference keeps the column's form, anything else is computed. */
export function projectItem(
  expression: BoundExpression,
  output: Attribute,
  scope: ExpressionScope,
): { readonly items: readonly Sql[]; readonly form: ColumnForm } {
  if (expression.kind === 'attribute') {
    const form = scope.columns.get(expression.attribute.id);
    assert(form !== undefined, `column ${expression.attribute.name} is not in scope`);
    return { items: passedOn(expression.attribute.id, output.id, form), form };
  }
  return {
    items: [sql`${compileExpression(expression, scope)} AS ${columnName(output.id)}`],
    form: { kind: 'plain' },
  };
}
