import * as z from 'zod';
import { parseNotebook } from '../workspace/notebook-file.ts';
import { parseUntrustedJson } from '../workspace/untrusted-json.ts';
import { checkManifest, type BundleFiles } from './manifest.ts';
import { readZip } from './read-zip.ts';
import { referenceFile, referenceSchema, type Reference, type ReferencePack } from './reference-pack.ts';
import { packName } from './write-pack.ts';

export type OpenedPack =
  | { readonly isReadable: true; readonly pack: ReferencePack }
  /** In Spanish. */
  | { readonly isReadable: false; readonly reason: string };

class NoPackError extends Error {}

/** Opens a pack of whoever made it, as safely as a hand-in: in memory, nothing of it runs. */
export async function openPack(bytes: Uint8Array): Promise<OpenedPack> {
  const { files, faults } = await readZip(bytes);
  return faults[0] === undefined ? openPackFiles(files) : { isReadable: false, reason: faults[0] };
}

/** The same from the files of an unpacked folder; their paths may begin with its name. */
export function openPackFiles(given: BundleFiles): OpenedPack {
  try {
    const files = withoutFolder(given);
    const reference = readReference(files);
    checkFiles(files);
    checkUnits(reference, files);
    return { isReadable: true, pack: { name: packName(reference.marea), reference, files } };
  } catch (error) {
    if (error instanceof NoPackError) return { isReadable: false, reason: error.message };
    throw error;
  }
}

/** Unpacking, or packing again by hand, may put everything into one folder. */
function withoutFolder(files: BundleFiles): BundleFiles {
  if (files.has(referenceFile)) return files;
  const found = [...files.keys()].find((path) => path.endsWith(`/${referenceFile}`) && path.split('/').length === 2);
  if (found === undefined)
    throw new NoPackError(`No es una referencia de Marea: le falta ${referenceFile}. Elige el zip o su carpeta.`);
  const folder = found.slice(0, -referenceFile.length);
  // What the system left beside it (`__MACOSX/`, `.DS_Store`) is not of the pack.
  const inside = [...files].filter(([path]) => path.startsWith(folder) && !path.endsWith('/.DS_Store'));
  return new Map(inside.map(([path, content]) => [path.slice(folder.length), content]));
}

function readReference(files: BundleFiles): Reference {
  let value: unknown;
  try {
    value = parseUntrustedJson(textOf(files.get(referenceFile)));
  } catch {
    throw new NoPackError(`${referenceFile} no es JSON.`);
  }
  const version = z.object({ v: z.number() }).safeParse(value);
  if (version.success && version.data.v > 1)
    throw new NoPackError(
      `La referencia es de una versión más nueva de Marea (formato ${version.data.v}). Actualiza Marea.`,
    );
  const parsed = referenceSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join('.') ?? '';
  throw new NoPackError(`${referenceFile} no tiene la forma esperada${where === '' ? '' : ` (${where})`}.`);
}

function checkFiles(files: BundleFiles): void {
  const [fault] = checkManifest(files);
  if (fault === undefined) return;
  const what = {
    changed: 'ha cambiado',
    missing: 'falta',
    unlisted: 'no está en el manifiesto',
    'unreadable line': 'es una línea que no se entiende',
  } as const;
  throw new NoPackError(
    `La referencia no coincide con su manifiesto: «${fault.path}» ${what[fault.fault]}. Descárgala otra vez.`,
  );
}

/** Names that become names of files: nothing in them leaves its folder. */
const folderName = /^[\p{L}\d][\p{L}\d_.-]{0,79}$/u;
const isInside = (path: string): boolean =>
  path.length <= 300 && path.split('/').every((name) => folderName.test(name));

function checkUnits({ units }: Reference, files: BundleFiles): void {
  for (const { id, notebook, files: inputs } of units) {
    if (!folderName.test(id)) throw new NoPackError(`La unidad «${id}» tiene un nombre que no vale.`);
    if (!isNotebook(files.get(notebook))) throw new NoPackError(`El cuaderno de ${id} no se puede leer.`);
    const bad = inputs.find(({ path, inPack }) => !isInside(path) || !files.has(inPack));
    if (bad !== undefined) throw new NoPackError(`El fichero «${bad.path}» de ${id} falta o sale de su carpeta.`);
  }
}

function isNotebook(bytes: Uint8Array | undefined): boolean {
  try {
    parseNotebook(textOf(bytes));
    return true;
  } catch {
    return false;
  }
}

const textOf = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('utf8');
