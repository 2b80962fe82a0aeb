import type { Compiled } from '../compile/compiled.ts';
import type { Context } from '../compile/scope.ts';

/** A function of MariaDB's: how many arguments it takes, and what DuckDB computes for it. */
export type SqlFunction = {
  readonly least: number;
  readonly most: number;
  readonly compile: (args: readonly Compiled[], context: Context) => Compiled;
};

export const define = (
  least: number,
  most: number,
  compile: (args: readonly Compiled[], context: Context) => Compiled,
): SqlFunction => ({ least, most, compile });

/** An argument that the count of arguments has already promised. */
export function argument(args: readonly Compiled[], index: number): Compiled {
  const found = args[index];
  if (found === undefined) throw new Error(`argument ${index} is missing`);
  return found;
}

export const any = Number.POSITIVE_INFINITY;

/** The whole number that an argument is when it is written as a constant. */
export function constantInteger(value: Compiled | undefined): number | undefined {
  if (value?.constant?.kind === 'integer') return Number(value.constant.text);
  return undefined;
}
