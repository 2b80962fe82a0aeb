import { describe, expect, test } from 'vitest';
import { contentNotes } from '../../../main/grading/content-notes.ts';
import { greyPng } from '../workspace/evidence-fixture.ts';

type Content = string | Uint8Array;
const notesOf = (files: Readonly<Record<string, Content>>) =>
  contentNotes(new Map(Object.entries(files).map(([path, content]) => [path, Buffer.from(content)])));

const notebook = (...cells: readonly object[]) =>
  JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells });
const text = (source: string, attachments = {}) => ({ cell_type: 'markdown', metadata: {}, source, attachments });
const output = (data: object) => ({
  cell_type: 'code',
  metadata: {},
  source: '',
  execution_count: 1,
  outputs: [{ output_type: 'display_data', data, metadata: {} }],
});
const noteOf = (cell: object) => notesOf({ 'a.ipynb': notebook(cell) });

const scripts = ['«a.ipynb» lleva HTML con scripts: no se ejecuta nada.'];
const remote = ['«a.ipynb» pide imágenes u otras cosas de fuera: no se piden.'];

describe('a notebook', () => {
  test.each([
    ['a script in Markdown', text('Hola <SCRIPT src="x.js"></SCRIPT>')],
    ['a script in an output', output({ 'text/html': ['<p>', '<script>alert(1)</script>'] })],
    ['a handler in an output', output({ 'text/html': '<img alt=x\nonerror = alert(1)>' })],
    ['a handler in a drawing', output({ 'image/svg+xml': '<svg/onload=alert(1)>' })],
    ['a link that is a script', text('[x](javascript:alert(1))')],
    ['a frame', text('<iframe srcdoc="x">')],
    ['an output that is a script', output({ 'application/javascript': 'alert(1)' })],
    ['a script in an attachment', text('x', { 'a.svg': { 'image/svg+xml': '<svg><script/></svg>' } })],
  ])('%s is told, and does not run', (_, cell) => {
    expect(noteOf(cell)).toEqual(scripts);
  });

  test.each([
    ['a remote picture in Markdown', text('![x](https://example.com/p.png)')],
    ['one by reference', text('![x][y]\n\n[y]: http://example.com/p.png')],
    ['one without a scheme', text('<img width=1 src="//example.com/p">')],
    ['one of an output', output({ 'text/html': "<IMG SRC='http://example.com/p'>" })],
    ['one of a drawing', output({ 'image/svg+xml': '<svg><image xlink:href="http://example.com/p"/></svg>' })],
    ['one of a style', output({ 'text/html': '<p style="background: url( http://example.com/p )">' })],
  ])('%s is told, and not asked for', (_, cell) => {
    expect(noteOf(cell)).toEqual(remote);
  });

  test.each([
    ['a table of pandas', output({ 'text/html': '<table border="1"><tr><td>1</td></tr></table>' })],
    ['a figure', output({ 'image/png': greyPng(2, 2).toString('base64'), 'text/plain': '<Figure>' })],
    ['prose with links', text('Mira [Spark](https://spark.apache.org) y `onset = 3`; si a < b, button on = 1.')],
    [
      'a picture that travels with it',
      text('![x](attachment:a.png)', { 'a.png': { 'image/png': greyPng(1, 1).toString('base64') } }),
    ],
    ['code that writes HTML', { cell_type: 'code', metadata: {}, source: 'print("<script>")', outputs: [] }],
  ])('%s is nothing to tell of', (_, cell) => {
    expect(noteOf(cell)).toEqual([]);
  });

  test('a picture in it that is none is told', () => {
    const broken = greyPng(2, 2).subarray(0, 40).toString('base64');
    expect(noteOf(output({ 'image/png': broken }))).toEqual([
      '«a.ipynb» no es un PNG correcto: está cortado; no se dibuja.',
    ]);
  });

  test('that cannot be read is told with its reason', () => {
    expect(notesOf({ 'a.ipynb': '{"nbformat":', 'b.ipynb': '[]', 'c.ipynb': '['.repeat(1_000_000) })).toEqual([
      '«a.ipynb» no se puede leer como cuaderno. El fichero no contiene JSON válido.',
      '«b.ipynb» no se puede leer como cuaderno. El fichero no es un cuaderno de Jupyter (nbformat 4).',
      '«c.ipynb» no se puede leer como cuaderno. Los datos están anidados a una profundidad imposible.',
    ]);
  });

  test('made to be slow is looked through all the same', () => {
    const pieces = ['<a', '![', '<img ', '[x]:', '<p on', '<a "onload ', '](', 'url(', ' '];
    const begin = performance.now();
    for (const piece of pieces) expect(noteOf(text(piece.repeat(1_000_000 / piece.length)))).toEqual([]);
    expect(performance.now() - begin).toBeLessThan(4_000);
  });
});

describe('another file', () => {
  test('of data that is no JSON, or nests without end, is told', () => {
    expect(notesOf({ 'a.json': '{', 'b.json': '['.repeat(100_000), 'c.json': '{}' })).toEqual([
      '«a.json» no es JSON correcto: no se lee.',
      '«b.json» anida datos sin medida: no se lee.',
    ]);
  });

  test('that is no PNG is told with what is wrong, and a whole one is not', () => {
    const png = greyPng(4, 4);
    const files = {
      'a.png': png,
      'b.PNG': '<svg onload=alert(1)>',
      'c.png': Buffer.concat([png, Buffer.from('<script>')]),
    };
    expect(notesOf(files)).toEqual([
      '«b.PNG» no es un PNG correcto: otra firma; no se dibuja.',
      '«c.png» no es un PNG correcto: lleva algo detrás del final; no se dibuja.',
    ]);
  });

  test('that is a page, a program or a zip is told', () => {
    const page = '«x.html» es una página que Marea no pone en una entrega: no se abre.';
    expect(
      notesOf({ 'x.html': '<p>', 'y.SVG': '<svg onload=alert(1)>', 'z.lnk': '', 'w.zip': '', 'LEEME.txt': '<script>' }),
    ).toEqual([
      page,
      '«y.SVG» es una página que Marea no pone en una entrega: no se abre.',
      '«y.SVG» lleva HTML con scripts: no se ejecuta nada.',
      '«z.lnk» es un programa: no se ejecuta.',
      '«w.zip» es un zip dentro de la entrega: no se abre.',
    ]);
  });

  test('the report is told only when it holds what no report of Marea holds', () => {
    expect(notesOf({ 'informe.html': '<!doctype html><p>Hola' })).toEqual([]);
    expect(notesOf({ 'informe.html': '<script>alert(1)</script><img src="https://example.com/p">' })).toEqual([
      '«informe.html» lleva HTML con scripts: no se ejecuta nada.',
      '«informe.html» pide imágenes u otras cosas de fuera: no se piden.',
    ]);
  });

  test('a thousand of them are not told one by one', () => {
    const many = Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`${at}.js`, '']));
    expect(notesOf(many)).toHaveLength(101);
    expect(notesOf(many).at(-1)).toBe('Y 900 avisos más.');
  });
});
