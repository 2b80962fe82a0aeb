import type { BoundExpression } from '../plan/bound-expression.ts';
import type { Expression } from '../plan/expression.ts';
import { nameParts } from './name-parts.ts';
import { expressionText } from './function-text.ts';
import { parsedForm } from './parsed-text.ts';

/** Spark's name of a column without alias: a reference's last part as typed, a cast's own child where that is a name, else the pretty text. */
export function columnName(expression: Expression, bound: BoundExpression, context: { readonly zone: string }): string {
  const written = parsedForm(expression, context);
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
      return isPath(bound) ? (parts[parts.length - 1] ?? '') : expressionText(bound, context);
    }
    case 'cast': {
      const child = parsedForm(written.expr, context);
      const inner = bound.kind === 'cast' ? bound.child : bound;
      const named = child.kind === 'unresolved_attribute' || child.kind === 'alias';
      return named ? columnName(child, inner, context) : expressionText(bound, context);
    }
    case 'unresolved_function': {
      const [only] = written.arguments;
      const asCast = bound.kind === 'cast' && !bound.implicit && written.arguments.length === 1 && only !== undefined;
      return asCast ? columnName({ kind: 'cast', expr: only }, bound, context) : expressionText(bound, context);
    }
    default:
      return expressionText(bound, context);
  }
}

/** What a dotted name can mean: a column, a field, an entry of a map or array, a field of every struct of an array. */
const isPath = (bound: BoundExpression): boolean =>
  bound.kind === 'attribute' ||
  bound.kind === 'field' ||
  (bound.kind === 'call' && (bound.name === '[]' || (bound.spelling?.startsWith('.') ?? false)));
