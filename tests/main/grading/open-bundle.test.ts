import { strToU8, zipSync, type Zippable } from 'fflate';
import { describe, expect, test } from 'vitest';
import { openBundle } from '../../../main/grading/open-bundle.ts';

const plain = strToU8('x');
const readMe = { 'LEEME.txt': plain };

async function reasonOf(bytes: Uint8Array): Promise<string> {
  const opened = await openBundle(bytes);
  return opened.isReadable ? 'opened' : opened.reason;
}

/** Changes every central header of a zip. */
function withHeaders(bytes: Uint8Array, change: (header: DataView) => void): Uint8Array {
  const copy = Buffer.from(bytes);
  for (let at = copy.indexOf('PK\x01\x02'); at >= 0; at = copy.indexOf('PK\x01\x02', at + 4))
    change(new DataView(copy.buffer, copy.byteOffset + at));
  return copy;
}

describe('a hostile bundle is refused with its reason', () => {
  const symbolicLink = { os: 3, attrs: (0o120777 << 16) >>> 0 };
  const hostile: readonly (readonly [kind: string, entries: Zippable, reason: RegExp])[] = [
    ['a name that climbs out of its folder', { ...readMe, '../../.bashrc': plain }, /sale de la carpeta/],
    ['an absolute name', { ...readMe, '/etc/passwd': plain }, /sale de la carpeta/],
    ['the name of a Windows drive', { ...readMe, 'C:/x.txt': plain }, /sale de la carpeta/],
    ['a name with backslashes', { ...readMe, '..\\x.txt': plain }, /sale de la carpeta/],
    [
      'a name that gives orders to a terminal',
      { ...readMe, 'ñ\u001B[2J.txt': plain },
      /de control \(%C3%B1%1B%5B2J\.txt\)/,
    ],
    ['a symbolic link', { ...readMe, datos: [strToU8('/etc/passwd'), symbolicLink] }, /«datos» es un enlace/],
    ['two names that differ in capitals', { 'A.txt': plain, 'a.txt': plain }, /Dos ficheros se llaman «a\.txt»/],
    ['two names that differ in how an accent is written', { 'ñ.txt': plain, 'n\u0303.txt': plain }, /Dos ficheros/],
    ['a file that grows a thousand times', { 'bomba.txt': new Uint8Array(8 << 20) }, /«bomba\.txt» ocupa demasiado/],
    ['a hand-in that is missing', readMe, /le falta entrega\.json/],
    ['a hand-in that is no JSON', { 'entrega.json': strToU8('{"v":') }, /entrega\.json no es JSON/],
    ['a hand-in of another shape', { 'entrega.json': strToU8('{"v":1,"student":[]}') }, /forma esperada \(marea\)/],
    ['a hand-in of a later format', { 'entrega.json': strToU8('{"v":7}') }, /versión más nueva de Marea \(formato 7\)/],
  ];

  test.each(hostile)('%s', async (_, entries, reason) => {
    expect(await reasonOf(zipSync(entries))).toMatch(reason);
  });

  test('too many files', async () => {
    const many = Object.fromEntries(Array.from({ length: 2001 }, (_, index) => [`${index}.txt`, plain]));
    expect(await reasonOf(zipSync(many))).toMatch(/demasiados ficheros \(2001\)/);
  });

  test('an encrypted file', async () => {
    const encrypted = withHeaders(zipSync(readMe), (header) =>
      header.setUint16(8, header.getUint16(8, true) | 1, true),
    );
    expect(await reasonOf(encrypted)).toMatch(/«LEEME\.txt» está cifrado/);
  });

  test('a file that is longer than it says', async () => {
    const lying = withHeaders(zipSync({ 'a.txt': new Uint8Array(5000) }), (header) => header.setUint32(24, 10, true));
    expect(await reasonOf(lying)).toMatch(/No es un fichero zip que se pueda leer/);
  });

  test('what is no zip, half a zip, nothing', async () => {
    const whole = zipSync(readMe);
    for (const bytes of [strToU8('hola'), whole.subarray(0, whole.length - 9), new Uint8Array()])
      expect(await reasonOf(bytes)).toMatch(/No es un fichero zip que se pueda leer/);
  });
});
