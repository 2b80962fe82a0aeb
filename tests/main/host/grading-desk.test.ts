import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Comparison, GradingRow } from '../../../main/contract/grading-schema.ts';
import { HostFailure } from '../../../main/contract/host-api.ts';
import type { CompareBundle } from '../../../main/grading/comparing.ts';
import { writePack } from '../../../main/grading/write-pack.ts';
import { altered, bundleOf, windowWithCapture } from '../grading/hand-in-fixture.ts';
import { packContent } from '../grading/pack-fixture.ts';
import { TestWindow } from './test-window.ts';

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const pack = writePack(packContent);
let bundle: Uint8Array;
const open: TestWindow[] = [];
const folders: string[] = [];

beforeAll(async () => {
  const student = await windowWithCapture();
  bundle = await bundleOf(student);
  await student.close();
}, 60_000);
afterEach(async () => {
  for (const window of open.splice(0)) await window.close();
});
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

async function teacher(compare?: CompareBundle, dataFolder?: string): Promise<TestWindow> {
  const window = await TestWindow.start({ ...(compare ? { compare } : {}), ...(dataFolder ? { dataFolder } : {}) });
  open.push(window);
  return window;
}

const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'grading-'));
  folders.push(folder);
  return folder;
};

const openBundle = async (window: TestWindow, bytes = bundle, name = 'a.entrega.zip'): Promise<GradingRow> => {
  const { rows } = await window.request('grading.open', { name, base64: base64(bytes) });
  const row = rows.at(-1);
  if (row === undefined) throw new Error('no row');
  return row;
};

/** Bundles that differ in one file: rows of their own. */
const variant = (n: number): Uint8Array => altered(bundle, { 'LEEME.txt': () => `variante ${n}` }, true);

const comparison: Comparison = {
  verdict: 'differs',
  units: [],
  proposal: [
    { activity: 'actividad-1', criterion: 'fijas', text: '', points: 0.3, proposed: 0.15, reason: '', isManual: false },
    {
      activity: 'actividad-1',
      criterion: 'deslizantes',
      text: '',
      points: 0.4,
      proposed: 0.4,
      reason: '',
      isManual: false,
    },
    {
      activity: 'actividad-1',
      criterion: 'justificacion',
      text: '',
      points: 0.3,
      proposed: 0,
      reason: '',
      isManual: true,
    },
  ],
};
const compares: CompareBundle = () => Promise.resolve(comparison);

const compared = (window: TestWindow, id: string) =>
  window.hears('grading.row', (row) => row.id === id && row.state === 'compared');

describe('the reference', () => {
  test('is still there after a restart, with the points that the teacher changed, until it is removed', async () => {
    const folder = newFolder();
    const first = await teacher(undefined, folder);
    await first.request('grading.loadPack', { base64: base64(pack) });
    await first.request('grading.setPoints', { activity: 'actividad-1', criterion: 'fijas', points: 0.5 });
    await first.close();
    open.length = 0;

    const second = await teacher(undefined, folder);
    const { pack: kept } = await second.request('grading.read', {});
    expect(kept?.criteria.map(({ points }) => points)).toEqual([0.5, 0.4, 0.3]);
    expect(kept?.activities.map(({ points }) => points)).toEqual([1.2]);
    expect((await second.request('grading.removePack', {})).pack).toBeNull();
    expect(existsSync(join(folder, '.marea-referencia'))).toBe(false);
  });

  test('is the same from a zip and from its unpacked folder', async () => {
    const window = await teacher();
    const files = Object.entries(unzipSync(pack)).map(([path, bytes]) => ({
      path: `descargas/${path}`,
      base64: base64(bytes),
    }));
    const fromZip = await window.request('grading.loadPack', { base64: base64(pack) });
    expect(await window.request('grading.loadPack', { files })).toEqual(fromZip);
  });

  test('one that was changed is refused with the reason, and the one that is there stays', async () => {
    const window = await teacher();
    await window.request('grading.loadPack', { base64: base64(pack) });
    const changed = zipSync({ ...unzipSync(pack), 'referencia.json': new Uint8Array(3) });
    await expect(window.request('grading.loadPack', { base64: base64(changed) })).rejects.toThrow('no es JSON');
    expect((await window.request('grading.read', {})).pack?.name).toBe('marea-referencia-0.1.0');
  });

  test('opens as a notebook with its files in a folder of its own', async () => {
    const window = await teacher();
    await window.request('grading.loadPack', { base64: base64(pack) });
    const { path } = await window.request('grading.openReference', { unit: 'caso-5' });
    expect(path).toBe('referencia/caso-5/caso-5.ipynb');
    const { notebook } = await window.request('notebook.open', { path });
    expect(notebook.cells.map(({ source }) => source)).toEqual(['print("hola")']);
    expect(readFileSync(join(window.dataFolder, 'referencia/caso-5/entrada/frases.txt'), 'utf8')).toBe('Hola Mundo\n');
    await expect(window.request('grading.openReference', { unit: '..' })).rejects.toThrow('no tiene la unidad');
  });

  test('points of a criterion that is not there are refused, and those of nobody without a reference', async () => {
    const window = await teacher();
    const points = { activity: 'actividad-1', criterion: 'otro', points: 1 };
    await expect(window.request('grading.setPoints', points)).rejects.toThrow('Carga antes la referencia.');
    await window.request('grading.loadPack', { base64: base64(pack) });
    await expect(window.request('grading.setPoints', points)).rejects.toThrow(HostFailure);
  });
});

describe('the table', () => {
  test('has a row for each bundle of Moodle’s zip, whole, altered or unreadable', async () => {
    const window = await teacher();
    const moodle = zipSync({
      'Ana Ñíguez_101_assignsubmission_file_/a.entrega.zip': bundle,
      'Berta Gil_102_assignsubmission_file_/b.entrega.zip': altered(bundle, { 'caso-5.ipynb': (text) => `${text} ` }),
      'Carlos Paz_103_assignsubmission_file_/c.zip': new Uint8Array(9),
    });
    const { rows, opened } = await window.request('grading.open', { name: 'moodle.zip', base64: base64(moodle) });
    expect(opened).toBe(3);
    expect(rows.map(({ check }) => [check.verdict, check.student?.name ?? null])).toEqual([
      ['whole', 'Ana Ñíguez'],
      ['altered', 'Ana Ñíguez'],
      ['unreadable', null],
    ]);
    expect(rows[2]?.check.file).toBe('moodle.zip/Carlos Paz_103_assignsubmission_file_/c.zip');
  });

  test('does not open the same file twice', async () => {
    const window = await teacher();
    await openBundle(window);
    const again = await window.request('grading.open', { name: 'otro.zip', base64: base64(bundle) });
    expect(again).toMatchObject({ opened: 0, rows: [{ check: { file: 'a.entrega.zip' } }] });
  });

  test('shows pictures and both notebooks of a row', async () => {
    const window = await teacher();
    await window.request('grading.loadPack', { base64: base64(pack) });
    const { id } = await openBundle(window);
    const detail = await window.request('grading.detail', { row: id });
    expect(detail.notebooks).toEqual([{ unit: 'caso-5', title: 'Caso 5 · Ventanas', hasReference: true }]);
    expect(detail.pictures).toMatchObject([{ path: 'evidencias/caso-5/01-consola-fijas', unit: 'caso-5', batch: 1 }]);
    expect(
      Buffer.from(detail.pictures[0]?.png ?? '', 'base64')
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
    const { handedIn, reference } = await window.request('grading.notebooks', { row: id, unit: 'caso-5' });
    expect(handedIn?.cells.at(-1)?.source).toContain('<script>');
    expect(reference?.cells.map((cell) => cell.id)).toEqual(['caso5-sesion']);
  });

  test('a picture that is no PNG is not shown', async () => {
    const window = await teacher();
    const { id } = await openBundle(
      window,
      altered(bundle, { 'evidencias/caso-5/01-consola-fijas.png': () => '<svg>' }),
    );
    expect((await window.request('grading.detail', { row: id })).pictures[0]?.png).toBeNull();
  });

  test('forgets the rows that are removed', async () => {
    const window = await teacher();
    const { id } = await openBundle(window);
    expect((await window.request('grading.remove', { rows: [id] })).rows).toEqual([]);
    await expect(window.request('grading.detail', { row: id })).rejects.toThrow('ya no está en la tabla');
  });
});

describe('comparing', () => {
  test('sums what is proposed, and follows the points that the teacher changes', async () => {
    const window = await teacher(compares);
    await window.request('grading.loadPack', { base64: base64(pack) });
    const { id } = await openBundle(window);
    await window.request('grading.compare', { rows: [id] });
    expect(await compared(window, id)).toMatchObject({ proposed: 0.55, points: 1 });
    const points = { activity: 'actividad-1', criterion: 'fijas', points: 0.6 };
    const { rows } = await window.request('grading.setPoints', points);
    expect(rows[0]).toMatchObject({ proposed: 0.7, points: 1.3 });
    const { text } = await window.request('grading.csv', {});
    expect(text).toContain('Ana Ñíguez;12345678;Actividad 1 · Ventanas fijas y deslizantes;0.7;1.3;difiere;coincide;');
  });

  test('hands the reference as it was packed to the comparer, whatever the points are now', async () => {
    const given: unknown[] = [];
    const window = await teacher((_, reference) => {
      given.push(reference?.reference.criteria.map(({ points }) => points));
      return Promise.resolve(comparison);
    });
    await window.request('grading.loadPack', { base64: base64(pack) });
    await window.request('grading.setPoints', { activity: 'actividad-1', criterion: 'fijas', points: 9 });
    const { id } = await openBundle(window);
    await window.request('grading.compare', { rows: [id] });
    await compared(window, id);
    expect(given).toEqual([[0.3, 0.4, 0.3]]);
  });

  test('runs two at a time, and the others wait their turn', async () => {
    let [running, most] = [0, 0];
    const ends: (() => void)[] = [];
    const window = await teacher(async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise<void>((resolve) => ends.push(resolve));
      running -= 1;
      return comparison;
    });
    const ids: string[] = [];
    for (let n = 0; n < 4; n += 1) ids.push((await openBundle(window, variant(n), `${n}.zip`)).id);
    await window.request('grading.compare', { rows: ids });
    const states = async () => (await window.request('grading.read', {})).rows.map(({ state }) => state);
    expect(await states()).toEqual(['replaying', 'replaying', 'waiting', 'waiting']);
    // Asked again: nothing runs twice.
    await window.request('grading.compare', { rows: ids });
    for (const id of ids) {
      while (ends.length === 0) await new Promise((resolve) => setImmediate(resolve));
      ends.shift()?.();
      await compared(window, id);
    }
    expect(await states()).toEqual(Array<string>(4).fill('compared'));
    expect(most).toBe(2);
  });

  test('a row that is removed stops its replay, and nothing more is told of it', async () => {
    const aborted: string[] = [];
    const window = await teacher(
      (_, __, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            aborted.push('aborted');
            reject(new Error('stopped'));
          });
        }),
    );
    const { id } = await openBundle(window);
    await window.request('grading.compare', { rows: [id] });
    await window.hears('grading.row', ({ state }) => state === 'replaying');
    await new Promise((resolve) => setImmediate(resolve));
    const told = window.heard.length;
    await window.request('grading.remove', { rows: [id] });
    await new Promise((resolve) => setImmediate(resolve));
    expect(aborted).toEqual(['aborted']);
    expect(window.heard.slice(told).map(({ name }) => name)).toEqual([]);
  });

  test('a comparer that breaks is told as a problem, and the row can be compared again', async () => {
    const answers = [() => Promise.reject(new Error('sin memoria')), compares];
    const window = await teacher((...given) => (answers.shift() ?? compares)(...given));
    const { id } = await openBundle(window);
    await window.request('grading.compare', { rows: [id] });
    await window.hears('grading.row', ({ state }) => state === 'failed');
    expect((await window.hears('problem')).detail).toBe('a.entrega.zip: sin memoria');
    await window.request('grading.compare', { rows: [id] });
    await compared(window, id);
  });

  test('hand-ins are run again unless something else is asked for; without a reference nothing is proposed', async () => {
    const window = await teacher();
    const { id } = await openBundle(window);
    await window.request('grading.compare', { rows: [id] });
    expect(await compared(window, id)).toMatchObject({
      proposed: null,
      // Its capture is of a query that no log tells of.
      comparison: { verdict: 'differs', units: [{ unit: 'caso-5', differences: [{ kind: 'evidence', batch: 1 }] }] },
    });
  });
});
