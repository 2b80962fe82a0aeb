import type { Sql } from '../core/sql-text.ts';
import type { Attribute, AttributeId } from '../plan/attribute.ts';
import { columnName, eventTimeUs, formStorage, formType } from './column-form.ts';
import type { StateColumn } from './compiled-step.ts';
import { asPlain, type CompiledRelation } from './compiler.ts';

/** State columns are single columns: a session becomes a struct. */
export const withoutSessions = (relation: CompiledRelation, output: readonly Attribute[]): CompiledRelation =>
  [...relation.columns.values()].some((form) => form.kind === 'session') ? asPlain(relation, output) : relation;

export function stateColumns(relation: CompiledRelation, output: readonly Attribute[]): readonly StateColumn[] {
  const seen = new Set<AttributeId>();
  return output.flatMap((attribute) => {
    const form = relation.columns.get(attribute.id);
    if (!form || seen.has(attribute.id)) return [];
    seen.add(attribute.id);
    return [{ name: columnName(attribute.id), type: formType(attribute, form), storage: formStorage(attribute, form) }];
  });
}

/** The column that carries a watermark, if any: the first, as in Spark. */
export function watermarked(
  relation: CompiledRelation,
  output: readonly Attribute[],
): { readonly attribute: Attribute; readonly us: Sql } | undefined {
  for (const attribute of output) {
    const form = relation.columns.get(attribute.id);
    if (attribute.watermarkDelayMs !== undefined && form) return { attribute, us: eventTimeUs(attribute, form) };
  }
  return undefined;
}
