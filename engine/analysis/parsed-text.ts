import { parseExpression, type ParseOptions } from '../parser/parse-expression.ts';
import type { Expression } from '../plan/expression.ts';

/** What reading a text depends on: the session's time zone and the time. */
type TextContext = { readonly zone: string; readonly nowMs?: number };

const parsed = new Map<string, Expression>();
const timeWords = /now|today|tomorrow|yesterday/i;

/**
 * The expression written in `expr("…")`, `filter("…")`: parsed once per text and session zone, since Python re-sends plans whole. A text that may ask what
 * time it is is parsed anew.
 */
export function parsedText(text: string, { zone, nowMs }: TextContext): Expression {
  const options: ParseOptions = { zone, ...(nowMs === undefined ? {} : { nowMs }) };
  if (timeWords.test(text)) return parseExpression(text, options);
  const key = `${zone}\n${text}`;
  const known = parsed.get(key);
  if (known) return known;
  const expression = parseExpression(text, options);
  if (parsed.size >= 2000) parsed.clear();
  parsed.set(key, expression);
  return expression;
}

/** The expression under `expr("…")`, and under nothing else. */
export const parsedForm = (expression: Expression, context: TextContext): Expression =>
  expression.kind === 'expression_string'
    ? parsedForm(parsedText(expression.expression, context), context)
    : expression;
