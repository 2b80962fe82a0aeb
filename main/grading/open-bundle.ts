import * as z from 'zod';
import { DeepJsonError, parseUntrustedJson } from '../workspace/untrusted-json.ts';
import { handInFile, handInSchema, type HandIn } from './bundle-schema.ts';
import type { BundleFiles } from './manifest.ts';
import { readZip } from './read-zip.ts';

/** A bundle read into memory; nothing is written to the disk and nothing of it runs. */
export type OpenedBundle =
  | { readonly isReadable: true; readonly files: BundleFiles; readonly handIn: HandIn }
  | {
      readonly isReadable: false;
      /** Spanish: what is wrong with it. */
      readonly reason: string;
      /** Spanish: all that is wrong with the zip, every entry by its name; empty for a sound zip that is no hand-in. */
      readonly faults: readonly string[];
      /** The zips by their names, where it is one of many hand-ins (Moodle's download). */
      readonly inside: BundleFiles;
    };

class NoHandInError extends Error {}

/** Opens a bundle of whoever made it. Never throws for what is in it. One that attacks is not read at all. */
export async function openBundle(bytes: Uint8Array): Promise<OpenedBundle> {
  const { files, faults } = await readZip(bytes);
  const unreadable = (reason: string): OpenedBundle => ({ isReadable: false, reason, faults, inside: zipsOf(files) });
  if (faults[0] !== undefined) return unreadable(faults[0]);
  try {
    return { isReadable: true, files, handIn: readHandIn(files) };
  } catch (error) {
    if (error instanceof NoHandInError) return unreadable(error.message);
    throw error;
  }
}

/** None in a single hand-in. */
const zipsOf = (files: BundleFiles): BundleFiles =>
  new Map(files.has(handInFile) ? [] : [...files].filter(([name]) => /\.zip$/i.test(name)));

function readHandIn(files: BundleFiles): HandIn {
  const bytes = files.get(handInFile);
  if (bytes === undefined) throw new NoHandInError(`No es una entrega de Marea: le falta ${handInFile}.`);
  let value: unknown;
  try {
    value = parseUntrustedJson(Buffer.from(bytes).toString('utf8'));
  } catch (error) {
    const why = error instanceof DeepJsonError ? 'anida datos sin medida' : 'no es JSON';
    throw new NoHandInError(`${handInFile} ${why}.`);
  }
  const version = z.object({ v: z.number() }).safeParse(value);
  if (version.success && version.data.v > 1)
    throw new NoHandInError(`La entrega es de una versión más nueva de Marea (formato ${version.data.v}).`);
  const parsed = handInSchema.safeParse(value);
  if (!parsed.success) {
    const where = parsed.error.issues[0]?.path.join('.') ?? '';
    throw new NoHandInError(`${handInFile} no tiene la forma esperada${where === '' ? '' : ` (${where})`}.`);
  }
  return parsed.data;
}
