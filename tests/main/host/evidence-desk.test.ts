import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { EvidenceRecord, Student } from '../../../main/contract/evidence-schema.ts';
import { requests } from '../../../main/contract/requests.ts';
import { EvidenceDesk, evidenceClock } from '../../../main/host/evidence-desk.ts';
import { EvidenceStore } from '../../../main/workspace/evidence-store.ts';
import { listLearnerFiles, resettableFiles } from '../../../main/workspace/learner-files.ts';
import { pngText } from '../../../main/workspace/png-text.ts';
import { consoleText, greyPng, windowText } from '../workspace/evidence-fixture.ts';

const ana: Student = { name: 'Ana Pérez', nia: '10203040' };
let folder: string;
let student: Student | null;
let captured: EvidenceRecord[];
let desk: EvidenceDesk;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evidence-'));
  student = ana;
  captured = [];
  const write = async (path: string, content: string | Uint8Array): Promise<void> => {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  };
  desk = new EvidenceDesk({
    store: new EvidenceStore(folder, write),
    student: () => student,
    clock: () => ({ at: '2026-03-02T11:00:00.000Z', mode: 'virtual' }),
    watermark: () => '2026-03-02T10:59:00.000Z',
    passed: () => [],
    emit: ({ item }) => captured.push(item),
  });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const fixedText = consoleText(
  2,
  ['window', 'palabra', 'count'],
  [windowText('12:00', '12:03'), 'Hola', '2'],
  [windowText('12:03', '12:06'), 'Mundo', '1'],
);
const asked = (text: string) =>
  ({ kind: 'console', path: 'caso-5/caso-5.ipynb', cell: 'c1', query: null, runId: 'r1', text }) as const;

test('a capture is a picture that says where it comes from, its data, its text, and an event', async () => {
  desk.cellStarted({ path: 'caso-5/caso-5.ipynb', cell: 'c1', run: 1, at: '', codeHash: 'f'.repeat(64) });
  const draft = await desk.draft(asked(fixedText));
  expect(draft).toMatchObject({
    id: '01-consola-fijas',
    activity: 'actividad-1',
    evidence: 'consola-fijas',
    source: { unit: 'caso-5', batch: 2, watermark: '2026-03-02T10:59:00.000Z' },
    student: ana,
    codeHash: 'f'.repeat(64),
  });
  const { item, required } = await desk.capture('caso-5', draft.id, greyPng(4, 4));
  expect(required).toMatchObject({ evidence: 'consola-fijas', state: 'ticked' });
  expect(captured).toEqual([item]);
  const read = (path: string) => readFile(join(folder, path));
  const png = await read('caso-5/evidencias/01-consola-fijas.png');
  expect(item.files.png).toEqual({
    path: 'caso-5/evidencias/01-consola-fijas.png',
    sha256: createHash('sha256').update(png).digest('hex'),
  });
  expect(JSON.parse(pngText(png, 'Marea') ?? '')).toEqual({ v: 1, item: draft });
  const json = JSON.parse(String(await read(item.files.json.path))) as { readonly data: unknown };
  expect(json.data).toMatchObject({ text: fixedText, tables: [{ batch: 2, rows: [{}, {}] }] });
  expect(String(await read(item.files.txt.path))).toContain('Ana Pérez · 10203040');
  expect(requests['evidence.list'].output.parse(await desk.list('actividad-1')).items).toEqual([item]);
});

test('nothing is drafted before a student is known', async () => {
  student = null;
  await expect(desk.draft(asked('x'))).rejects.toMatchObject({ code: 'conflict' });
});

test('captures are numbered in their unit, and one that is removed unticks', async () => {
  const ids: string[] = [];
  for (const text of [fixedText, 'hola\n', fixedText]) {
    const draft = await desk.draft(asked(text));
    await desk.capture('caso-5', draft.id, greyPng(1, 1));
    ids.push(draft.id);
  }
  expect(ids).toEqual(['01-consola-fijas', '02-consola', '03-consola-fijas']);
  const drafts = await Promise.all([desk.draft(asked('a')), desk.draft({ ...asked('b'), path: 'mio.ipynb' })]);
  expect(drafts.map(({ id, activity }) => [id, activity])).toEqual([
    ['04-consola', 'actividad-1'],
    ['01-consola', null],
  ]);
  await desk.remove('caso-5', '01-consola-fijas');
  await desk.remove('caso-5', '03-consola-fijas');
  const { items, required } = await desk.list(undefined);
  expect(items.map(({ id }) => id)).toEqual(['02-consola']);
  expect(required.find((it) => it.evidence === 'consola-fijas')?.state).toBe('missing');
  expect(await readdir(join(folder, 'caso-5', 'evidencias'))).toHaveLength(3);
});

test('data that was changed since ticks nothing, and a file that cannot be read is no capture', async () => {
  const draft = await desk.draft(asked(fixedText));
  await desk.capture('caso-5', draft.id, greyPng(1, 1));
  const json = join(folder, 'caso-5', 'evidencias', '01-consola-fijas.json');
  const text = await readFile(json, 'utf8');
  await writeFile(json, text.replaceAll('Mundo', 'Mando'));
  const changed = await desk.list('actividad-1');
  expect(changed.required[0]?.state).toBe('missing');
  expect(changed.items).toHaveLength(1);
  await writeFile(json, JSON.stringify(JSON.parse(text)));
  expect((await desk.list('actividad-1')).required[0]?.state).toBe('ticked');
  await writeFile(json, '{');
  expect((await desk.list('actividad-1')).items).toEqual([]);
});

test('a capture that falls short is told what it lacks', async () => {
  const one = consoleText(0, ['w', 'p', 'n'], [windowText('12:00', '12:03'), 'Hola', '2']);
  for (const [text, told] of [
    [one, 'Se ven 1 de 2 ventanas'],
    [consoleText(0, ['w', 'p', 'n'], ['{2026-03-02 12:00...', 'Hola', '2']), 'truncate'],
  ] as const) {
    const { id } = await desk.draft(asked(text));
    const { required } = await desk.capture('caso-5', id, greyPng(1, 1));
    expect(required).toMatchObject({ evidence: 'consola-fijas', state: 'missing' });
    expect(required?.message).toContain(told);
  }
  const { id } = await desk.draft(asked('hola\n'));
  expect((await desk.capture('caso-5', id, greyPng(1, 1))).required).toBeNull();
});

test('a chart keeps its rows with their batch, its name, and what it is drawn from; it ticks nothing', async () => {
  const figure = {
    kind: 'bars' as const,
    sentence: '1 lote.',
    xLabel: 'Lote',
    series: [{ label: 'Filas', isTime: false, isDerived: false }],
    points: [{ label: '4', values: [3] }],
  };
  const text = `1 lote.\n\n${consoleText(
    2,
    ['window', 'palabra', 'count'],
    [windowText('12:00', '12:03'), 'Hola', '2'],
    [windowText('12:03', '12:06'), 'Mundo', '1'],
  )
    .split('\n')
    .slice(3)
    .join('\n')}`;
  const draft = await desk.draft({ ...asked(text), kind: 'chart', name: 'Filas por lote', batch: 4, figure });
  expect(draft).toMatchObject({
    id: '01-grafica-filas-por-lote',
    title: 'Gráfica · Filas por lote',
    evidence: null,
    source: { batch: 4, watermark: '2026-03-02T10:59:00.000Z' },
  });
  expect((await desk.capture('caso-5', draft.id, greyPng(2, 2))).required).toBeNull();
  const { data, png, alternative } = await desk.read('caso-5', draft.id);
  expect(data).toMatchObject({ figure, tables: [{ batch: 4, rows: [{}, {}] }] });
  expect(pngText(Buffer.from(png, 'base64'), 'Marea')).toContain(draft.dataHash);
  expect(alternative).toContain('Gráfica · Filas por lote');
  expect((await desk.list('actividad-1')).required.every(({ state }) => state === 'missing')).toBe(true);
  await expect(desk.read('caso-5', '07-otra')).rejects.toMatchObject({ code: 'not_found' });
});

test('an image from outside never ticks, whatever its text says, and keeps hash and size of its pixels', async () => {
  const image = greyPng(6, 3);
  for (const kind of ['outside', 'window'] as const) {
    const draft = await desk.draft({ ...asked(fixedText), kind, image: image.toString('base64'), name: 'pizarra' });
    const { item, required } = await desk.capture('caso-5', draft.id, greyPng(2, 2));
    expect([item.evidence, required]).toEqual([null, null]);
    const { data, alternative } = await desk.read('caso-5', draft.id);
    expect(data.image).toEqual({ sha256: createHash('sha256').update(image).digest('hex'), width: 6, height: 3 });
    expect(alternative).toContain('Sin procedencia');
  }
  expect(captured).toHaveLength(2);
  expect((await desk.list('actividad-1')).required.every(({ state }) => state === 'missing')).toBe(true);
});

test('an image that is missing or damaged is refused', async () => {
  await expect(desk.draft({ ...asked('x'), kind: 'outside' })).rejects.toMatchObject({ code: 'bad_request' });
  const broken = greyPng(6, 3).subarray(0, 40).toString('base64');
  await expect(desk.draft({ ...asked('x'), kind: 'output', image: broken })).rejects.toThrow('no es un PNG correcto');
});

test('a damaged picture is refused and nothing is written', async () => {
  const draft = await desk.draft(asked(fixedText));
  const broken = greyPng(2, 2).subarray(0, 40);
  await expect(desk.capture('caso-5', draft.id, broken)).rejects.toMatchObject({ code: 'failed' });
  await expect(desk.capture('caso-5', '07-other', greyPng(1, 1))).rejects.toMatchObject({ code: 'not_found' });
  expect((await desk.list('actividad-1')).items).toEqual([]);
  expect(captured).toEqual([]);
});

test('starting an activity anew leaves its captures', async () => {
  const draft = await desk.draft(asked(fixedText));
  await desk.capture('caso-5', draft.id, greyPng(1, 1));
  expect((await listLearnerFiles(folder, 'caso-5')).map(({ name }) => name)).toEqual(['evidencias']);
  expect(await resettableFiles(folder, 'caso-5', { input: [], output: [], checkpoint: [] })).toEqual([]);
});

test('the contract takes no path for a unit, and a student has a name and a NIA', () => {
  const remove = requests['evidence.remove'].input;
  expect(remove.safeParse({ unit: 'caso-5', id: '01-consola' }).success).toBe(true);
  for (const [unit, id] of [
    ['..', '01-consola'],
    ['a/b', '01-consola'],
    ['.git', '01-consola'],
    ['caso-5', '../01-consola'],
    ['caso-5', '01-consola.json'],
  ])
    expect(remove.safeParse({ unit, id }).success, `${unit} ${id}`).toBe(false);
  const write = requests['student.write'].input;
  expect(write.parse({ name: '  Ana Pérez ', nia: ' X1234567 ' })).toEqual({ name: 'Ana Pérez', nia: 'X1234567' });
  for (const wrong of [
    { name: ' ', nia: '1' },
    { name: 'Ana', nia: '' },
    { name: 'Ana', nia: '1-2' },
    { name: 'Ana', nia: '1'.repeat(21) },
  ])
    expect(write.safeParse(wrong).success).toBe(false);
});

test('a clock that ran ahead is called virtual', () => {
  const state = { mode: 'real', rate: 1, nowMs: 0, aheadMs: 0, nextMs: null } as const;
  expect(evidenceClock(state).mode).toBe('real');
  expect(evidenceClock({ ...state, aheadMs: 60_000 }).mode).toBe('virtual');
  expect(evidenceClock({ ...state, mode: 'paused' }).mode).toBe('virtual');
});
