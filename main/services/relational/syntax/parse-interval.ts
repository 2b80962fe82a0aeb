import type { Expression } from './expression.ts';
import type { TokenReader } from './token-reader.ts';

/** `-5` is a constant, not an operation: its width and type are the constant's. */
export function negated(operand: Expression): Expression {
  if (operand.kind === 'integer' || operand.kind === 'decimal' || operand.kind === 'double') {
    const digits = operand.text;
    return { ...operand, text: digits.startsWith('-') ? digits.slice(1) : `-${digits}` };
  }
  return { kind: 'unary', operator: '-', operand };
}

const unitPattern = /^(MICROSECOND|SECOND|MINUTE|HOUR|DAY|WEEK|MONTH|QUARTER|YEAR)$/;

/** `INTERVAL amount unit`, if it comes next. */
export function parseInterval(
  reader: TokenReader,
  isNegative: boolean,
): { readonly amount: Expression; readonly unit: string } | undefined {
  if (!reader.takes('INTERVAL')) return undefined;
  const amount = reader.expression();
  const unit = parseUnit(reader);
  return { amount: isNegative ? negated(amount) : amount, unit };
}

export function parseUnit(reader: TokenReader): string {
  const word = reader.peek().keyword.replace(/^SQL_TSI_/, '');
  if (!unitPattern.test(word)) throw reader.error();
  reader.next();
  return word;
}
