import { canonicalName, findFunction } from '../functions/catalog.ts';
import type { FunctionRow } from '../functions/define-function.ts';

export type FoundFunction = { readonly name: string; readonly row: FunctionRow };

const found = new Map<string, FoundFunction>();

/** A function of the catalogue under its canonical name, by any of its names in any letter case. */
export function lookUpFunction(name: string): FoundFunction | undefined {
  const known = found.get(name);
  if (known) return known;
  const row = findFunction(name);
  if (!row) return undefined;
  const entry = { name: canonicalName(name), row };
  found.set(name, entry);
  return entry;
}
