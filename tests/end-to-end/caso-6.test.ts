import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseNotebook } from '../../main/workspace/notebook-file.ts';
import { describeWith } from '../support/available-parts.ts';
import { seriousFaults, settled } from './page-checks.ts';
import { launchChromium, newPage, pictures, secondStart, serveMarea, type ServedMarea } from './served-marea.ts';

const options = { timeout: 180_000 };

describeWith('chromium', 'Caso 6 in the window, from the first cell to a power cut', (program) => {
  let dataFolder: string;
  let marea: ServedMarea;
  let browser: Browser;
  let page: Page;
  let complaints: string[];

  const console = () => page.getByRole('log');
  const open = async (): Promise<void> => {
    await page.goto(marea.address);
    await page.getByRole('button', { name: 'Abrir Caso 6 · Bolsa' }).click();
    await page.getByText('va recibiendo ficheros JSON').waitFor();
    await page.getByText(/Python (listo|ejecutando)/).waitFor();
  };

  beforeAll(async () => {
    dataFolder = await mkdtemp(join(tmpdir(), 'marea-data-'));
    marea = await serveMarea(dataFolder);
    browser = await launchChromium(program);
    ({ page, complaints } = await newPage(browser));
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await marea?.kill();
    await rm(dataFolder, { recursive: true, force: true, maxRetries: 5 });
  });

  test('the start page offers the activities', options, async () => {
    await page.goto(marea.address);
    await page.getByRole('button', { name: 'Abrir Caso 6 · Bolsa' }).waitFor();
    await page.screenshot({ path: join(pictures, 'start.png') });
    expect(await seriousFaults(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    await settled(page);
    await page.screenshot({ path: join(pictures, 'start-in-the-dark.png') });
    expect(await seriousFaults(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
    expect(page.url()).not.toContain('t=');
  });

  test('running all cells prints batch 0 in the console and draws the chart', options, async () => {
    await open();
    await page.getByRole('button', { name: 'Ejecutar todo' }).click();
    await console().getByText('Batch: 0').waitFor();
    const printed = (await console().innerText()).replaceAll('\u00a0', ' ');
    expect(printed).toContain('|2022-05-09 10:15:00|2022-05-09 10:30:00|    800|   400|');
    await page.getByText(/^4 ventanas\./).waitFor();
    await page.screenshot({ path: join(pictures, 'caso-6-batch-0.png') });
  });

  test('the cell in awaitTermination says that it waits, and its Stop leaves the query running', options, async () => {
    await page.getByText(/Espera a que termine la consulta/).waitFor();
    await page.getByText('Detener acaba la espera; la consulta sigue en marcha.').scrollIntoViewIfNeeded();
    await page.getByRole('button', { name: 'Detener', exact: true }).last().click();
    await page.getByText('Python listo').waitFor();
    expect(await page.getByText(/Consultas \(1\)/).isVisible()).toBe(true);
  });

  test('a file dropped into entrada becomes the next batch, and the chart moves', options, async () => {
    await page.getByRole('button', { name: /Echar/ }).first().click();
    await console().getByText('Batch: 1').waitFor();
    await page.getByText(/^5 ventanas\./).waitFor();
    await page.screenshot({ path: join(pictures, 'caso-6-batch-1.png') });
    expect(await seriousFaults(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    await settled(page);
    await page.screenshot({ path: join(pictures, 'caso-6-dark.png') });
    expect(await seriousFaults(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
  });

  test('the query has its own stop', options, async () => {
    await page.getByText(/Consultas \(1\)/).click();
    await page
      .getByRole('region', { name: 'Observatorio' })
      .getByRole('button', { name: /^Detener la consulta/ })
      .click();
    await expect.poll(() => page.getByText('Ninguna consulta en marcha.').first().isVisible()).toBe(true);
  });

  test('a second start opens the window that runs, and nothing else', options, async () => {
    const { printed, code } = await secondStart(dataFolder);
    expect(code).toBe(0);
    expect(printed).toContain(marea.address);
  });

  test('after kill -9 the notebook, its outputs and the files are as they were', options, async () => {
    await page.getByText(/^Guardado/).waitFor();
    const file = join(dataFolder, 'caso-6', 'caso-6.ipynb');
    await expect
      .poll(
        async () =>
          parseNotebook(await readFile(file, 'utf8')).cells.filter(
            (cell) => cell.cell_type === 'code' && cell.execution_count !== null,
          ).length,
        { timeout: 15_000 },
      )
      .toBe(6);
    const before = parseNotebook(await readFile(file, 'utf8'));
    await marea.kill();
    marea = await serveMarea(dataFolder);
    await open();
    expect(parseNotebook(await readFile(file, 'utf8'))).toEqual(before);
    await page.getByText('|-- CreatedTime: string (nullable = true)').first().waitFor();
    expect(
      (await readdir(join(dataFolder, 'caso-6', 'entrada'))).filter((name) => !name.startsWith('.')).sort(),
    ).toEqual(['bolsa1.json', 'bolsa2.json']);
    await page.screenshot({ path: join(pictures, 'caso-6-after-kill.png') });
  });

  test('the window had nothing to complain about but the cut link', () => {
    expect(complaints.filter((text) => !/WebSocket|ERR_CONNECTION/.test(text))).toEqual([]);
  });
});
