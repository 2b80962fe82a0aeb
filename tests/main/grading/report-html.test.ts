import { expect, test } from 'vitest';
import type { CellOutput } from '../../../main/contract/notebook-schema.ts';
import type { HandIn } from '../../../main/grading/bundle-schema.ts';
import { reportHtml } from '../../../main/grading/report-html.ts';
import { greyPng } from '../workspace/evidence-fixture.ts';

const attack = '"><script>alert(1)</script><img src="https://example.com/p.png" onerror=alert(1)>';

function reportOf(source: string, ...outputs: readonly CellOutput[]): string {
  const cells = [
    { cell_type: 'markdown', metadata: {}, source },
    { cell_type: 'code', metadata: {}, source, execution_count: 1, outputs },
  ];
  const handIn: HandIn = {
    v: 1,
    marea: '0.1.0',
    createdAt: '2026-11-25T10:00:00.000Z',
    student: { name: attack.slice(0, 80), nia: '1' },
    activities: [{ id: 'actividad-1', title: attack }],
    clock: 'real',
    notebooks: [{ unit: 'caso-5', title: attack, path: 'caso-5.ipynb', sha256: '0'.repeat(64) }],
    evidence: [],
    required: [{ activity: 'actividad-1', evidence: 'fijas', title: attack, isThere: false }],
    checks: [{ unit: 'caso-5', id: 'x', title: attack, passed: false, message: attack }],
    logHead: null,
  };
  const text = JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells });
  return reportHtml(handIn, new Map([['caso-5.ipynb', Buffer.from(text)]]));
}

const shown = (data: Record<string, unknown>): CellOutput => ({ output_type: 'display_data', data, metadata: {} });
const dangers = /<script|<iframe|<svg|<link|src="(?!data:image\/png)|href=|<[^>]*\son\w+=/i;

test('nothing that a hand-in or a notebook says is markup of the report', () => {
  const report = reportOf(
    attack,
    shown({ 'text/html': attack, 'text/plain': attack }),
    shown({ 'image/svg+xml': '<svg onload=alert(1)>' }),
    { output_type: 'stream', name: 'stdout', text: attack },
    { output_type: 'error', ename: attack, evalue: attack, traceback: [attack] },
  );
  expect(report).not.toMatch(dangers);
  expect(report).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
});

test('a whole picture is drawn; a damaged one is told, with its text', () => {
  const png = greyPng(3, 3);
  expect(reportOf('', shown({ 'image/png': png.toString('base64') }))).toContain(
    `src="data:image/png;base64,${png.toString('base64')}"`,
  );
  const damaged = png.subarray(0, 40).toString('base64');
  const report = reportOf('', shown({ 'image/png': damaged, 'text/plain': '<Figura>' }));
  expect(report).not.toContain('<img');
  expect(report).toContain('La imagen está dañada y no se dibuja.');
  expect(report).toContain('&lt;Figura&gt;');
});
