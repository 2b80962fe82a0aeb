import type { Expression } from '../syntax/expression.ts';
import { findInScope, type Scope } from './scope.ts';

/** An expression as MariaDB's out-of-range errors print it: names in full, spaces around operators. */
export function printedExpression(expression: Expression, scope: Scope): string {
  const print = (inner: Expression): string => printedExpression(inner, scope);
  switch (expression.kind) {
    case 'integer':
    case 'decimal':
    case 'double':
      return expression.text;
    case 'string':
      return `'${expression.text}'`;
    case 'column':
      return [...columnOwner(expression, scope), expression.name].map((name) => `\`${name}\``).join('.');
    case 'binary':
      return `${print(expression.left)} ${expression.operator} ${print(expression.right)}`;
    case 'unary':
      return `${expression.operator}${print(expression.operand)}`;
    case 'call':
      return `${expression.name.toLowerCase()}(${expression.args.map(print).join(',')})`;
    case 'cast':
      return `cast(${print(expression.operand)} as ${expression.type.unsigned ? 'unsigned' : 'signed'})`;
    case 'user-variable':
      return `@\`${expression.name}\``;
    default:
      return expression.kind;
  }
}

function columnOwner(name: Extract<Expression, { kind: 'column' }>, scope: Scope): readonly string[] {
  const found = findInScope(name, scope);
  const table = found?.scope.tables.find(({ columns }) => columns.includes(found.column));
  return [table?.database, table?.alias].filter((part) => part !== undefined);
}
