import type { DataType } from '../core/data-type.ts';
import { sql, sqlJoin, sqlName, sqlWord, type Sql } from '../core/sql-text.ts';
import type { SparkValue } from '../core/spark-value.ts';
import { bindValue } from './bind-value.ts';
import type { CallShape, CompiledCall, CompiledLambda, Example, ScalarFunction } from './define-function.ts';

type SimpleRow = Omit<ScalarFunction, 'kind' | 'sql'> & { readonly write: (...args: readonly Sql[]) => Sql };

/** A scalar row whose SQL needs nothing but its arguments; the ones left out arrive as undefined, so `write` may give defaults. */
export function simple({ write, ...row }: SimpleRow): ScalarFunction {
  return { ...row, kind: 'scalar', sql: (call) => shareArguments(call, ({ args }) => write(...args)) };
}

/** A scalar row whose SQL depends on the types, literals, lambdas or context of the call. */
export const scalar = (row: Omit<ScalarFunction, 'kind'>): ScalarFunction => ({
  ...row,
  kind: 'scalar',
  sql: (call) => shareArguments(call, row.sql),
});

/** Writes a call so that DuckDB computes each argument once, however often the row's text uses it; nested calls would grow as a power otherwise. */
function shareArguments(call: CompiledCall, write: (call: CompiledCall) => Sql): Sql {
  const marks = call.args.map((_, i) => sqlName(`argument ${i}`));
  const marked = write({ ...call, args: marks });
  const isRepeated = (i: number): boolean => marked.split(marks[i] ?? '').length > 2 && call.literals[i] === undefined;
  const withArguments = (args: readonly Sql[], next: number): Sql => {
    const index = args.findIndex((_, i) => i >= next && isRepeated(i));
    const arg = args[index];
    if (arg === undefined) return write({ ...call, args });
    return bindValue(arg, (name) => withArguments(args.with(index, name), index + 1));
  };
  return withArguments(call.args, 0);
}

/** Spark SQL with the answer of Spark 3.5.7 as `show` prints it; several rows are joined with `; `. */
export const gives = (text: string, answer: string | null): Example => ({ sql: text, answer });

/** The argument at `index`, which the row's arity guarantees. */
export function argument(call: CompiledCall, index: number): Sql {
  const arg = call.args[index];
  if (arg === undefined) throw new Error(`internal error: argument ${index} is missing`);
  return arg;
}

export function argumentType(call: { readonly types: readonly DataType[] }, index: number): DataType {
  const type = call.types[index];
  if (type === undefined) throw new Error(`internal error: argument ${index} has no type`);
  return type;
}

export function lambdaArgument(call: CompiledCall, index: number): CompiledLambda {
  const lambda = call.lambdas[index];
  if (lambda === undefined) throw new Error(`internal error: argument ${index} is not a lambda`);
  return lambda;
}

export const literalArgument = (call: CompiledCall | CallShape, index: number): SparkValue | undefined =>
  call.literals[index];

/** Result type of argument `index`. */
export const sameAs =
  (index: number) =>
  (shape: CallShape): DataType =>
    argumentType(shape, index);

/** NULL when any argument is NULL, which DuckDB's own function would not give. */
export const nullIfAny = (args: readonly Sql[], body: Sql): Sql =>
  sql`CASE WHEN ${sqlJoin(
    args.map((arg) => sql`${arg} IS NOT NULL`),
    ' AND ',
  )} THEN ${body} END`;

/** A call of a DuckDB function, or of one of ours registered by name. */
export const callOf = (name: string, ...args: readonly Sql[]): Sql => sql`${sqlWord(name)}(${sqlJoin(args, ', ')})`;

/** Prints the defaults of arguments that were left out: `round(a, 0)`. `all` = the defaults of the last arguments. */
export const printsDefaults =
  (count: number, ...defaults: readonly string[]) =>
  (args: readonly string[], spelling: string): string =>
    `${spelling}(${[...args, ...defaults.slice(defaults.length - (count - args.length))].slice(0, count).join(', ')})`;

/** Always prints this name, whatever alias the learner wrote. */
export const printsAs =
  (name: string) =>
  (args: readonly string[]): string =>
    `${name}(${args.join(', ')})`;

export const printsInfix =
  (operator: string) =>
  (args: readonly string[]): string =>
    `(${args.join(` ${operator} `)})`;
