import { evalExpr } from 'mingo/core';
import type { Options } from 'mingo/types';
import { bsonTypeOf, isDocument, type BsonDocument } from '../values/bson-document.ts';
import { isBsonNumber, toDouble } from '../values/bson-number.ts';
import { MongoError } from '../mongo-error.ts';

/** How mingo calls an operator of an expression: the operand is still to be evaluated. */
export type ExpressionOperator = (document: unknown, operand: unknown, options: Options) => unknown;

/** The values of an operator's arguments; `{$op: x}` and `{$op: [x]}` are the same. */
export function argumentsOf(document: unknown, operand: unknown, options: Options): readonly unknown[] {
  return (Array.isArray(operand) ? operand : [operand]).map((argument: unknown) =>
    evalExpr(document, argument, options),
  );
}

/** An operator with a fixed number of arguments. */
export const withArguments =
  (name: string, count: number, compute: (...values: readonly unknown[]) => unknown): ExpressionOperator =>
  (document, operand, options) => {
    const values = argumentsOf(document, operand, options);
    if (values.length !== count)
      throw new MongoError(
        16020,
        `Expression ${name} takes exactly ${count} arguments. ${values.length} were passed in.`,
      );
    return compute(...values);
  };

export const isNothing = (value: unknown): value is null | undefined => value === null || value === undefined;

/**
 * An operator of mingo that counts with its arguments: they are evaluated here, and numbers of BSON's classes become plain ones. Values inside arrays
 * and documents stay as they are, so that what passes through keeps its type.
 */
export const onPlainNumbers =
  (operator: ExpressionOperator): ExpressionOperator =>
  (document, operand, options) => {
    // In a group the operand is evaluated for each document of it, not here.
    if (Array.isArray(document)) return operator(document, operand, options);
    if (Array.isArray(operand))
      return operator(
        document,
        operand.map((argument: unknown) => plainLiteral(evalExpr(document, argument, options))),
        options,
      );
    if (isDocument(operand) && Object.keys(operand)[0]?.startsWith('$') !== true) {
      const named: BsonDocument = {};
      for (const [name, argument] of Object.entries(operand))
        named[name] = plainLiteral(evalExpr(document, argument, options));
      return operator(document, named, options);
    }
    return operator(document, plainLiteral(evalExpr(document, operand, options)), options);
  };

/** Protects the value from being evaluated once more, where it could be taken for an expression. */
export function plainLiteral(value: unknown): unknown {
  if (typeof value === 'number' || value === undefined || value instanceof Date) return value;
  if (typeof value === 'string' && !value.startsWith('$')) return value;
  if (isBsonNumber(value) && bsonTypeOf(value) !== 'Decimal128') return toDouble(value);
  return { $literal: value };
}
