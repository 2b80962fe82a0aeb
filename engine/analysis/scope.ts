import { sparkError } from '../core/spark-error.ts';
import { backQuoted } from '../core/type-names.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { Attribute } from '../plan/attribute.ts';
import { quotedName } from './suggest-names.ts';

/** The columns that names in a clause may mean. */
export type Scope = {
  readonly attributes: readonly Attribute[];
  /** Columns that USING left out: found by name or id only when nothing visible matches. */
  readonly hidden: readonly Attribute[];
  readonly caseSensitive: boolean;
  /** In ORDER BY a name that several columns of the select list have is not among them: it is looked for below. */
  readonly ignoresAmbiguous?: true;
};

export type FoundName = { readonly attribute: Attribute; readonly fields: readonly string[] };

export const sameName = (a: string, b: string, caseSensitive: boolean): boolean =>
  caseSensitive ? a === b : a === b || a.toLowerCase() === b.toLowerCase();

/** Columns a USING join left out of its output, seen through the nodes above it. */
export function hiddenAttributes(plan: AnalyzedRelation): readonly Attribute[] {
  switch (plan.kind) {
    case 'project':
      return plan.hidden ?? hiddenAttributes(plan.input);
    case 'filter':
    case 'sort':
    case 'limit':
    case 'watermark':
    case 'repartition':
    case 'hint':
      return hiddenAttributes(plan.input);
    case 'subquery_alias':
      return hiddenAttributes(plan.input).map((attribute) => ({ ...attribute, qualifier: [plan.alias] }));
    case 'join':
      return [...hiddenAttributes(plan.left), ...hiddenAttributes(plan.right)];
    default:
      return [];
  }
}

/**
 * Finds what a dotted name means: the longest qualifier that matches wins, the rest are fields of a struct. The attribute comes back under the spelling
 * that was written, as Spark does. Several matches: `AMBIGUOUS_REFERENCE`. None: undefined.
 */
export function findName(parts: readonly string[], scope: Scope): FoundName | undefined {
  return findAmong(parts, scope.attributes, scope) ?? findAmong(parts, scope.hidden, scope);
}

function findAmong(
  parts: readonly string[],
  attributes: readonly Attribute[],
  { caseSensitive, ignoresAmbiguous }: Scope,
): FoundName | undefined {
  for (let depth = Math.min(parts.length - 1, 3); depth >= 0; depth -= 1) {
    const name = parts[depth];
    if (name === undefined) continue;
    const qualifier = parts.slice(0, depth);
    const matches = attributes.filter(
      (attribute) => sameName(attribute.name, name, caseSensitive) && hasQualifier(attribute, qualifier, caseSensitive),
    );
    if (matches.length === 0) continue;
    const distinct = distinctAttributes(matches);
    const [only] = distinct;
    if (distinct.length > 1 && ignoresAmbiguous) return undefined;
    if (distinct.length > 1 || !only) throw ambiguous(parts, distinct);
    return { attribute: only.name === name ? only : { ...only, name }, fields: parts.slice(depth + 1) };
  }
  return undefined;
}

/** `a.x` matches a column qualified `a`, and one qualified `catalog.a`. */
function hasQualifier(attribute: Attribute, qualifier: readonly string[], caseSensitive: boolean): boolean {
  if (qualifier.length === 0) return true;
  const own = attribute.qualifier.slice(-qualifier.length);
  return (
    own.length === qualifier.length && own.every((part, index) => sameName(part, qualifier[index] ?? '', caseSensitive))
  );
}

function distinctAttributes(attributes: readonly Attribute[]): readonly Attribute[] {
  const seen = new Map<string, Attribute>();
  for (const attribute of attributes) {
    const key = `${attribute.id} ${attribute.name} ${attribute.qualifier.join('.')}`;
    if (!seen.has(key)) seen.set(key, attribute);
  }
  return [...seen.values()];
}

function ambiguous(parts: readonly string[], matches: readonly Attribute[]): Error {
  const names = matches.map((attribute) => quotedName([...attribute.qualifier, attribute.name])).sort();
  return sparkError('AMBIGUOUS_REFERENCE', {
    name: parts.map(backQuoted).join('.'),
    referenceNames: `[${names.join(', ')}]`,
  });
}
