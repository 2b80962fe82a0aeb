import { assert } from '../core/assert-never.ts';
import { sql, sqlJoin, type Sql } from '../core/sql-text.ts';
import type { AnalyzedNode } from '../plan/analyzed-relation.ts';
import type { Attribute, AttributeId } from '../plan/attribute.ts';
import type { ProjectItem } from '../plan/bound-expression.ts';
import { columnName, plainForm, selectList, type ColumnForm, type Scope } from './column-form.ts';
import { compileExpression } from './compile-expression.ts';
import { inParentheses, projectItem, scopeOf, type CompiledRelation, type Compiler } from './compiler.ts';
import { cutPython } from './cut-python.ts';
import type { ExpressionScope } from './expression-scope.ts';

/** One grouping column: its value over the input, and the form it has in the groups. */
export type GroupKey = {
  readonly output: Attribute;
  readonly value: Sql;
  readonly form: ColumnForm;
  /** A window straight from `window(…)`: NULL only for a row without time. */
  readonly isWindowOfTime: boolean;
};

/** Grouping columns in order, each once. */
export function groupKeys(grouping: readonly ProjectItem[], scope: ExpressionScope): readonly GroupKey[] {
  const seen = new Set<AttributeId>();
  return grouping.flatMap((item) => {
    if (seen.has(item.output.id)) return [];
    seen.add(item.output.id);
    return [groupKey(item, scope)];
  });
}

function groupKey({ output, expression }: ProjectItem, scope: ExpressionScope): GroupKey {
  if (expression.kind === 'attribute') {
    const form = scope.columns.get(expression.attribute.id);
    assert(form !== undefined, `column ${expression.attribute.name} is not in scope`);
    if (form.kind !== 'plain') {
      const isWindowOfTime = form.kind === 'window' && !expression.attribute.nullable;
      return { output, value: columnName(expression.attribute.id), form, isWindowOfTime };
    }
  }
  const value = compileExpression(expression, scope);
  // Spark groups -0.0 with 0.0 and shows 0.0.
  const isFloating = output.type.kind === 'double' || output.type.kind === 'float';
  return { output, value: isFloating ? sql`(${value} + 0)` : value, form: plainForm, isWindowOfTime: false };
}

/** The columns of group rows: a pane has become a window there. */
export function groupedScope(keys: readonly GroupKey[], calls: AnalyzedNode<'aggregate'>['calls']): Scope {
  const columns = new Map<AttributeId, ColumnForm>();
  for (const { output, form } of keys) columns.set(output.id, form.kind === 'pane' ? windowOfPane(form) : form);
  for (const { output } of calls) columns.set(output.id, plainForm);
  return columns;
}

const windowOfPane = ({ windowUs, slideUs, startUs }: Extract<ColumnForm, { kind: 'pane' }>): ColumnForm => ({
  kind: 'window',
  windowUs,
  slideUs,
  startUs,
});

/** The aggregate's result list over its groups. */
export function resultRelation(
  node: AnalyzedNode<'aggregate'>,
  groups: CompiledRelation,
  below: readonly number[],
  compiler: Compiler,
): CompiledRelation {
  const items = node.result.filter((item) => compiler.needed.has(item.output.id));
  const cut = cutPython(
    groups,
    items.map((item) => item.expression),
    compiler,
  );
  const scope = scopeOf(compiler, cut.relation);
  const columns = new Map<AttributeId, ColumnForm>();
  const selected: Sql[] = [];
  items.forEach((item, i) => {
    if (columns.has(item.output.id)) return;
    const { items: own, form } = projectItem(cut.expressions[i] ?? item.expression, item.output, scope);
    selected.push(...own);
    columns.set(item.output.id, form);
  });
  return { from: inParentheses(sql`SELECT ${selectList(selected)} FROM ${cut.relation.from}`), columns, below };
}

/** `GROUP BY a, b`, or nothing. */
export const groupBy = (names: readonly Sql[]): Sql =>
  names.length === 0 ? sql`` : sql` GROUP BY ${sqlJoin(names, ', ')}`;
