import { expect, test } from 'vitest';
import { sealedLog, sealOf } from '../../../main/grading/hand-in-seal.ts';
import { bundleName, describeContent, writeBundle, type BundleContent } from '../../../main/grading/write-bundle.ts';
import { chainEvent, eventLine, verifyChain } from '../../../main/workspace/event-chain.ts';

const content: BundleContent = {
  marea: '0.1.0',
  createdAt: '2026-03-14T17:34:05.678Z',
  student: { name: 'Ana Ñíguez', nia: '12345678' },
  activities: [{ id: 'actividad-1', title: 'Actividad 1', units: ['caso-5'] }],
  clock: 'virtual',
  notebooks: [{ unit: 'caso-5', title: 'Caso 5', text: '{"nbformat":4,"cells":[]}', from: 'caso-5/caso-5.ipynb' }],
  evidence: [],
  required: [],
  checks: [],
  answers: [],
  changes: [],
};
const seal = sealOf(describeContent(content));
const run = chainEvent(null, { at: '2026-03-14T17:00:00.000Z', kind: 'cell_started', data: {} });

test('the same content written twice gives the same bytes, also at another time and in another time zone', async () => {
  const log = sealedLog(eventLine(run), seal);
  const once = writeBundle(content, { log, inputs: '' });
  const zone = process.env['TZ'];
  process.env['TZ'] = 'Pacific/Auckland';
  const again = writeBundle(structuredClone(content), { log, inputs: '' });
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
  expect(Buffer.from(again).equals(once)).toBe(true);
  expect(Buffer.from(writeBundle({ ...content, clock: 'real' }, { log, inputs: '' })).equals(once)).toBe(false);
});

test('a name says activities, student and second; a further one of the same second has a number', () => {
  const activities = ['actividad-1', 'actividad-3'].map((id) => ({ id, title: '' }));
  expect(bundleName({ ...content, activities })).toBe('act1-act3_12345678_20260314T173405Z.entrega.zip');
  expect(bundleName(content, 2)).toBe('act1_12345678_20260314T173405Z-2.entrega.zip');
});

test('the log of a bundle ends with its hand-in: what came after is cut off, and what the disk did not take is put in', () => {
  const own = chainEvent(run, { at: content.createdAt, kind: 'hand_in', data: { ...seal, clock: '' } });
  const later = chainEvent(own, { at: '2026-03-14T17:35:00.000Z', kind: 'query_progress', data: {} });
  const upToOwn = eventLine(run) + eventLine(own);
  expect(sealedLog(upToOwn + eventLine(later), seal)).toBe(upToOwn);
  const report = verifyChain(sealedLog(eventLine(run), seal));
  expect(report.isWhole && report.events.map(({ kind }) => kind)).toEqual(['cell_started', 'hand_in']);
  expect(verifyChain(sealedLog('', seal))).toMatchObject({ isWhole: true, events: [{ n: 1, kind: 'hand_in' }] });
});
