import type { BinaryOperator, Expression } from './expression.ts';
import { negated, parseInterval } from './parse-interval.ts';
import { parsePrimary } from './parse-primary.ts';
import type { TokenReader } from './token-reader.ts';

/** Operators from the loosest to the tightest binding; each line is one level. */
const logicalLevels: readonly (readonly (readonly [string, BinaryOperator])[])[] = [
  [
    ['OR', 'OR'],
    ['||', 'OR'],
  ],
  [['XOR', 'XOR']],
  [
    ['AND', 'AND'],
    ['&&', 'AND'],
  ],
];
const arithmeticLevels: readonly (readonly (readonly [string, BinaryOperator])[])[] = [
  [['|', '|']],
  [['&', '&']],
  [
    ['<<', '<<'],
    ['>>', '>>'],
  ],
  [
    ['+', '+'],
    ['-', '-'],
  ],
  [
    ['*', '*'],
    ['/', '/'],
    ['DIV', 'DIV'],
    ['%', '%'],
    ['MOD', '%'],
  ],
  [['^', '^']],
];
const comparisons: readonly (readonly [string, BinaryOperator])[] = [
  ['=', '='],
  ['<=>', '<=>'],
  ['<>', '<>'],
  ['!=', '<>'],
  ['<=', '<='],
  ['>=', '>='],
  ['<', '<'],
  ['>', '>'],
];

export const parseExpression = (reader: TokenReader): Expression => parseLogical(reader, 0);

function parseLogical(reader: TokenReader, level: number): Expression {
  const operators = logicalLevels[level];
  if (operators === undefined) return parseNot(reader);
  return parseLeft(reader, operators, () => parseLogical(reader, level + 1));
}

function parseLeft(
  reader: TokenReader,
  operators: readonly (readonly [string, BinaryOperator])[],
  operand: () => Expression,
): Expression {
  let left = operand();
  for (;;) {
    const found = operators.find(([keyword]) => reader.takes(keyword));
    if (found === undefined) return left;
    const [, operator] = found;
    const interval = operator === '+' || operator === '-' ? parseInterval(reader, operator === '-') : undefined;
    if (interval !== undefined) left = { kind: 'shift', operand: left, ...interval };
    else {
      const right = operand();
      left = { kind: 'binary', operator, left, right };
    }
  }
}

function parseNot(reader: TokenReader): Expression {
  if (!reader.takes('NOT')) return parseComparison(reader);
  const operand = parseNot(reader);
  return { kind: 'unary', operator: 'NOT', operand };
}

function parseComparison(reader: TokenReader): Expression {
  let left = parsePredicate(reader);
  for (;;) {
    if (reader.takes('IS')) left = parseIs(reader, left);
    else {
      const found = comparisons.find(([keyword]) => reader.takes(keyword));
      if (found === undefined) return left;
      const right = parsePredicate(reader);
      left = { kind: 'binary', operator: found[1], left, right };
    }
  }
}

function parseIs(reader: TokenReader, operand: Expression): Expression {
  const isNegated = reader.takes('NOT');
  const test = reader.takesOne('NULL', 'TRUE', 'FALSE', 'UNKNOWN');
  if (test === undefined) throw reader.error();
  return { kind: 'is', operand, test: test === 'UNKNOWN' ? 'NULL' : test, isNegated };
}

function parsePredicate(reader: TokenReader): Expression {
  const operand = parseArithmetic(reader, 0);
  const isNegated = reader.takes('NOT');
  if (reader.takes('BETWEEN')) {
    const low = parseArithmetic(reader, 0);
    reader.expect('AND');
    return { kind: 'between', operand, low, high: parsePredicate(reader), isNegated };
  }
  if (reader.takes('IN')) return parseIn(reader, operand, isNegated);
  if (reader.takes('LIKE')) {
    const pattern = parseArithmetic(reader, 0);
    const escape = reader.takes('ESCAPE') ? reader.string() : '\\';
    return { kind: 'like', operand, pattern, escape, isNegated };
  }
  if (reader.takesOne('REGEXP', 'RLIKE')) {
    return { kind: 'regexp', operand, pattern: parseArithmetic(reader, 0), isNegated };
  }
  if (isNegated) throw reader.error();
  return operand;
}

function parseIn(reader: TokenReader, operand: Expression, isNegated: boolean): Expression {
  if (reader.sees('(', 'SELECT') || reader.sees('(', 'WITH')) {
    reader.expect('(');
    const query = reader.query();
    reader.expect(')');
    return { kind: 'in-query', operand, query, isNegated };
  }
  return { kind: 'in-list', operand, items: reader.bracketed(reader.expression), isNegated };
}

function parseArithmetic(reader: TokenReader, level: number): Expression {
  const operators = arithmeticLevels[level];
  if (operators === undefined) return parseUnary(reader);
  return parseLeft(reader, operators, () => parseArithmetic(reader, level + 1));
}

function parseUnary(reader: TokenReader): Expression {
  if (reader.takes('+')) return parseUnary(reader);
  if (reader.takes('-')) return negated(parseUnary(reader));
  if (reader.takes('~')) return { kind: 'unary', operator: '~', operand: parseUnary(reader) };
  if (reader.takes('!')) {
    return { kind: 'unary', operator: 'NOT', operand: parseUnary(reader) };
  }
  let operand = parsePrimary(reader);
  while (reader.takes('COLLATE')) {
    const collation = reader.peek().kind === 'string' ? reader.string() : reader.name();
    operand = { kind: 'collate', operand, isBinary: /_bin$|^binary$/i.test(collation) };
  }
  return operand;
}
