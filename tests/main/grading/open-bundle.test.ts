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
    [
      'a name whose letters run backwards',
      { ...readMe, 'informe\u202Egnp.exe': plain },
      /de control \(informe%E2%80%AE/,
    ],
    ['a name without letters', { ...readMe, '': plain }, /El nombre «» sale de la carpeta/],
    [
      'a climbing name in the middle of a path',
      { ...readMe, 'a/../../b': plain },
      /«a\/\.\.\/\.\.\/b» sale de la carpeta/,
    ],
    ['two names that differ in capitals', { 'A.txt': plain, 'a.txt': plain }, /Dos ficheros se llaman «a\.txt»/],
    ['two names that differ in how an accent is written', { 'ñ.txt': plain, 'n\u0303.txt': plain }, /Dos ficheros/],
    ['a file that grows a thousand times', { 'bomba.txt': new Uint8Array(8 << 20) }, /«bomba\.txt» ocupa demasiado/],
    [
      'one file after another until they are too many bytes',
      Object.fromEntries(
        Array.from({ length: 9 }, (_, index) => [`${index}.bin`, [new Uint8Array(32 << 20), { level: 0 }]]),
      ),
      /Descomprimido ocupa demasiado: se ha dejado de leer en «8\.bin»/,
    ],
    [
      'a hand-in nested without end',
      { 'entrega.json': strToU8('['.repeat(100_000)) },
      /entrega\.json anida datos sin medida/,
    ],
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

  const sized = (bytes: number) => ({ 'a.txt': new Uint8Array(bytes).fill(7) });

  test('a file that is longer than it says', async () => {
    const lying = withHeaders(zipSync(sized(5000)), (header) => header.setUint32(24, 10, true));
    expect(await reasonOf(lying)).toBe('«a.txt» ocupa más de lo que dice (10 bytes).');
  });

  test('a file that is shorter than it says, deflated or stored', async () => {
    for (const level of [6, 0] as const) {
      const lying = withHeaders(zipSync(sized(5000), { level }), (header) => header.setUint32(24, 6000, true));
      expect(await reasonOf(lying)).toBe('«a.txt» ocupa menos de lo que dice (5000 de 6000 bytes).');
    }
  });

  test('a file of a size that cannot be, in the zip or outside it', async () => {
    const huge = withHeaders(zipSync(sized(5000)), (header) => header.setUint32(24, 0xfffffffe, true));
    expect(await reasonOf(huge)).toBe('«a.txt» ocupa demasiado descomprimido (4294967294 bytes).');
    const packed = withHeaders(zipSync(sized(5000), { level: 0 }), (header) => header.setUint32(20, 0xfffffff0, true));
    expect(await reasonOf(packed)).toMatch(/^(?:«a\.txt» |No es un fichero zip)/);
  });

  test('a file whose content is damaged', async () => {
    const whole = Buffer.from(zipSync({ 'a.txt': strToU8('palabra '.repeat(400)) }));
    whole.fill(0xff, 36, 50);
    expect(await reasonOf(whole)).toMatch(/^«a\.txt» está dañado/);
  });

  test('every attack is told by its name, and no more than anybody would read', async () => {
    const opened = await openBundle(zipSync({ '../a': plain, 'b\\c': plain, datos: [plain, symbolicLink], ...readMe }));
    expect(opened).toMatchObject({
      faults: [
        'El nombre «../a» sale de la carpeta de la entrega.',
        'El nombre «b\\c» sale de la carpeta de la entrega.',
        '«datos» es un enlace a otro sitio.',
      ],
    });
    const many = await openBundle(
      zipSync(Object.fromEntries(Array.from({ length: 90 }, (_, at) => [`../${at}`, plain]))),
    );
    expect(many.isReadable ? [] : many.faults.slice(19)).toEqual([
      'El nombre «../19» sale de la carpeta de la entrega.',
      'Y 70 más.',
    ]);
  });

  test('what is no zip, half a zip, nothing', async () => {
    const whole = zipSync(readMe);
    for (const bytes of [strToU8('hola'), whole.subarray(0, whole.length - 9), new Uint8Array()])
      expect(await reasonOf(bytes)).toMatch(/No es un fichero zip que se pueda leer/);
  });
});
