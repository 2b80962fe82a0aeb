import { sparkError, type SparkError } from '../../core/spark-error.ts';
import type { Expression } from '../../plan/expression.ts';
import type { Relation } from '../../plan/relation.ts';
import type { Node } from '../network/syntax-tree.ts';
import { parseException, type ParserErrorCode } from '../syntax-error.ts';
import type { ErrorParameters } from '../../core/error-catalog.ts';

/** `zone` is the session's time zone, for timestamp literals; `nowMs` gives words like `today` a meaning. */
export type ParseOptions = {
  readonly zone?: string;
  readonly nowMs?: number;
  readonly namedArguments?: Readonly<Record<string, Expression>>;
  readonly positionalArguments?: readonly Expression[];
};

/** The two builders that all others lead back to; handed on, so that their files need not import each other. */
export type Builders = {
  readonly expression: (node: Node, context: BuildContext) => Expression;
  readonly query: (node: Node, context: BuildContext) => Relation;
};

/** What a tree is built with: the text for messages, and the names that WITH and WINDOW define. */
export type BuildContext = ParseOptions & {
  readonly build: Builders;
  readonly text: string;
  readonly zone: string;
  readonly tables: ReadonlyMap<string, Relation>;
  readonly windows: ReadonlyMap<string, Node>;
  /** Positions of the `?` in the text, in order. */
  readonly questionMarks: readonly number[];
};

/** The expression that a node of any expression rule stands for. */
export const expressionOf = (node: Node, context: BuildContext): Expression => context.build.expression(node, context);
export const expressionsOf = (nodes: readonly Node[], context: BuildContext): readonly Expression[] =>
  nodes.map((node) => expressionOf(node, context));
export const queryOf = (node: Node, context: BuildContext): Relation => context.build.query(node, context);

export function errorAt<Code extends ParserErrorCode>(
  code: Code,
  parameters: ErrorParameters<Code>,
  node: Node,
  context: BuildContext,
): SparkError {
  return parseException(code, parameters, { text: context.text, token: node.start });
}

/** A part of Spark's SQL that Marea does not have. */
export const notSupported = (feature: string): SparkError => sparkError('NOT_SUPPORTED_BY_MAREA', { feature });
