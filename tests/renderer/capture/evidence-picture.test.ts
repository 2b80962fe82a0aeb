import { expect, test } from 'vitest';
import type { EvidenceItem } from '../../../main/contract/evidence-schema.ts';
import { consoleTables } from '../../../main/workspace/console-tables.ts';
import { evidencePicture, type PictureContent } from '../../../renderer/capture/evidence-picture.ts';
import { gridText } from '../../../renderer/capture/grid-text.ts';
import { longestLine, mostLines, shownLines } from '../../../renderer/capture/shown-lines.ts';
import { es } from '../../../renderer/text/es.ts';

const item: EvidenceItem = {
  id: '03-consola-fijas',
  title: 'Consola de las <ventanas>',
  activity: 'actividad-1',
  evidence: 'consola-fijas',
  kind: 'console',
  source: {
    notebook: 'caso-5/caso-5.ipynb',
    unit: 'caso-5',
    cell: 'c',
    query: 'palabras',
    runId: 'r',
    batch: 4,
    watermark: '2026-03-02T10:59:00.000Z',
  },
  clock: { at: '2026-03-02T11:00:07.000Z', mode: 'virtual' },
  student: { name: 'Ana & Eva', nia: '10203040' },
  codeHash: null,
  dataHash: '0'.repeat(64),
  shortHash: '4f2a91c0',
};
const draw = (text: string, part: Partial<EvidenceItem> = {}, shown: Partial<PictureContent> = {}) =>
  evidencePicture(
    {
      item: { ...item, ...part },
      text,
      figure: null,
      image: null,
      alternative: `alternative of ${text}`,
      version: '1.0',
      fonts: '/*fonts*/',
      ...shown,
    },
    es.picture,
  );
const parsed = (svg: string): Document => new DOMParser().parseFromString(svg, 'image/svg+xml');

test('the picture is well-formed and its foot says whose it is and where it comes from', () => {
  const { svg, width, height } = draw('a<b & "c"\u0001\ud800\n');
  expect(parsed(svg).querySelector('parsererror')).toBeNull();
  for (const text of [
    'Consola de las &lt;ventanas&gt;',
    'Consola de Spark · consulta palabras · lote 4',
    'Ana &amp; Eva · 10203040',
    'Actividad 1, evidencia 03',
    'Lote 4 · marca de agua 02/03/2026',
    'Reloj virtual 02/03/2026, 12:00:07',
    'Marea 1.0 · 4f2a91c0',
    'a&lt;b &amp; "c"\ufffd\ufffd',
    '/*fonts*/',
  ])
    expect(svg).toContain(text);
  expect(svg).not.toMatch(/href|foreignObject|<script/);
  expect([width, height]).toEqual([900, 218]);
});

test('a wide table widens the picture, and spaces stay', () => {
  const { svg, width } = draw(`|${' '.repeat(150)}|\n`);
  expect(width).toBeGreaterThan(1_200);
  expect(svg).toContain(`|${' '.repeat(150)}|`);
});

test('a capture for no evidence is called a capture, and of no activity nothing is said', () => {
  expect(draw('x', { evidence: null }).svg).toContain('Actividad 1, captura 03');
  expect(draw('x', { evidence: null, activity: null }).svg).not.toContain('captura');
});

test('long outputs are cut with a line that counts the rest', () => {
  const rows = Array.from({ length: 100 }, (_, n) => [String(n)]);
  const lines = shownLines(gridText(['n'], rows), es.picture);
  expect(lines).toHaveLength(mostLines);
  expect(lines.at(-1)).toBe('… y 56 filas más');
  const text = Array.from({ length: 60 }, (_, n) => `line ${n}`).join('\n');
  expect(shownLines(text, es.picture).at(-1)).toBe('… y 13 líneas más');
  expect(shownLines('x'.repeat(500), es.picture)[0]).toHaveLength(longestLine);
  expect(shownLines('\n\na\tb\n\n', es.picture)).toEqual(['a       b']);
});

test('who cannot see the picture has its title and its text', () => {
  const { svg } = draw('</desc><script>');
  expect(svg).toContain('<title id="t">Consola de las &lt;ventanas&gt;</title>');
  expect(svg).toContain('<desc id="d">alternative of &lt;/desc&gt;&lt;script&gt;</desc>');
});

test('an image stands in the picture at its size, a large one at two pixels for one, and from outside it is marked', () => {
  const image = (width: number, height: number) => ({ address: 'data:image/png;base64,eA==', width, height });
  expect(draw('figure', { kind: 'output' }, { image: image(640, 480) }).svg).toContain('width="640" height="480"');
  const outside = draw('La pizarra', { kind: 'outside' }, { image: image(2_000, 1_000) });
  expect(outside.svg).toContain('width="1000" height="500" href="data:image/png;base64,eA=="');
  expect(outside.width).toBe(1_092);
  expect(outside.svg).toContain('Imagen de fuera, sin procedencia');
  expect(outside.svg).toContain('Marea no sabe de dónde sale esta imagen. La pizarra');
});

test('a grid is read back as the table it was, with bars and line breaks in its values', () => {
  const [table] = consoleTables(
    gridText(
      ['key', 'value'],
      [
        ['a|b', '{"x":\n 1}'],
        ['', 'long value'],
      ],
    ),
  );
  expect(table).toEqual({
    batch: null,
    columns: ['key', 'value'],
    rows: [
      ['a|b', '{"x": 1}'],
      ['', 'long value'],
    ],
  });
});
