import { fromBuffer, type Entry, type ZipFile } from 'yauzl';

/** A hand-in takes less than a twentieth of these. */
const mostEntries = 2000;
const largestEntry = 64 << 20;
const largestTotal = 256 << 20;
/** Text of a long log shrinks 40 times; what shrinks more than this was made to. */
const largestRatio = 200;
const ratioMattersFrom = 1 << 20;

/** What is wrong with it, in Spanish. */
export class RefusedZip extends Error {}

/** In Spanish, whatever the reading of a zip threw. */
export function reasonOf(error: unknown): string {
  if (error instanceof RefusedZip) return error.message;
  const text = error instanceof Error ? error.message : String(error);
  if (/relative path|absolute path|invalid characters/.test(text))
    return `Un nombre sale de la carpeta de la entrega (${text}).`;
  return `No es un fichero zip que se pueda leer (${text}).`;
}

/** Every file of a zip of whoever made it, in memory. Throws for links, names that leave their folder, bombs, two equal names, encrypted files. */
export async function readZip(bytes: Uint8Array): Promise<Map<string, Uint8Array>> {
  const zip = await new Promise<ZipFile>((resolve, reject) => {
    fromBuffer(
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
      { lazyEntries: true, strictFileNames: true },
      (error, file) => {
        if (error) reject(error);
        else resolve(file);
      },
    );
  });
  if (zip.entryCount > mostEntries) throw new RefusedZip(`Lleva demasiados ficheros (${zip.entryCount}).`);
  const files = new Map<string, Uint8Array>();
  const names = new Set<string>();
  let total = 0;
  for await (const entry of entriesOf(zip)) {
    checkEntry(entry, names);
    total += entry.uncompressedSize;
    if (total > largestTotal) throw new RefusedZip('Descomprimido ocupa demasiado.');
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
  if (/\p{Cc}/u.test(name)) throw new RefusedZip(`Un nombre lleva caracteres de control (${visible(name)}).`);
  const key = name.normalize('NFC').toLowerCase();
  if (names.has(key)) throw new RefusedZip(`Dos ficheros se llaman «${name}».`);
  names.add(key);
  if (((entry.externalFileAttributes >>> 16) & kindMask) === symbolicLink)
    throw new RefusedZip(`«${name}» es un enlace a otro sitio.`);
  if ((entry.generalPurposeBitFlag & 1) !== 0) throw new RefusedZip(`«${name}» está cifrado.`);
  const { uncompressedSize: size, compressedSize: packed } = entry;
  if (size > largestEntry || (size > ratioMattersFrom && size > packed * largestRatio))
    throw new RefusedZip(`«${name}» ocupa demasiado descomprimido (${size} bytes).`);
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
