import { gunzipSync, gzipSync } from 'node:zlib';

const blockSize = 512;
/** One date for all: the same content gives the same bytes. */
const mtimeSeconds = Date.UTC(2026, 0, 1) / 1000;

const textAt = (block, start, length) =>
  block
    .subarray(start, start + length)
    .toString()
    .replace(/\0.*$/s, '');

/** The files of an npm package that `accepts` names, by their path below `package/`. */
export function readPackage(tgz, accepts) {
  const tar = gunzipSync(tgz);
  const files = new Map();
  for (let at = 0; at + blockSize <= tar.length && tar[at] !== 0;) {
    const header = tar.subarray(at, at + blockSize);
    const size = Number.parseInt(textAt(header, 124, 12), 8);
    const path = [textAt(header, 345, 155), textAt(header, 0, 100)].filter((part) => part !== '').join('/');
    const inside = path.slice(path.indexOf('/') + 1);
    const isFile = header[156] === 0x30 || header[156] === 0;
    at += blockSize;
    if (isFile && accepts(inside)) files.set(inside, tar.subarray(at, at + size));
    at += Math.ceil(size / blockSize) * blockSize;
  }
  return files;
}

/** Bytes of a .tar.gz with the entries `{ path, bytes, mode }`. */
export function writeTarGz(entries) {
  const blocks = entries.flatMap(({ path, bytes, mode }) => [
    headerOf(path, bytes.length, mode),
    bytes,
    Buffer.alloc((blockSize - (bytes.length % blockSize)) % blockSize),
  ]);
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(2 * blockSize)]), { level: 6 });
}

function headerOf(path, size, mode) {
  const [prefix, name] = splitPath(path);
  const header = Buffer.alloc(blockSize);
  const octal = (value, start, length) => header.write(value.toString(8).padStart(length - 1, '0'), start);
  header.write(name, 0);
  octal(mode, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(mtimeSeconds, 136, 12);
  header.write(' '.repeat(8), 148);
  header.write('0', 156);
  header.write('ustar\x0000', 257);
  header.write(prefix, 345);
  octal(
    header.reduce((sum, byte) => sum + byte, 0),
    148,
    7,
  );
  return header;
}

/** ustar's two fields: 155 bytes of folders and 100 of name. */
function splitPath(path) {
  if (Buffer.byteLength(path) <= 100) return ['', path];
  for (let slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
    const name = path.slice(slash + 1);
    if (slash <= 155 && Buffer.byteLength(name) <= 100) return [path.slice(0, slash), name];
  }
  throw new Error(`${path} is too long for a tar archive`);
}
