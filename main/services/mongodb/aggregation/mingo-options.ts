import { Context } from 'mingo/core';
import * as accumulators from 'mingo/operators/accumulator';
import * as expressions from 'mingo/operators/expression';
import * as stages from 'mingo/operators/pipeline';
import * as projections from 'mingo/operators/projection';
import * as queries from 'mingo/operators/query';
import * as windows from 'mingo/operators/window';
import type { Options } from 'mingo/types';
import type { BsonDocument } from '../values/bson-document.ts';
import { accumulatorOperators } from './accumulator-operators.ts';
import { expressionOperators } from './expression-operators.ts';
import { queryOperators } from '../query/query-operators.ts';
import { stageOperators } from './stage-operators.ts';

/** What the evaluation of one command may ask. */
export type EvaluationSettings = {
  /** Copies of the documents of another collection of the same database. */
  readonly documentsOf: (collection: string) => BsonDocument[];
  /** `let` of the command. */
  readonly variables: BsonDocument;
};

/** mingo's operators, with ours in the place of those that must know BSON's types and order. */
const operators = {
  accumulator: { ...accumulators, ...accumulatorOperators },
  expression: { ...expressions, ...expressionOperators },
  pipeline: { ...stages, ...stageOperators },
  projection: projections,
  query: { ...queries, ...queryOperators },
  window: windows,
};

// mingo types an operator as one that is all of its own at once, which nothing else can be.
const context = Context.init(operators as unknown as Parameters<typeof Context.init>[0]);

export const mingoOptions = (settings: EvaluationSettings): Partial<Options> => ({
  context,
  collectionResolver: settings.documentsOf,
  variables: settings.variables,
});
