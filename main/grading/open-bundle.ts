import { fromBuffer, type Entry, type ZipFile } from 'yauzl';
import * as z from 'zod';
import { handInFile, handInSchema, type HandIn } from './bundle-schema.ts';
import type { BundleFiles } from './manifest.ts';

/** A bundle read into memory; nothing is written to the disk and nothing of it runs. */
export type OpenedBundle =
  | { readonly isReadable: true; readonly files: BundleFiles; readonly handIn: HandIn }
  /** `reason`, in Spanish: what is wrong with it. `inside`: the zips by their names, where it is one of many hand-ins (Moodle's download). */
  | { readonly isReadable: false; readonly reason: string; readonly inside: BundleFiles };

/** A hand-in takes less than a twentieth of these. */
const mostEntries = 2000;
const largestEntry = 64 << 20;
const largestTotal = 256 << 20;
/** Text of a long log shrinks 40 times; what shrinks more than this was made to. */
const largestRatio = 200;
const ratioMattersFrom = 1 << 20;

class RefusedBundle extends Error {}

/** Opens a bundle of whoever made it. Never throws for what is in it. */
export async function openBundle(bytes: Uint8Array): Promise<OpenedBundle> {
  let files: BundleFiles = new Map();
  try {
    files = await readEntries(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    return { isReadable: true, files, handIn: readHandIn(files) };
  } catch (error) {
    return { isReadable: false, reason: reasonOf(error), inside: zipsOf(files) };
  }
}

/** None in a single hand-in. */
const zipsOf = (files: BundleFiles): BundleFiles =>
  new Map(files.has(handInFile) ? [] : [...files].filter(([name]) => /\.zip$/i.test(name)));

function reasonOf(error: unknown): string {
  if (error instanceof RefusedBundle) return error.message;
  const text = error instanceof Error ? error.message : String(error);
  if (/relative path|absolute path|invalid characters/.test(text))
    return `Un nombre sale de la carpeta de la entrega (${text}).`;
  return `No es un fichero zip que se pueda leer (${text}).`;
}

async function readEntries(bytes: Buffer): Promise<Map<string, Uint8Array>> {
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true, strictFileNames: true }, (error, file) => {
      if (error) reject(error);
      else resolve(file);
    });
  });
  if (zip.entryCount > mostEntries) throw new RefusedBundle(`Lleva demasiados ficheros (${zip.entryCount}).`);
  const files = new Map<string, Uint8Array>();
  const names = new Set<string>();
  let total = 0;
  for await (const entry of entriesOf(zip)) {
    checkEntry(entry, names);
    total += entry.uncompressedSize;
    if (total > largestTotal) throw new RefusedBundle('Descomprimido ocupa demasiado.');
    if (!entry.fileName.endsWith('/')) files.set(entry.fileName, await contentOf(zip, entry));
  }
  return files;
}

async function* entriesOf(zip: ZipFile): AsyncIterable<Entry> {
  for (;;) {
    const entry = await new Promise<Entry | null>((resolve, reject) => {
      zip
        .once('entry', resolve)
        .once('end', () => resolve(null))
        .once('error', reject);
      zip.readEntry();
    });
    zip.removeAllListeners();
    if (entry === null) return;
    yield entry;
  }
}

/** The kind of file as Unix systems store it, and that of a symbolic link. */
const kindMask = 0o170000;
const symbolicLink = 0o120000;

function checkEntry(entry: Entry, names: Set<string>): void {
  const name = entry.fileName;
  // They would be obeyed by the terminal of whoever verifies it.
  if (/\p{Cc}/u.test(name)) throw new RefusedBundle(`Un nombre lleva caracteres de control (${visible(name)}).`);
  const key = name.normalize('NFC').toLowerCase();
  if (names.has(key)) throw new RefusedBundle(`Dos ficheros se llaman «${name}».`);
  names.add(key);
  if (((entry.externalFileAttributes >>> 16) & kindMask) === symbolicLink)
    throw new RefusedBundle(`«${name}» es un enlace a otro sitio.`);
  if ((entry.generalPurposeBitFlag & 1) !== 0) throw new RefusedBundle(`«${name}» está cifrado.`);
  const { uncompressedSize: size, compressedSize: packed } = entry;
  if (size > largestEntry || (size > ratioMattersFrom && size > packed * largestRatio))
    throw new RefusedBundle(`«${name}» ocupa demasiado descomprimido (${size} bytes).`);
}

const visible = (name: string): string => encodeURI(name).slice(0, 80);

function contentOf(zip: ZipFile, entry: Entry): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error) return reject(error);
      const pieces: Buffer[] = [];
      stream.on('data', (piece: Buffer) => pieces.push(piece));
      stream.once('error', reject);
      stream.once('end', () => resolve(Buffer.concat(pieces)));
    });
  });
}

function readHandIn(files: BundleFiles): HandIn {
  const bytes = files.get(handInFile);
  if (bytes === undefined) throw new RefusedBundle(`No es una entrega de Marea: le falta ${handInFile}.`);
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    throw new RefusedBundle(`${handInFile} no es JSON.`);
  }
  const version = z.object({ v: z.number() }).safeParse(value);
  if (version.success && version.data.v > 1)
    throw new RefusedBundle(`La entrega es de una versión más nueva de Marea (formato ${version.data.v}).`);
  const parsed = handInSchema.safeParse(value);
  if (!parsed.success) {
    const where = parsed.error.issues[0]?.path.join('.') ?? '';
    throw new RefusedBundle(`${handInFile} no tiene la forma esperada${where === '' ? '' : ` (${where})`}.`);
  }
  return parsed.data;
}
