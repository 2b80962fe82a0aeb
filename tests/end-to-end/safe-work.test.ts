import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseNotebook } from '../../main/workspace/notebook-file.ts';
import { describeWith } from '../support/available-parts.ts';
import { seriousFaults } from './page-checks.ts';
import { launchChromium, newPage, pictures, serveMarea, type ServedMarea } from './served-marea.ts';

const options = { timeout: 120_000 };

describeWith('chromium', 'what a learner writes is kept as it was written', (program) => {
  let dataFolder: string;
  let marea: ServedMarea;
  let browser: Browser;
  let page: Page;
  let complaints: string[];

  const open = async (on: Page): Promise<void> => {
    await on.goto(marea.address);
    await on.getByRole('button', { name: 'Abrir Caso 6 · Bolsa' }).click();
    await on.getByText('va recibiendo ficheros JSON').waitFor();
    await on.getByText('Python listo').waitFor();
  };
  /** Adds a cell above the first one, types into it, and leaves the cursor there. */
  const typeInNewCell = async (on: Page, text: string): Promise<void> => {
    await on.getByText('va recibiendo ficheros JSON').click();
    await on.keyboard.press('Escape');
    await on.keyboard.press('a');
    await on.keyboard.press('Enter');
    await on.keyboard.type(text);
  };
  const file = () => join(dataFolder, 'caso-6', 'caso-6.ipynb');
  const savedCells = async () => parseNotebook(await readFile(file(), 'utf8')).cells;
  const savedSources = async () => (await savedCells()).map((cell) => cell.source);
  const savedText = async () =>
    (await savedCells())
      .flatMap((cell) => (cell.cell_type === 'code' ? cell.outputs : []))
      .map((output) => ('text' in output ? output.text : ''))
      .join('');

  beforeAll(async () => {
    dataFolder = await mkdtemp(join(tmpdir(), 'marea-data-'));
    marea = await serveMarea(dataFolder);
    browser = await launchChromium(program);
    ({ page, complaints } = await newPage(browser));
    await open(page);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await marea?.kill();
    await rm(dataFolder, { recursive: true, force: true, maxRetries: 5 });
  });

  test('typed spaces reach Python and the file as spaces, indents and runs of them included', options, async () => {
    await typeInNewCell(page, 'if True:\nprint(ascii("a  b   c "))');
    await page.keyboard.press('Control+Enter');
    await expect.poll(savedText, { timeout: 15_000 }).toContain("'a  b   c '\n");
    expect((await savedSources())[0]).toBe('if True:\n    print(ascii("a  b   c "))');
  });

  test('a crash of Python is told, and takes neither notebook nor outputs', options, async () => {
    await typeInNewCell(page, 'import os; os._exit(1)');
    await page.keyboard.press('Control+Enter');
    await page.getByText('Python listo').waitFor();
    await page.getByText('Python se ha parado mientras ejecutaba esta celda').waitFor();
    await page.getByText('Python se está reiniciando.').waitFor({ state: 'hidden' });
    expect(await page.getByText("'a  b   c '").isVisible()).toBe(true);
    await typeInNewCell(page, 'print("vuelve", 6 * 7)');
    await page.keyboard.press('Control+Enter');
    await expect.poll(savedText, { timeout: 15_000 }).toContain('vuelve 42\n');
    expect(await savedText()).toContain("'a  b   c '\n");
    expect((await savedSources())[1]).toBe('import os; os._exit(1)');
    await page.screenshot({ path: join(pictures, 'python-crash.png') });
  });

  test('a tab with nothing unsaved follows what the other one saves', options, async () => {
    const other = await page.context().newPage();
    await open(other);
    await typeInNewCell(page, 'primera = 1');
    await other.getByText('primera = 1').waitFor();
    expect(await other.getByText('Otra ventana ha guardado este cuaderno.').isVisible()).toBe(false);
    await other.close();
  });

  test(
    'two tabs with unsaved text never overwrite each other: the later one says so and keeps its own',
    options,
    async () => {
      const other = await page.context().newPage();
      // News of the first tab's save reach this one only after it has written something of its own.
      await other.routeWebSocket(/\/link$/, (socket) => {
        const host = socket.connectToServer();
        host.onMessage((frame) => {
          if (!String(frame).includes('"notebook.saved"')) socket.send(frame);
        });
      });
      await open(other);
      await typeInNewCell(page, 'segunda = 2');
      await expect.poll(savedSources, { timeout: 15_000 }).toContain('segunda = 2');
      const kept = await readFile(file(), 'utf8');

      await other.bringToFront();
      await typeInNewCell(other, 'tercera = 3');
      await other.getByText('Otra ventana ha guardado este cuaderno.').waitFor();
      expect(await seriousFaults(other)).toEqual([]);
      await other.screenshot({ path: join(pictures, 'two-tabs.png') });
      expect(await readFile(file(), 'utf8')).toBe(kept);

      await other.getByRole('button', { name: 'Guardar la mía como copia' }).click();
      const copy = join(dataFolder, 'caso-6', 'caso-6 (copia).ipynb');
      await expect.poll(() => readFile(copy, 'utf8').catch(() => ''), { timeout: 15_000 }).toContain('tercera = 3');
      expect(await readFile(file(), 'utf8')).toBe(kept);
      await other.close();
    },
  );

  test('a file changed by another program is not overwritten either', options, async () => {
    await page.bringToFront();
    const outside = (await readFile(file(), 'utf8')).replace('primera = 1', 'desde_jupyter = 1');
    await writeFile(file(), outside);
    await typeInNewCell(page, 'cuarta = 4');
    await page.getByText('Otra ventana ha guardado este cuaderno.').waitFor();
    expect(await readFile(file(), 'utf8')).toBe(outside);
    await page.getByRole('button', { name: 'Ver la otra versión' }).click();
    await page.getByText('desde_jupyter').waitFor();
  });

  test('the windows had nothing to complain about', () => {
    expect(complaints).toEqual([]);
  });
});
