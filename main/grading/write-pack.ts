import { canonicalJson } from '../workspace/canonical-json.ts';
import { manifestFile } from './bundle-schema.ts';
import { manifestOf } from './manifest.ts';
import { referenceFile, type Reference } from './reference-pack.ts';
import { writeZip } from './write-zip.ts';

/** A unit as it goes into a pack. */
export type PackUnit = {
  readonly id: string;
  readonly title: string;
  /** The solution's notebook with its outputs. */
  readonly notebook: string;
  /** By their path in the unit's folder. */
  readonly files: ReadonlyMap<string, Uint8Array>;
};

export type PackContent = Omit<Reference, 'v' | 'units'> & { readonly units: readonly PackUnit[] };

/** The teacher's pack. The same content gives the same bytes. */
export function writePack({ units, ...head }: PackContent): Uint8Array {
  const files = new Map<string, Uint8Array>();
  for (const { id, notebook, files: inputs } of units) {
    files.set(`${id}/solution.ipynb`, Buffer.from(notebook));
    for (const [path, content] of inputs) files.set(`${id}/ficheros/${path}`, content);
  }
  const reference: Reference = {
    v: 1,
    ...head,
    units: units.map(({ id, title, files: inputs }) => ({
      id,
      title,
      notebook: `${id}/solution.ipynb`,
      files: [...inputs.keys()].sort().map((path) => ({ path, inPack: `${id}/ficheros/${path}` })),
    })),
  };
  files.set(referenceFile, Buffer.from(`${canonicalJson(reference)}\n`));
  files.set(manifestFile, Buffer.from(manifestOf(files)));
  return writeZip(files);
}

/** Of the file without its extension, and of the folder that it unpacks to. */
export const packName = (version: string): string => `marea-referencia-${version}`;
