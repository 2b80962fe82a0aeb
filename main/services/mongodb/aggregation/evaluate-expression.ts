import { evalExpr } from 'mingo/core';
import type { Options } from 'mingo/types';
import type { BsonDocument } from '../values/bson-document.ts';

/** The value of an aggregation expression for a document; `undefined` when it is missing. */
export function evaluateExpression(document: BsonDocument, expression: unknown, options: Partial<Options>): unknown {
  return evalExpr(document, expression, options as Options);
}
