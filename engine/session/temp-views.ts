import { newAttributeId, type Attribute } from '../plan/attribute.ts';
import type { StructType } from '../core/data-type.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';

/** Temporary views of a session: an analyzed plan by name, letter case ignored. */
export class TempViews {
  readonly #views = new Map<string, { readonly spelling: string; readonly plan: AnalyzedRelation }>();

  get(name: string): AnalyzedRelation | undefined {
    return this.#views.get(name.toLowerCase())?.plan;
  }

  set(name: string, plan: AnalyzedRelation): void {
    this.#views.set(name.toLowerCase(), { spelling: name, plan });
  }

  delete(name: string): boolean {
    return this.#views.delete(name.toLowerCase());
  }

  /** As they were spelled. */
  names(): readonly string[] {
    return [...this.#views.values()].map(({ spelling }) => spelling);
  }

  /** A copy that sees the same views and may add its own: the session that `foreachBatch` gets. */
  clone(): TempViews {
    const copy = new TempViews();
    for (const { spelling, plan } of this.#views.values()) copy.set(spelling, plan);
    return copy;
  }
}

/** A stored table as a relation, with attribute ids of its own. */
export function tableRelation(tableKey: string, schema: StructType, description: string): AnalyzedRelation {
  const output: readonly Attribute[] = schema.fields.map((field) => ({
    id: newAttributeId(),
    name: field.name,
    type: field.type,
    nullable: field.nullable,
    qualifier: [],
    ...(field.metadata ? { metadata: field.metadata } : {}),
  }));
  return { kind: 'table', tableKey, description, output, isStreaming: false, planIds: [] };
}
