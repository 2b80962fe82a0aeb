import { sparkError } from '../core/spark-error.ts';
import { backQuoted } from '../core/type-names.ts';
import type { Attribute } from '../plan/attribute.ts';
import type { BoundExpression } from '../plan/bound-expression.ts';
import type { Expression } from '../plan/expression.ts';
import { nameParts } from './name-parts.ts';
import { findInScope, type Binder } from './binder.ts';
import { attributeReference, structField } from './make-expression.ts';
import { parsedForm } from './parsed-text.ts';
import { quotedName } from './suggest-names.ts';
import { sameName } from './scope.ts';
import { placedAtExpression } from './text-position.ts';

/** One entry of a select list after `*`, `a.*` and regular expressions are written out. */
export type SelectEntry =
  | { readonly kind: 'expression'; readonly expression: Expression }
  | { readonly kind: 'column'; readonly name: string; readonly bound: BoundExpression };

export const expandSelectList = (expressions: readonly Expression[], binder: Binder): readonly SelectEntry[] =>
  expressions.flatMap((expression) => expandEntry(expression, binder));

const columns = (attributes: readonly Attribute[]): readonly SelectEntry[] =>
  attributes.map((attribute) => ({ kind: 'column', name: attribute.name, bound: attributeReference(attribute) }));

function expandEntry(written: Expression, binder: Binder): readonly SelectEntry[] {
  const expression = parsedForm(written, binder.context);
  if (expression.kind === 'unresolved_regex') return columns(matching(expression.col_name, binder));
  const target = starTarget(expression);
  if (target === undefined) return [{ kind: 'expression', expression: written }];
  if (expression.kind === 'unresolved_star' && expression.plan_id !== undefined) {
    const frame = binder.context.cache.get(expression.plan_id);
    const ids = new Set(frame?.output.map((attribute) => attribute.id));
    if (frame) return columns(binder.scope.attributes.filter((attribute) => ids.has(attribute.id)));
  }
  if (target === '') return columns(binder.scope.attributes);
  try {
    return qualifiedStar(target, binder);
  } catch (error) {
    throw placedAtExpression(error, expression);
  }
}

/** What stands before `.*`; empty for a plain star; undefined for anything else. */
function starTarget(expression: Expression): string | undefined {
  if (expression.kind === 'unresolved_star') return (expression.unparsed_target ?? '').replace(/\.?\*$/, '');
  if (expression.kind !== 'unresolved_attribute') return undefined;
  if (expression.unparsed_identifier === '*') return '';
  return expression.unparsed_identifier.endsWith('.*') ? expression.unparsed_identifier.slice(0, -2) : undefined;
}

function qualifiedStar(target: string, binder: Binder): readonly SelectEntry[] {
  const parts = nameParts(target);
  const { attributes, hidden, caseSensitive } = binder.scope;
  const inTable = [...attributes, ...hidden].filter((attribute) => {
    const own = attribute.qualifier.slice(-parts.length);
    return own.length === parts.length && own.every((part, index) => sameName(part, parts[index] ?? '', caseSensitive));
  });
  const visible = inTable.filter((attribute) => attributes.includes(attribute));
  if (visible.length > 0) return columns(visible);
  const found = findInScope(parts, binder);
  if (!found) {
    // Spark names the columns under the input, which only a table's alias shows unchanged.
    const named = attributes.filter((attribute) => attribute.qualifier.length > 0);
    throw sparkError('CANNOT_RESOLVE_STAR_EXPAND', {
      targetString: quotedName(parts),
      columns: named.map((attribute) => backQuoted(attribute.name)).join(', '),
    });
  }
  const base = attributeReference(found.attribute);
  if (base.type.kind !== 'struct')
    throw sparkError('_LEGACY_ERROR_TEMP_1050', { attributes: `ArrayBuffer(${parts.join(', ')})` });
  return base.type.fields.map((field, index) => ({
    kind: 'column',
    name: field.name,
    bound: structField(base, index, field.name),
  }));
}

function matching(pattern: string, binder: Binder): readonly Attribute[] {
  const source = pattern.replace(/^`|`$/g, '');
  const regex = new RegExp(`^(?:${source})$`, binder.scope.caseSensitive ? 'u' : 'iu');
  return binder.scope.attributes.filter((attribute) => regex.test(attribute.name));
}

/** `count(*)` counts 1; elsewhere (`struct(*)`, `coalesce(*)`) a star is all columns. */
export function expandStarArguments(name: string, args: readonly Expression[], binder: Binder): readonly Expression[] {
  if (!args.some((arg) => starTarget(arg) !== undefined)) return args;
  const [only] = args;
  if (name === 'count' && args.length === 1 && only && starTarget(only) === '')
    return [{ kind: 'literal', data_type: 'integer', value: 1 }];
  return expandSelectList(args, binder).map((entry) =>
    entry.kind === 'expression'
      ? entry.expression
      : { kind: 'unresolved_attribute', unparsed_identifier: boundName(entry.bound) },
  );
}

const boundName = (bound: BoundExpression): string => {
  if (bound.kind === 'attribute') return quotedName([...bound.attribute.qualifier, bound.attribute.name]);
  return bound.kind === 'field' ? `${boundName(bound.child)}.${backQuoted(bound.name)}` : '';
};
