import { strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { manifestOf } from '../../../main/grading/manifest.ts';
import { openPack, openPackFiles } from '../../../main/grading/open-pack.ts';
import { writePack } from '../../../main/grading/write-pack.ts';
import { packContent } from './pack-fixture.ts';

const bytes = writePack(packContent);
const files = unzipSync(bytes);

async function reasonOf(given: Uint8Array): Promise<string> {
  const opened = await openPack(given);
  return opened.isReadable ? 'opened' : opened.reason;
}

/** The pack with files put in or changed and a manifest that fits. */
function forged(changes: Readonly<Record<string, string>>): Uint8Array {
  const changed = {
    ...files,
    ...Object.fromEntries(Object.entries(changes).map(([path, text]) => [path, strToU8(text)])),
  };
  return zipSync({ ...changed, 'manifest-sha256.txt': strToU8(manifestOf(new Map(Object.entries(changed)))) });
}

const referenceWith = (change: (text: string) => string): Uint8Array =>
  forged({ 'referencia.json': change(Buffer.from(files['referencia.json'] ?? []).toString()) });

describe('the reference pack', () => {
  test('holds head, notebook, input files and manifest; the same content gives the same bytes', () => {
    expect(Object.keys(files)).toEqual([
      'caso-5/ficheros/entrada/frases.txt',
      'caso-5/solution.ipynb',
      'manifest-sha256.txt',
      'referencia.json',
    ]);
    expect(Buffer.from(writePack(packContent)).equals(bytes)).toBe(true);
  });

  test('opens with its criteria and the place of each file', async () => {
    const opened = await openPack(bytes);
    expect(opened).toMatchObject({
      isReadable: true,
      pack: {
        name: 'marea-referencia-0.1.0',
        reference: {
          criteria: [{ id: 'fijas', points: 0.3 }, { id: 'deslizantes' }, { id: 'justificacion', isManual: true }],
          units: [
            {
              id: 'caso-5',
              notebook: 'caso-5/solution.ipynb',
              files: [{ path: 'entrada/frases.txt', inPack: 'caso-5/ficheros/entrada/frases.txt' }],
            },
          ],
        },
      },
    });
  });

  test('opens from its unpacked folder, whatever the system left beside it', () => {
    const inFolder = Object.entries(files).map(
      ([path, content]) => [`marea-referencia-0.1.0/${path}`, content] as const,
    );
    const opened = openPackFiles(new Map([...inFolder, ['marea-referencia-0.1.0/.DS_Store', strToU8('x')]]));
    expect(opened).toMatchObject({ isReadable: true });
  });
});

describe('a pack that is not as it was written is refused with its reason', () => {
  test('a changed notebook', async () => {
    const changed = zipSync({ ...files, 'caso-5/solution.ipynb': strToU8('{}') });
    expect(await reasonOf(changed)).toMatch(/«caso-5\/solution\.ipynb» ha cambiado/);
  });

  test('a file that was put in', async () => {
    expect(await reasonOf(zipSync({ ...files, 'nuevo.txt': strToU8('x') }))).toMatch(
      /«nuevo\.txt» no está en el manif/,
    );
  });

  test.each([
    ['what is no zip', strToU8('hola'), /No es un fichero zip/],
    ['a hand-in', zipSync({ 'entrega.json': strToU8('{}') }), /No es una referencia de Marea/],
    ['a name that climbs out of its folder', zipSync({ ...files, '../x': strToU8('x') }), /sale de la carpeta/],
    ['a head that is no JSON', forged({ 'referencia.json': '{' }), /no es JSON/],
    ['a later format', referenceWith((text) => text.replace('"v":1', '"v":2')), /versión más nueva.*Actualiza Marea/],
    ['another shape', referenceWith((text) => text.replace('"points":0.3', '"points":"x"')), /forma esperada/],
    [
      'a unit that is written outside its folder',
      referenceWith((text) => text.replaceAll('"id":"caso-5"', '"id":".."')),
      /«\.\.» tiene un nombre que no vale/,
    ],
    [
      'an input that is written outside its folder',
      referenceWith((text) => text.replace('"path":"entrada/frases.txt"', '"path":"../../.bashrc"')),
      /«\.\.\/\.\.\/\.bashrc».*sale de su carpeta/,
    ],
    [
      'a solution that is no notebook',
      forged({ 'caso-5/solution.ipynb': '[]' }),
      /El cuaderno de caso-5 no se puede leer/,
    ],
  ] as const)('%s', async (_, given, reason) => {
    expect(await reasonOf(given)).toMatch(reason);
  });
});
