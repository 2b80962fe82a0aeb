import type { BoundExpression } from '../plan/bound-expression.ts';
import type { Expression } from '../plan/expression.ts';
import { nameParts } from './name-parts.ts';
import { printExpression } from '../plan/print-expression.ts';
import { printContext } from './function-text.ts';
import { parsedForm } from './parsed-text.ts';

type NameContext = { readonly context: { readonly zone: string }; readonly namesUnresolved?: true };

/** Spark's name of a column without alias: a reference's last part as typed, a cast's own child where that is a name, else the pretty text. */
export function columnName(expression: Expression, bound: BoundExpression, binder: NameContext): string {
  const { context } = binder;
  const written = parsedForm(expression, context);
  // An expression that came as text is named once it is resolved.
  const isUnresolved = binder.namesUnresolved === true && written === expression;
  const text = (): string =>
    printExpression(bound, { ...printContext(context.zone), ...(isUnresolved ? { isUnresolved: true } : {}) });
  switch (written.kind) {
    case 'alias':
      return written.name[0] ?? '';
    case 'unresolved_attribute': {
      if (
        bound.kind === 'attribute' &&
        bound.attribute.name.toLowerCase() === written.unparsed_identifier.toLowerCase()
      )
        return bound.attribute.name;
      const parts = nameParts(written.unparsed_identifier);
      return isPath(bound) ? (parts[parts.length - 1] ?? '') : text();
    }
    case 'cast': {
      const child = parsedForm(written.expr, context);
      const inner = bound.kind === 'cast' ? bound.child : bound;
      const named = child.kind === 'unresolved_attribute' || child.kind === 'alias';
      return named ? columnName(child, inner, binder) : text();
    }
    case 'unresolved_function': {
      const [only] = written.arguments;
      const asCast = bound.kind === 'cast' && !bound.implicit && written.arguments.length === 1 && only !== undefined;
      return asCast ? columnName({ kind: 'cast', expr: only }, bound, binder) : text();
    }
    default:
      return text();
  }
}

/** What a dotted name can mean: a column, a field, an entry of a map or array, a field of every struct of an array. */
const isPath = (bound: BoundExpression): boolean =>
  bound.kind === 'attribute' ||
  bound.kind === 'field' ||
  (bound.kind === 'call' && (bound.name === '[]' || (bound.spelling?.startsWith('.') ?? false)));
