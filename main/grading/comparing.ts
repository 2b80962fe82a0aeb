import type { Comparison } from '../contract/grading-schema.ts';
import type { HandIn } from './bundle-schema.ts';
import type { BundleFiles } from './manifest.ts';
import type { ReferencePack } from './reference-pack.ts';

/** Runs a hand-in again, confined, and holds what it gives against what was handed in and, with a reference, against that. */
export type CompareBundle = (
  bundle: { readonly handIn: HandIn; readonly files: BundleFiles },
  pack: ReferencePack | null,
  signal: AbortSignal,
) => Promise<Comparison>;
