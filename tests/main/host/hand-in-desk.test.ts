import { readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { HandIn } from '../../../main/grading/bundle-schema.ts';
import { openBundle } from '../../../main/grading/open-bundle.ts';
import { verifyBundle } from '../../../main/grading/verify-bundle.ts';
import { textIn, windowWithCapture } from '../grading/hand-in-fixture.ts';
import type { TestWindow } from './test-window.ts';

let window: TestWindow;
beforeEach(async () => {
  window = await windowWithCapture();
}, 60_000);
afterEach(() => window.close());

const all = ['actividad-1', 'actividad-2', 'actividad-3'];
const first = { activities: ['actividad-1'] };

async function handedIn(name: string): Promise<{ readonly bytes: Uint8Array; readonly handIn: HandIn }> {
  const bytes = Buffer.from((await window.request('handIn.read', { name })).base64, 'base64');
  const opened = await openBundle(bytes);
  if (!opened.isReadable) throw new Error(opened.reason);
  expect(verifyBundle(opened.handIn, opened.files)).toEqual([]);
  return { bytes, handIn: opened.handIn };
}

const inFolder = (name: string): string => join(window.dataFolder, 'caso-5', name);

test('three activities go into one bundle, each unit and each capture once, in the order of the course', async () => {
  await window.openActivity('caso-8');
  const saved = await window.request('handIn.save', { activities: [...all].reverse() });
  expect(saved.name).toMatch(/^act1-act2-act3_12345678_\d{8}T\d{6}Z\.entrega\.zip$/);
  const { handIn } = await handedIn(saved.name);
  expect(handIn.activities.map(({ id, units }) => [id, units])).toEqual([
    ['actividad-1', ['caso-5']],
    ['actividad-2', ['bizum']],
    ['actividad-3', ['caso-8', 'limpieza-join']],
  ]);
  expect(handIn.notebooks.map(({ path }) => path)).toEqual(['caso-5.ipynb', 'caso-8.ipynb']);
  expect(handIn.evidence.map(({ path }) => path)).toEqual(['evidencias/caso-5/01-consola-fijas']);
  expect(new Set(handIn.required.map(({ activity }) => activity))).toEqual(new Set(all));
});

test('hand-ins of one second do not overwrite each other', async () => {
  const names = await Promise.all([1, 2, 3].map(async () => (await window.request('handIn.save', first)).name));
  expect(new Set(names).size).toBe(3);
  const zips = readdirSync(join(window.dataFolder, 'entregas')).filter((name) => name.endsWith('.zip'));
  expect(zips.sort()).toEqual([...names].sort());
});

test('an activity that the course does not have is refused', async () => {
  const choice = { activities: ['actividad-1', 'actividad-9'] };
  await expect(window.request('handIn.look', choice)).rejects.toMatchObject({ code: 'not_found' });
});

test('a renamed notebook is found, opened with its activity, and handed in under its first name', async () => {
  renameSync(inFolder('caso-5.ipynb'), inFolder('mi caso (2).ipynb'));
  const { notebook } = await window.request('activity.open', { id: 'caso-5' });
  expect(notebook).toBe('caso-5/mi caso (2).ipynb');
  expect(readdirSync(join(window.dataFolder, 'caso-5'))).not.toContain('caso-5.ipynb');
  const look = await window.request('handIn.look', first);
  expect(look.notebooks).toMatchObject([{ unit: 'caso-5', path: 'caso-5/mi caso (2).ipynb', hasRun: true }]);
  expect(look.changes).toEqual([]);
  const { bytes, handIn } = await handedIn((await window.request('handIn.save', first)).name);
  expect(handIn.notebooks).toMatchObject([{ path: 'caso-5.ipynb', from: 'caso-5/mi caso (2).ipynb' }]);
  expect(textIn(bytes, 'caso-5.ipynb')).toContain('hola');
});

test('among copies the student chooses; a file that is none of them is not taken', async () => {
  const copy = await window.request('notebook.create', { folder: 'caso-5', name: 'copia', source: window.path });
  const look = await window.request('handIn.look', first);
  expect(look.notebooks[0]?.files.map(({ path }) => path).sort()).toEqual([window.path, copy.path].sort());
  for (const path of [window.path, copy.path]) {
    const chosen = await window.request('handIn.look', { ...first, notebooks: { 'caso-5': path } });
    expect(chosen.notebooks[0]?.path).toBe(path);
  }
  const other = { ...first, notebooks: { 'caso-5': 'bizum/bizum.ipynb' } };
  expect((await window.request('handIn.look', other)).notebooks[0]?.path).not.toBe('bizum/bizum.ipynb');
});

test('opening an activity marks a notebook that had no mark, and leaves the time of its last save', async () => {
  const file = inFolder('caso-5.ipynb');
  const plain = JSON.parse(readFileSync(file, 'utf8')) as { metadata: { marea?: unknown } };
  expect(plain.metadata.marea).toEqual({ unit: 'caso-5', version: 'headless' });
  delete plain.metadata.marea;
  writeFileSync(file, JSON.stringify(plain));
  const before = statSync(file).mtimeMs;
  await window.openActivity('caso-5');
  expect(readFileSync(file, 'utf8')).toContain('"unit": "caso-5"');
  expect(Math.abs(statSync(file).mtimeMs - before)).toBeLessThan(2);
});

test('a cell changed since its run and its capture is named in the look, in entrega.json and in the report', async () => {
  await window.write(window.cells.map((cell) => (cell.id === 'mia' ? { ...cell, source: 'print("otra")' } : cell)));
  const messages = [
    'La celda [1] ha cambiado desde que la ejecutaste.',
    'La celda [1] ha cambiado desde la captura 01-consola-fijas.',
  ];
  const look = await window.request('handIn.look', first);
  expect(look.changes.map(({ message }) => message)).toEqual(messages);
  const { bytes, handIn } = await handedIn((await window.request('handIn.save', first)).name);
  expect(handIn.changes).toEqual(look.changes);
  for (const message of messages) expect(textIn(bytes, 'informe.html')).toContain(message);
});

test('what the student wrote and answered is in entrega.json, and in the report before the captures, as plain text', async () => {
  const text = 'Salen **tres** <script>alert(1)</script> ventanas.';
  await window.write(window.cells.map((cell) => (cell.id === 'caso5-respuesta' ? { ...cell, source: text } : cell)));
  await window.request('activity.answer', { id: 'caso-5', question: 'primer-mensaje', chosen: ['dos'] });
  const { bytes, handIn } = await handedIn((await window.request('handIn.save', first)).name);
  expect(handIn.answers).toMatchObject([
    {
      unit: 'caso-5',
      texts: [{ cell: 'caso5-respuesta', text }],
      predictions: [
        {
          id: 'primer-mensaje',
          chosen: ['Dos: de 11:44 a 11:47 y de 11:45 a 11:48'],
          right: ['Tres: de 11:43 a 11:46, de 11:44 a 11:47 y de 11:45 a 11:48'],
        },
      ],
    },
  ]);
  const report = textIn(bytes, 'informe.html');
  const shown = report.indexOf('Salen **tres** &lt;script&gt;alert(1)&lt;/script&gt; ventanas.');
  expect(shown).toBeGreaterThan(0);
  expect(shown).toBeLessThan(report.indexOf('<figure>'));
});

test('the hand-in is the last line of the log in the bundle, and a line among others in the next', async () => {
  const kindsOf = async (name: string) => {
    const lines = textIn((await handedIn(name)).bytes, 'registro/eventos.jsonl')
      .trimEnd()
      .split('\n');
    return lines.map((line) => (JSON.parse(line) as { kind: string }).kind);
  };
  const before = await kindsOf((await window.request('handIn.save', first)).name);
  expect(before.at(-1)).toBe('hand_in');
  await window.run('mia');
  const after = await kindsOf((await window.request('handIn.save', first)).name);
  expect(after.filter((kind) => kind === 'hand_in')).toHaveLength(2);
  expect(after.at(-1)).toBe('hand_in');
});
