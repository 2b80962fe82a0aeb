import { assertNever } from '../core/assert-never.ts';
import type { Relation } from './relation.ts';

/** The inputs of an unresolved relation, left to right. */
export function relationChildren(relation: Relation): readonly Relation[] {
  switch (relation.kind) {
    case 'read':
    case 'sql':
    case 'local_relation':
    case 'cached_remote_relation':
    case 'range':
      return [];
    case 'join':
      return [relation.left, relation.right];
    case 'set_op':
      return [relation.left_input, relation.right_input];
    case 'project':
      return relation.input ? [relation.input] : [];
    case 'filter':
    case 'sort':
    case 'limit':
    case 'offset':
    case 'tail':
    case 'aggregate':
    case 'sample':
    case 'deduplicate':
    case 'subquery_alias':
    case 'repartition':
    case 'repartition_by_expression':
    case 'to_df':
    case 'with_columns':
    case 'with_columns_renamed':
    case 'drop':
    case 'hint':
    case 'with_watermark':
    case 'fill_na':
    case 'drop_na':
    case 'replace':
    case 'unpivot':
    case 'describe':
    case 'summary':
      return [relation.input];
    default:
      return assertNever(relation, 'relation');
  }
}

/** Every `sql` below, in plan order. */
export function sqlBelow(relation: Relation): readonly Extract<Relation, { readonly kind: 'sql' }>[] {
  if (relation.kind === 'sql') return [relation];
  return relationChildren(relation).flatMap(sqlBelow);
}

/** Every `read` below, in plan order. */
export function readsBelow(relation: Relation): readonly Extract<Relation, { readonly kind: 'read' }>[] {
  if (relation.kind === 'read') return [relation];
  return relationChildren(relation).flatMap(readsBelow);
}
