import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyCommand } from '../../../main/host/verify-command.ts';
import { altered, bundleOf, windowWithCapture } from '../grading/hand-in-fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'verify-'));
const evidence = 'evidencias/caso-5/01-consola-fijas';
let bundle: Uint8Array;

beforeAll(async () => {
  const window = await windowWithCapture();
  bundle = await bundleOf(window);
  await window.close();
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function verify(...words: readonly string[]) {
  let printed = '';
  await verifyCommand(words, (text) => (printed += text));
  return { printed };
}

describe('marea verify, of hostile hand-ins', () => {
  type Told = {
    readonly file: string;
    readonly verdict: string;
    readonly problems: string[];
    readonly notes: string[];
  };
  const reports = async (file: string) => JSON.parse((await verify(file, '--json')).printed) as readonly Told[];

  test('hostile entries of a zip of many are named, and hide none of the hand-ins beside them', async () => {
    const file = join(folder, 'hostile-download.zip');
    const inside = {
      '../fuera.zip': bundle,
      'Ana_1_assignsubmission_file_/a.entrega.zip': bundle,
      'Eva_2_assignsubmission_file_/b.zip': zipSync({ '/etc/passwd': new Uint8Array(1), 'x\\y': new Uint8Array(1) }),
      'Eva_2_assignsubmission_file_/B.zip': bundle,
      'Leo_3_assignsubmission_file_/c.zip': zipSync({ 'd.zip': zipSync({ 'e.zip': bundle }) }),
      'Mar_4_assignsubmission_file_/f.zip': altered(bundle, { 'entrega.json': () => '{' }),
    };
    writeFileSync(file, zipSync(inside));
    const told = await reports(file);
    expect(told.map(({ file: name, verdict, problems }) => [name.slice(file.length + 1), verdict, problems])).toEqual([
      [
        '',
        'unreadable',
        [
          'El nombre «../fuera.zip» sale de la carpeta de la entrega.',
          'Dos ficheros se llaman «Eva_2_assignsubmission_file_/B.zip».',
        ],
      ],
      ['Ana_1_assignsubmission_file_/a.entrega.zip', 'whole', []],
      [
        'Eva_2_assignsubmission_file_/b.zip',
        'unreadable',
        [
          'El nombre «/etc/passwd» sale de la carpeta de la entrega.',
          'El nombre «x\\y» sale de la carpeta de la entrega.',
        ],
      ],
      [
        'Leo_3_assignsubmission_file_/c.zip',
        'unreadable',
        ['Es un zip con otros dentro: se abren las entregas de un zip, no los zips de un zip.'],
      ],
      ['Mar_4_assignsubmission_file_/f.zip', 'unreadable', ['entrega.json no es JSON.']],
    ]);
  });

  test('hostile content is noted, changes no verdict and hides nothing of the rest', async () => {
    const file = join(folder, 'notes.zip');
    const content = {
      'x.svg': () => '<svg onload=alert(1)>',
      'y.ipynb': () => '{',
      'z.json': () => '['.repeat(90_000),
    };
    writeFileSync(file, altered(bundle, content, true));
    expect(await reports(file)).toEqual([
      expect.objectContaining({
        verdict: 'whole',
        problems: [],
        notes: [
          '«x.svg» es una página que Marea no pone en una entrega: no se abre.',
          '«x.svg» lleva HTML con scripts: no se ejecuta nada.',
          '«y.ipynb» no se puede leer como cuaderno. El fichero no contiene JSON válido.',
          '«z.json» anida datos sin medida: no se lee.',
        ],
        student: { name: 'Ana Ñíguez', nia: '12345678' },
      }),
    ]);
    expect((await verify(file)).printed).toContain('  Nota: «z.json» anida datos sin medida: no se lee.\n');
  });

  test('malformed captures and notebooks are problems of theirs, not of the hand-in', async () => {
    const file = join(folder, 'malformed.zip');
    const deep = () => '['.repeat(90_000);
    writeFileSync(
      file,
      altered(bundle, { [`${evidence}.json`]: deep, [`${evidence}.png`]: () => '<svg>', 'caso-5.ipynb': deep }, true),
    );
    const [told] = await reports(file);
    expect(told?.verdict).toBe('altered');
    expect(told?.problems).toContainEqual(expect.stringContaining('los datos no se pueden leer'));
    expect(told?.problems).toContain('«caso-5.ipynb» no es un cuaderno.');
    expect(told?.notes).toEqual([
      '«caso-5.ipynb» no se puede leer como cuaderno. Los datos están anidados a una profundidad imposible.',
      `«${evidence}.json» anida datos sin medida: no se lee.`,
      `«${evidence}.png» no es un PNG correcto: otra firma; no se dibuja.`,
    ]);
  });

  test('a hand-in as Marea wrote it has nothing to note', async () => {
    const file = join(folder, 'plain.zip');
    writeFileSync(file, bundle);
    expect(await reports(file)).toEqual([expect.objectContaining({ verdict: 'whole', notes: [] })]);
  });
});
