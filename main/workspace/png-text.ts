import { crc32 } from 'node:zlib';

/** A PNG that is damaged, or none at all. */
export class BadPngError extends Error {
  constructor(reason: string) {
    super(`no es un PNG correcto: ${reason}`);
    this.name = 'BadPngError';
  }
}

type Chunk = { readonly type: string; readonly data: Buffer };

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** A picture of a screen is never larger; a header that says so is a trap for whoever decodes it. */
const longestSide = 16_384;
/** Decoded it takes four bytes for each: 256 MB. */
const mostPixels = 1 << 26;

/** Reads and checks every chunk: signature, order, lengths, CRCs. Throws `BadPngError`. */
function chunksOf(png: Uint8Array): readonly Chunk[] {
  const bytes = Buffer.from(png.buffer, png.byteOffset, png.byteLength);
  if (!bytes.subarray(0, 8).equals(signature)) throw new BadPngError('otra firma');
  const chunks: Chunk[] = [];
  let at = 8;
  while (at < bytes.length) {
    if (at + 12 > bytes.length) throw new BadPngError('está cortado');
    const end = at + 12 + bytes.readUInt32BE(at);
    if (end > bytes.length) throw new BadPngError('está cortado');
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (!/^[A-Za-z]{4}$/.test(type)) throw new BadPngError('un bloque sin nombre');
    if (crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4))
      throw new BadPngError(`el bloque ${type} está dañado`);
    chunks.push({ type, data: bytes.subarray(at + 8, end - 4) });
    at = end;
    if (type === 'IEND' && at < bytes.length) throw new BadPngError('lleva algo detrás del final');
  }
  checkOrder(chunks);
  return chunks;
}

function checkOrder(chunks: readonly Chunk[]): void {
  const types = chunks.map(({ type }) => type);
  const isWhole = types.indexOf('IEND') === types.length - 1 && types.includes('IDAT');
  if (types.lastIndexOf('IHDR') !== 0 || !isWhole) throw new BadPngError('faltan bloques');
  const header = chunks[0]?.data;
  if (header === undefined || header.length !== 13) throw new BadPngError('otra cabecera');
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const isSane = Math.min(width, height) > 0 && Math.max(width, height) <= longestSide && width * height <= mostPixels;
  if (!isSane) throw new BadPngError('un tamaño imposible');
}

/** Throws `BadPngError` when the picture is damaged. Answers its size in pixels. */
export function checkPng(png: Uint8Array): { readonly width: number; readonly height: number } {
  const header = chunksOf(png)[0]?.data;
  if (header === undefined) throw new BadPngError('faltan bloques');
  return { width: header.readUInt32BE(0), height: header.readUInt32BE(4) };
}

/** The picture with a text of this keyword (an `iTXt` chunk) before its pixels; one that was there is replaced. */
export function withPngText(png: Uint8Array, keyword: string, text: string): Buffer {
  const [header, ...rest] = chunksOf(png);
  if (header === undefined) throw new BadPngError('faltan bloques');
  const others = rest.filter((chunk) => textOf(chunk)?.keyword !== keyword);
  // Keyword, not compressed, method 0, no language, no translated keyword.
  const data = Buffer.concat([Buffer.from(`${keyword}\0\0\0\0\0`, 'latin1'), Buffer.from(text, 'utf8')]);
  return Buffer.concat([signature, ...[header, { type: 'iTXt', data }, ...others].map(writtenChunk)]);
}

/** The text of a keyword; null when the picture has none. Throws `BadPngError`. */
export function pngText(png: Uint8Array, keyword: string): string | null {
  const texts = chunksOf(png).map(textOf);
  return texts.find((text) => text?.keyword === keyword)?.text ?? null;
}

function writtenChunk({ type, data }: Chunk): Buffer {
  const chunk = Buffer.alloc(12 + data.length);
  chunk.writeUInt32BE(data.length, 0);
  chunk.write(type, 4, 'latin1');
  data.copy(chunk, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + data.length)), 8 + data.length);
  return chunk;
}

/** Uncompressed `iTXt` chunks only: what we write. */
function textOf({ type, data }: Chunk): { readonly keyword: string; readonly text: string } | null {
  if (type !== 'iTXt') return null;
  const keyEnd = data.indexOf(0);
  if (keyEnd < 1 || data[keyEnd + 1] !== 0) return null;
  const languageEnd = data.indexOf(0, keyEnd + 3);
  const translatedEnd = languageEnd < 0 ? -1 : data.indexOf(0, languageEnd + 1);
  if (translatedEnd < 0) return null;
  return { keyword: data.toString('latin1', 0, keyEnd), text: data.toString('utf8', translatedEnd + 1) };
}
