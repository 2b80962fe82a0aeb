import { fromBuffer, getFileNameLowLevel, validateFileName, type Entry, type ZipFile } from 'yauzl';
import type { BundleFiles } from './manifest.ts';

export type ZipContent = {
  readonly files: BundleFiles;
  /** Spanish: each entry that was not read, by its name and with what it would do, and why nothing more could be read. */
  readonly faults: readonly string[];
};

/** A hand-in takes less than a twentieth of these. */
const mostEntries = 2000;
const largestEntry = 64 << 20;
const largestTotal = 256 << 20;
/** Text of a long log shrinks 40 times; what shrinks more than this was made to. */
const largestRatio = 200;
const ratioMattersFrom = 1 << 20;
/** Whoever reads them has understood by then. */
const mostToldFaults = 20;

/** Reads a zip of whoever made it into memory; nothing is written to the disk. Never throws for what is in it. */
export async function readZip(bytes: Uint8Array): Promise<ZipContent> {
  const files = new Map<string, Uint8Array>();
  const faults: string[] = [];
  try {
    const zip = await openZip(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    if (zip.entryCount > mostEntries) faults.push(`Lleva demasiados ficheros (${zip.entryCount}).`);
    else await readEntries(zip, files, faults);
  } catch (error) {
    faults.push(`No es un fichero zip que se pueda leer (${messageOf(error)}).`);
  }
  const more = faults.length - mostToldFaults;
  return { files, faults: more > 0 ? [...faults.slice(0, mostToldFaults), `Y ${more} más.`] : faults };
}

// Names and sizes are judged here, entry by entry: yauzl would give up the whole zip at the first one.
const openZip = (bytes: Buffer): Promise<ZipFile> =>
  new Promise((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true, decodeStrings: false, validateEntrySizes: false }, (error, zip) => {
      if (error) reject(error);
      else resolve(zip);
    });
  });

async function readEntries(zip: ZipFile, files: Map<string, Uint8Array>, faults: string[]): Promise<void> {
  const names = new Set<string>();
  let total = 0;
  for await (const entry of entriesOf(zip)) {
    const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true);
    const fault = faultOf(name, entry, names);
    if (fault !== null) faults.push(fault);
    else if (!name.endsWith('/')) {
      total += entry.uncompressedSize;
      if (total > largestTotal) {
        faults.push(`Descomprimido ocupa demasiado: se ha dejado de leer en «${name}».`);
        return;
      }
      const content = await contentOf(zip, entry);
      if (typeof content === 'string') faults.push(`«${name}» ${content}.`);
      else files.set(name, content);
    }
  }
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
/** They would be obeyed by the terminal of whoever verifies it, or turn the order of what is read. */
const unseen = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;

function faultOf(name: string, entry: Entry, names: Set<string>): string | null {
  if (unseen.test(name)) return `Un nombre lleva caracteres de control (${visible(name)}).`;
  if (name === '' || validateFileName(name) !== null) return `El nombre «${name}» sale de la carpeta de la entrega.`;
  const key = name.normalize('NFC').toLowerCase();
  if (names.has(key)) return `Dos ficheros se llaman «${name}».`;
  names.add(key);
  if (((entry.externalFileAttributes >>> 16) & kindMask) === symbolicLink)
    return `«${name}» es un enlace a otro sitio.`;
  if ((entry.generalPurposeBitFlag & 1) !== 0) return `«${name}» está cifrado.`;
  const { uncompressedSize: size, compressedSize: packed } = entry;
  if (size > largestEntry || (size > ratioMattersFrom && size > packed * largestRatio))
    return `«${name}» ocupa demasiado descomprimido (${size} bytes).`;
  return null;
}

const visible = (name: string): string => encodeURI(name).slice(0, 80);

/** The entry's bytes, or what is wrong with them. Never reads further than the size that the entry tells. */
function contentOf(zip: ZipFile, entry: Entry): Promise<Uint8Array | string> {
  const { uncompressedSize: told } = entry;
  return new Promise((resolve) => {
    const isDamaged = (error: unknown) => resolve(`está dañado (${messageOf(error)})`);
    try {
      zip.openReadStream(entry, (error, stream) => {
        if (error) return isDamaged(error);
        const pieces: Buffer[] = [];
        let read = 0;
        stream.on('data', (piece: Buffer) => {
          read += piece.length;
          if (read <= told) return void pieces.push(piece);
          stream.destroy();
          resolve(`ocupa más de lo que dice (${told} bytes)`);
        });
        stream.on('error', isDamaged);
        stream.once('end', () =>
          resolve(read === told ? Buffer.concat(pieces) : `ocupa menos de lo que dice (${read} de ${told} bytes)`),
        );
      });
    } catch (error) {
      isDamaged(error);
    }
  });
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
