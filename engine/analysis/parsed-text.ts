import { parseExpression } from '../parser/parse-expression.ts';
import type { Expression } from '../plan/expression.ts';

const parsed = new Map<string, Expression>();

/** The expression written in `expr("…")`, `filter("…")`: parsed once per text and session zone, since Python re-sends plans whole. */
export function parsedText(text: string, zone: string): Expression {
  const key = `${zone}\n${text}`;
  const known = parsed.get(key);
  if (known) return known;
  const expression = parseExpression(text, { zone });
  if (parsed.size >= 2000) parsed.clear();
  parsed.set(key, expression);
  return expression;
}

/** The expression under `expr("…")`, and under nothing else. */
export const parsedForm = (expression: Expression, context: { readonly zone: string }): Expression =>
  expression.kind === 'expression_string'
    ? parsedForm(parsedText(expression.expression, context.zone), context)
    : expression;
