import { assert } from '../core/assert-never.ts';
import { findFunction } from '../functions/catalog.ts';
import type { FunctionRow } from '../functions/define-function.ts';

/** The catalogue's row of a function that analysis has bound. */
export function functionRow(name: string): FunctionRow {
  const row = findFunction(name);
  assert(row !== undefined, `function ${name} is bound but not in the catalogue`);
  return row;
}
