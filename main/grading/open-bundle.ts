import * as z from 'zod';
import { handInFile, handInSchema, type HandIn } from './bundle-schema.ts';
import type { BundleFiles } from './manifest.ts';
import { readZip, reasonOf, RefusedZip } from './read-zip.ts';

/** A bundle read into memory; nothing is written to the disk and nothing of it runs. */
export type OpenedBundle =
  | { readonly isReadable: true; readonly files: BundleFiles; readonly handIn: HandIn }
  /** `reason`, in Spanish: what is wrong with it. `inside`: the zips by their names, where it is one of many hand-ins (Moodle's download). */
  | { readonly isReadable: false; readonly reason: string; readonly inside: BundleFiles };

/** Opens a bundle of whoever made it. Never throws for what is in it. */
export async function openBundle(bytes: Uint8Array): Promise<OpenedBundle> {
  let files: BundleFiles = new Map();
  try {
    files = await readZip(bytes);
    return { isReadable: true, files, handIn: readHandIn(files) };
  } catch (error) {
    return { isReadable: false, reason: reasonOf(error), inside: zipsOf(files) };
  }
}

/** None in a single hand-in. */
const zipsOf = (files: BundleFiles): BundleFiles =>
  new Map(files.has(handInFile) ? [] : [...files].filter(([name]) => /\.zip$/i.test(name)));

function readHandIn(files: BundleFiles): HandIn {
  const bytes = files.get(handInFile);
  if (bytes === undefined) throw new RefusedZip(`No es una entrega de Marea: le falta ${handInFile}.`);
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    throw new RefusedZip(`${handInFile} no es JSON.`);
  }
  const version = z.object({ v: z.number() }).safeParse(value);
  if (version.success && version.data.v > 1)
    throw new RefusedZip(`La entrega es de una versión más nueva de Marea (formato ${version.data.v}).`);
  const parsed = handInSchema.safeParse(value);
  if (!parsed.success) {
    const where = parsed.error.issues[0]?.path.join('.') ?? '';
    throw new RefusedZip(`${handInFile} no tiene la forma esperada${where === '' ? '' : ` (${where})`}.`);
  }
  return parsed.data;
}
