import { sql } from '../../../../engine/core/sql-text.ts';
import { type SqlType, doubleType, varcharType, wideInteger, blobColumnType } from '../catalog/sql-type.ts';
import { unknownVariable } from '../relational-errors.ts';
import { literalOf, type Expression } from '../syntax/expression.ts';
import { compileLiteral } from './compile-literal.ts';
import type { Compiled } from './compiled.ts';
import type { Context } from './scope.ts';

/** `@name` and `@@name`. */
export function compileVariable(
  expression: Extract<Expression, { kind: 'user-variable' | 'system-variable' }>,
  context: Context,
): Compiled {
  if (expression.kind === 'user-variable') return compileUserVariable(expression.name, context);
  const value = context.session.systemVariable(expression.name.toLowerCase());
  if (value === undefined) throw unknownVariable(expression.name);
  const literal = compileLiteral(literalOf(typeof value === 'number' ? BigInt(value) : value));
  return { ...literal, type: typeof value === 'number' ? wideInteger('bigint', 21) : literal.type, isNullable: true };
}

/** What MariaDB says of a variable that was never set. */
const unknownType: SqlType = { ...blobColumnType('longblob'), length: 16_777_216 };

function compileUserVariable(name: string, context: Context): Compiled {
  const value = context.session.userVariables.get(name.toLowerCase()) ?? null;
  const literal = compileLiteral(literalOf(value));
  if (value === null) return { ...literal, sql: sql`CAST(NULL AS BLOB)`, type: unknownType };
  const type =
    typeof value === 'bigint' || Number.isInteger(value)
      ? wideInteger('bigint', 20)
      : typeof value === 'number'
        ? doubleType
        : varcharType(16_383);
  return { ...literal, type: familyKept(literal, type), isNullable: true };
}

/** Bytes stay bytes. */
const familyKept = (literal: Compiled, type: Compiled['type']): Compiled['type'] =>
  literal.constant?.kind === 'bytes' ? literal.type : type;
