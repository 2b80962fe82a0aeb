import { sparkError } from '../../core/spark-error.ts';
import type { Expression } from '../../plan/expression.ts';
import type { Relation } from '../../plan/relation.ts';
import type { Node } from '../network/syntax-tree.ts';
import { expressionsOf, type BuildContext } from './build-context.ts';
import { listedNames, nameText } from './build-name.ts';
import { nodes, onlyNode, optionalNode } from './tree-access.ts';

/** `VALUES (1, 'a'), (2, 'b') AS t(x, y)`: a union of one-row projects, so that types widen as in Spark. Columns are `col1`, `col2`… without names. */
export function buildValues(node: Node, context: BuildContext): Relation {
  const rows = expressionsOf(nodes(node, 'expression'), context).map(rowValues);
  const width = rows[0]?.length ?? 0;
  const alias = onlyNode(node, 'tableAlias');
  const list = optionalNode(alias, 'nameList');
  const names = list ? listedNames(list) : Array.from({ length: width }, (_, index) => `col${index + 1}`);
  const wrong = rows.findIndex((row) => row.length !== names.length);
  if (wrong >= 0) {
    const actualNumCols = String(rows[wrong]?.length ?? 0);
    throw sparkError('INVALID_INLINE_TABLE.NUM_COLUMNS_MISMATCH', {
      expectedNumCols: String(names.length),
      actualNumCols,
      rowIndex: String(wrong),
    });
  }
  const table = unionOf(rows.map((row) => projectRow(row, names)));
  const name = optionalNode(alias, 'aliasWord');
  return name ? { kind: 'subquery_alias', input: table, alias: nameText(name) } : table;
}

/** A bracketed list or `struct(…)` is a row; anything else a row of one column. */
function rowValues(value: Expression): readonly Expression[] {
  if (value.kind !== 'unresolved_function') return [value];
  if (value.function_name === 'named_struct') return value.arguments.filter((_, index) => index % 2 === 1);
  return value.function_name === 'struct'
    ? value.arguments.map((field) => (field.kind === 'alias' ? field.expr : field))
    : [value];
}

const projectRow = (values: readonly Expression[], names: readonly string[]): Relation => ({
  kind: 'project',
  expressions: values.map((expr, index) => ({ kind: 'alias', expr, name: [names[index] ?? ''] })),
});

/** Halved until single, so that a long table is not a deep plan. */
function unionOf(rows: readonly Relation[]): Relation {
  const [only] = rows;
  if (!only) throw new Error('VALUES without rows');
  if (rows.length === 1) return only;
  const half = Math.ceil(rows.length / 2);
  return {
    kind: 'set_op',
    left_input: unionOf(rows.slice(0, half)),
    right_input: unionOf(rows.slice(half)),
    set_op_type: 'union',
    is_all: true,
  };
}
