import type { DataType } from '../core/data-type.ts';
import type { SparkValue } from '../core/spark-value.ts';
import type { Attribute } from './attribute.ts';
import type { NodeOrigin } from './relation.ts';

/** `alias`: given inside an expression (`upper(a.alias("b"))`); it means nothing and shows in the text, `upper(a AS b)`. */
type Typed = { readonly type: DataType; readonly nullable: boolean; readonly alias?: string };

/**
 * An expression after analysis: names bound to attributes, every type decided, every implicit cast written out.
 * No star, no alias and no generator inside; generators are a relation, aliases are the items of a project.
 */
export type BoundExpression =
  | BoundLiteral
  | BoundAttribute
  | BoundCall
  | BoundCast
  | BoundCase
  | BoundField
  | BoundLambda
  | BoundLambdaVariable
  | BoundAggregate
  | BoundWindow
  | BoundPython;

/** `text`: Spark's SQL spelling where it differs from the value's own (`INTERVAL '1' HOUR`, `DATE '2022-05-09'`). */
export type BoundLiteral = Typed & { readonly kind: 'literal'; readonly value: SparkValue; readonly text?: string };

/**
 * `attribute` keeps the watermark tag of the node it was taken from: a column taken before `withWatermark` has none.
 * `unresolvedText`: the `window(…)` call that the column stands for, as names made before it was one print it.
 */
export type BoundAttribute = Typed & {
  readonly kind: 'attribute';
  readonly attribute: Attribute;
  readonly unresolvedText?: string;
};

/**
 * A scalar function or operator of the catalogue, under its canonical name, arguments already cast to what its row takes.
 * `spelling`: the alias the learner used, where Spark's printed name follows it.
 */
export type BoundCall = Typed & {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly BoundExpression[];
  readonly spelling?: string;
};

/** `implicit`: put there by coercion; invisible in names and messages. */
export type BoundCast = Typed & {
  readonly kind: 'cast';
  readonly child: BoundExpression;
  readonly mode: CastMode;
  readonly implicit: boolean;
};
export type CastMode = 'legacy' | 'ansi' | 'try';

export type BoundCase = Typed & {
  readonly kind: 'case';
  readonly branches: readonly { readonly when: BoundExpression; readonly then: BoundExpression }[];
  readonly otherwise?: BoundExpression;
};

/** A field of a struct by position; `name` as it is printed. `isExtracted`: taken from an expression (`column["x"]`), not part of a dotted name. */
export type BoundField = Typed & {
  readonly kind: 'field';
  readonly child: BoundExpression;
  readonly index: number;
  readonly name: string;
  readonly isExtracted?: true;
};

export type BoundLambda = Typed & {
  readonly kind: 'lambda';
  readonly parameters: readonly BoundLambdaVariable[];
  readonly body: BoundExpression;
};
/** `id` is unique in the process, so nested lambdas never capture each other. */
export type BoundLambdaVariable = Typed & {
  readonly kind: 'lambda_variable';
  readonly id: number;
  readonly name: string;
};

export type BoundAggregate = Typed & {
  readonly kind: 'aggregate';
  readonly name: string;
  readonly args: readonly BoundExpression[];
  readonly distinct: boolean;
  readonly ignoreNulls: boolean;
  readonly filter?: BoundExpression;
  readonly spelling?: string;
};

export type BoundWindow = Typed & {
  readonly kind: 'window';
  /** A `BoundAggregate`, or a `BoundCall` to a ranking or offset function of the catalogue. */
  readonly function: BoundAggregate | BoundCall;
  readonly partition: readonly BoundExpression[];
  readonly order: readonly BoundOrder[];
  readonly frame: BoundFrame;
};
export type BoundFrame =
  | { readonly kind: 'unspecified' }
  | { readonly kind: 'rows' | 'range'; readonly lower: BoundBound; readonly upper: BoundBound };
/** An offset is signed: negative is preceding. */
export type BoundBound =
  | { readonly kind: 'unbounded_preceding' | 'unbounded_following' | 'current_row' }
  | { readonly kind: 'offset'; readonly value: BoundExpression };

/** A Python function living in the kernel under `key`; evaluated outside DuckDB, in blocks. */
export type BoundPython = Typed & {
  readonly kind: 'python';
  readonly name: string;
  readonly key: string;
  readonly args: readonly BoundExpression[];
  readonly deterministic: boolean;
  readonly evalType: number;
};

export type BoundOrder = {
  readonly expression: BoundExpression;
  readonly direction: 'ascending' | 'descending';
  readonly nulls: 'nulls_first' | 'nulls_last';
};

/** One column of a project. A plain reference without alias keeps its attribute id; everything else gets a new one. */
export type ProjectItem = {
  readonly output: Attribute;
  readonly expression: BoundExpression;
  readonly origin?: NodeOrigin;
};
