import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sql, sqlString } from '../../engine/core/sql-text.ts';
import { openDatabase } from '../../engine/duckdb/open-database.ts';
import type { EvidenceData, EvidenceRecord } from '../../main/contract/evidence-schema.ts';
import { pngText } from '../../main/workspace/png-text.ts';
import { describeWith } from '../support/available-parts.ts';
import { takeCoursePort } from '../support/course-port.ts';
import { seriousFaults } from './page-checks.ts';
import { pictures } from './served-marea.ts';
import { patience, UnitWindow } from './unit-window.ts';

const options = { timeout: 60_000 };

const query = `palabrasQuery = dfPalabras.groupBy("palabra").count().writeStream.queryName("fijas").format("console").outputMode("complete").start()`;

/** Shows a small picture that Python makes by itself: 240 × 120, a ramp of greys. */
const imageCell = `import struct, zlib
from IPython.display import Image, display
def trozo(tipo, datos):
    return struct.pack(">I", len(datos)) + tipo + datos + struct.pack(">I", zlib.crc32(tipo + datos))
cabecera = trozo(b"IHDR", struct.pack(">IIBBBBB", 240, 120, 8, 0, 0, 0, 0))
puntos = trozo(b"IDAT", zlib.compress((bytes(1) + bytes(range(240))) * 120))
display(Image(data=bytes([137, 80, 78, 71, 13, 10, 26, 10]) + cabecera + puntos + trozo(b"IEND", b"")))`;

describeWith('chromium', 'A learner captures charts, tables, errors and images, and saves them alone', (program) => {
  let window: UnitWindow;
  let giveBack: (() => void) | undefined;
  beforeAll(async () => {
    giveBack = await takeCoursePort();
    window = await UnitWindow.open(program, 'Caso 5 · Ventanas');
  }, 180_000);
  afterAll(async () => {
    await window?.close();
    giveBack?.();
  });

  const folder = (): string => join(window.dataFolder, 'caso-5', 'evidencias');
  const toast = async () => (await window.page.locator('.toasts').innerText()).replaceAll('\u00a0', ' ');
  const names = async (part: string, ending: string): Promise<readonly string[]> =>
    (await readdir(folder()).catch(() => [])).filter((name) => name.includes(part) && name.endsWith(ending)).sort();
  /** Waits for a capture whose name holds these words, and puts its picture among those to be looked at. */
  const kept = async (part: string, picture: string) => {
    await expect.poll(() => names(part, '.json'), patience).not.toEqual([]);
    const [json = ''] = await names(part, '.json');
    const [png = ''] = await names(part, '.png');
    await writeFile(join(pictures, `${picture}.png`), await readFile(join(folder(), png)));
    return JSON.parse(await readFile(join(folder(), json), 'utf8')) as {
      readonly item: EvidenceRecord;
      readonly data: EvidenceData;
    };
  };
  const downloaded = async (button: RegExp | string): Promise<{ readonly name: string; readonly bytes: Buffer }> => {
    const [download] = await Promise.all([
      window.page.waitForEvent('download'),
      window.page.getByRole('button', { name: button }).first().click(),
    ]);
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
  };
  const activity = () => window.page.getByRole('listitem', { name: /^Actividad 1/ });

  test('a chart is captured as a drawing of its own, by its button and by the keyboard', options, async () => {
    await window.show('netcat');
    await window.tray.getByRole('button', { name: 'Abrir el puerto' }).click();
    for (const id of ['caso5-sesion', 'caso5-lectura', 'caso5-palabras']) await window.run(id);
    await window.type('caso5-fija', query);
    await window.run('caso5-fija');
    await expect.poll(() => window.console(), patience).toMatch(/Batch: 0/);
    for (const line of ['Hola Hola Mundo', 'Hola']) {
      await window.say(line);
      await expect.poll(() => window.console(), patience).toMatch(line === 'Hola' ? /\| *Hola\| *3\|/ : /Mundo/);
    }
    const chart = window.page.getByRole('article', { name: 'Filas por lote' });
    await chart.getByText('3 lotes, 2 filas leídas.').waitFor();
    await chart.getByRole('button', { name: 'Capturar la gráfica «Filas por lote»' }).click();
    const dialog = window.page.getByRole('dialog');
    await dialog.getByLabel('Nombre y apellidos').fill('Ana Pérez Soler');
    await dialog.getByLabel('NIA').fill('10203040');
    await dialog.getByRole('button', { name: 'Guardar y capturar' }).click();
    const { item, data } = await kept('01-grafica-filas-por-lote', 'evidence-chart');
    expect(item).toMatchObject({ kind: 'chart', evidence: null, source: { query: 'fijas', batch: 2 } });
    expect(data.tables[0]).toMatchObject({ batch: 2, columns: ['Lote', 'Filas leídas'] });
    expect(data.figure?.points.map(({ values }) => values[0])).toEqual([0, 1, 1]);
    await chart.getByRole('button', { name: 'Ver tabla' }).focus();
    await window.page.keyboard.press('Control+Shift+E');
    await chart.getByText('Capturado').waitFor();
    expect(await names('grafica-filas-por-lote', '.png')).toHaveLength(2);
  });

  test('a table of a file is captured from its dialog', options, async () => {
    await writeParquet(join(window.dataFolder, 'caso-5', 'entrada', 'filas.parquet'));
    await window.page.locator('.file-leaf').filter({ hasText: 'filas.parquet' }).click();
    await window.page.getByRole('dialog').getByRole('button', { name: 'Capturar la tabla filas.parquet' }).focus();
    await window.page.keyboard.press('Control+Shift+E');
    const { item, data } = await kept('tabla-filas-parquet', 'evidence-table');
    expect(item).toMatchObject({ kind: 'table', evidence: null, title: 'Tabla · filas.parquet' });
    expect(data.tables).toEqual([{ batch: null, columns: ['palabra', 'veces'], rows: [['Hola', '3']] }]);
    expect(data.text).toContain('caso-5/entrada/filas.parquet: 1 fila.');
    await window.page.getByRole('dialog').getByText('Capturado').waitFor();
    await window.look('evidence-table-dialog');
    await window.page.keyboard.press('Escape');
  });

  test('an error is captured with its name and its traceback', options, async () => {
    await window.type('caso5-parada', 'dfPalabras.select("nada")');
    await window.run('caso5-parada');
    await window.cell('caso5-parada').getByRole('button', { name: 'Capturar el error AnalysisException' }).click();
    const { item, data } = await kept('salida-analysisexception', 'evidence-error');
    expect(item).toMatchObject({ kind: 'output', source: { cell: 'caso5-parada' } });
    expect(data.text).toMatch(/^AnalysisException: /);
    expect(data.text).toContain('UNRESOLVED_COLUMN');
    expect(data.text).not.toContain('\u001b');
    await window.look('evidence-error-cell');
  });

  test('an image that a cell shows stands in the picture, and its hash in the data', options, async () => {
    await window.type('caso5-deslizante', imageCell);
    await window.run('caso5-deslizante');
    const cell = window.cell('caso5-deslizante');
    await cell.locator('.output-image').hover();
    await window.look('evidence-image-cell');
    await cell.getByRole('button', { name: 'Capturar esta imagen' }).click();
    const { data } = await kept('05-salida', 'evidence-image');
    const shown = (await cell.locator('.output-image').getAttribute('src')) ?? '';
    const bytes = Buffer.from(shown.split(',')[1] ?? '', 'base64');
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(data.image).toEqual({ sha256, width: 240, height: 120 });
    expect(data.text).toContain('Image object');
  });

  test('a capture is saved alone, as PNG with its provenance and as SVG that needs nothing else', options, async () => {
    await window.page.locator('.bar-brand').click();
    await window.page.getByRole('button', { name: /^Evaluables/ }).click();
    const png = await downloaded('Guardar 01-grafica-filas-por-lote como PNG');
    expect(png.name).toBe('caso-5-01-grafica-filas-por-lote.png');
    expect(pngText(png.bytes, 'Marea')).toContain('"kind":"chart"');
    for (const [id, words] of [
      ['01-grafica-filas-por-lote', 'Filas leídas'],
      ['04-salida-analysisexception', 'UNRESOLVED_COLUMN'],
      ['05-salida', 'Image object'],
    ] as const) {
      const { name, bytes } = await downloaded(`Guardar ${id} como SVG`);
      await writeFile(join(pictures, name), bytes);
      const svg = bytes.toString();
      expect(svg).not.toMatch(/<script|foreignObject|<[^>]*\son\w+=|(?:href|src)="(?!data:)|url\((?!data:|#)/i);
      const read = await window.page.evaluate<{
        readonly fault: boolean;
        readonly title: string;
        readonly desc: string;
      }>(
        `(() => {
          const page = new DOMParser().parseFromString(${JSON.stringify(svg)}, 'image/svg+xml');
          const text = (name) => page.querySelector('svg > ' + name)?.textContent ?? '';
          return { fault: page.querySelector('parsererror') !== null, title: text('title'), desc: text('desc') };
        })()`,
      );
      expect(read.fault).toBe(false);
      expect(read.title).toMatch(/^(Gráfica|Salida)/);
      expect(read.desc).toContain(words);
      expect(read.desc).toContain('Ana Pérez Soler · 10203040');
    }
  });

  test('an image from outside is kept as pixels, marked, and ticks nothing', options, async () => {
    await activity().getByRole('button', { name: 'Añadir imagen de fuera…' }).click();
    const dialog = window.page.getByRole('dialog');
    const choose = (name: string, buffer: Buffer) =>
      dialog.locator('input[type=file]').setInputFiles({ name, mimeType: 'image/png', buffer });
    await choose('falsa.png', Buffer.from('<svg onload="alert(1)"/>'));
    await dialog.getByText('No es PNG ni JPEG').waitFor();
    await choose('rota.png', Buffer.from('\x89PNG\r\n\x1a\nrota', 'latin1'));
    await dialog.getByText('La imagen está dañada').waitFor();
    await choose('grande.png', Buffer.alloc(5_000_001));
    await dialog.getByText('Pasa de 5 MB').waitFor();
    await choose('pizarra del día.jpg', await jpegOf(window));
    await dialog.getByText('Imagen elegida: pizarra del día').waitFor();
    await dialog.getByRole('button', { name: 'Añadir', exact: true }).click();
    await dialog.getByText('Escribe qué se ve').waitFor();
    await dialog.getByLabel('Qué se ve en la imagen').fill('La pizarra con las ventanas de tres minutos');
    await window.look('evidence-outside-dialog');
    expect(await seriousFaults(window.page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Añadir', exact: true }).click();
    const { item, data } = await kept('imagen-de-fuera-pizarra-del-dia', 'evidence-outside');
    expect(item).toMatchObject({ kind: 'outside', evidence: null });
    expect(data).toMatchObject({
      text: 'La pizarra con las ventanas de tres minutos',
      image: { width: 600, height: 300 },
    });
    await expect.poll(toast, patience).toContain('no cumple por sí sola ninguna evidencia');
    await expect.poll(() => activity().innerText(), patience).toContain('sin procedencia');
    expect(await activity().innerText()).toContain('0 de 3');
  });

  test('the screen is captured with the browser’s own dialog, and a refusal says what to do', options, async () => {
    const take = activity().getByRole('button', { name: 'Capturar la pantalla…' });
    const answerWith = (answer: string) => window.page.evaluate(`navigator.mediaDevices.getDisplayMedia = ${answer}`);
    await answerWith(`() => Promise.reject(new DOMException('no', 'NotAllowedError'))`);
    await take.click();
    await expect.poll(toast, patience).toContain('hay que elegir qué se comparte y aceptar');
    await answerWith('undefined');
    await take.click();
    await expect.poll(toast, patience).toContain('Este navegador no sabe capturar la pantalla');
    await answerWith(`async () => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 1366, height: 768 });
      const context = canvas.getContext('2d');
      context.fillStyle = '#0b6e7f';
      setInterval(() => context.fillRect(0, 0, 1366, 768), 50);
      const stream = canvas.captureStream(20);
      globalThis.sharedTracks = stream.getTracks();
      return stream;
    }`);
    await take.click();
    const { item, data } = await kept('captura-de-pantalla', 'evidence-screen');
    expect(item).toMatchObject({ kind: 'window', evidence: null });
    expect(data.image).toMatchObject({ width: 1366, height: 768 });
    expect(await window.page.evaluate('sharedTracks.map((track) => track.readyState)')).toEqual(['ended']);
    await window.look('evidence-kinds-list');
    expect(await seriousFaults(window.page)).toEqual([]);
  });

  test('the window had nothing to complain about', () => {
    expect(window.complaints).toEqual([]);
  });
});

async function writeParquet(path: string): Promise<void> {
  const database = await openDatabase({ path: ':memory:', threads: 1, scalars: [] });
  const connection = await database.connect();
  await connection.run(sql`COPY (SELECT 'Hola' AS palabra, 3 AS veces) TO ${sqlString(path)} (FORMAT parquet)`);
  await database.close();
}

const jpegOf = async (window: UnitWindow): Promise<Buffer> =>
  Buffer.from(
    await window.page.evaluate<string>(
      `(() => {
        const canvas = Object.assign(document.createElement('canvas'), { width: 600, height: 300 });
        const context = canvas.getContext('2d');
        context.fillStyle = '#245';
        context.fillRect(0, 0, 600, 300);
        context.fillStyle = '#fff';
        context.font = '40px sans-serif';
        context.fillText('La pizarra', 60, 160);
        return canvas.toDataURL('image/jpeg').split(',')[1];
      })()`,
    ),
    'base64',
  );
