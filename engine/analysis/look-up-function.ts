import { findFunction } from '../functions/catalog.ts';
import type { FunctionRow } from '../functions/define-function.ts';

export type FoundFunction = { readonly name: string; readonly row: FunctionRow };

/** A function of the catalogue under its canonical name, by any of its names in any letter case. */
export const lookUpFunction = (name: string): FoundFunction | undefined => findFunction(name.toLowerCase());
