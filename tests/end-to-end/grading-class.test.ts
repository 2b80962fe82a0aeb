import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWith } from '../support/available-parts.ts';
import { moodleZip } from '../support/class/moodle-zip.ts';
import { solutionPack } from '../support/class/solution-pack.ts';
import { thirtyHandIns, type HandedIn } from '../support/class/thirty-hand-ins.ts';
import { launchChromium, newPage, pictures, serveMarea, type ServedMarea } from './served-marea.ts';
import { patience } from './unit-window.ts';

const options = { timeout: 300_000 };
const comparing = { timeout: 280_000, interval: 500 };
const verdictWords = { reproduces: 'Se reproduce', differs: 'Difiere', cannot_run: 'No se puede ejecutar' } as const;
const integrityWords = { whole: 'Coincide', altered: 'No coincide', unreadable: 'No se abre' } as const;

describeWith('chromium', 'A class of thirty in the teacher’s table', (program) => {
  let folder: string;
  let handIns: readonly HandedIn[];
  let marea: ServedMarea;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'marea-class-'));
    handIns = await thirtyHandIns();
    await writeFile(join(folder, 'entregas.zip'), moodleZip(handIns));
    await writeFile(join(folder, 'referencia.zip'), solutionPack());
    marea = await serveMarea(join(folder, 'datos'));
    browser = await launchChromium(program);
    ({ page } = await newPage(browser));
    await page.goto(marea.address);
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await marea?.kill();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  test('each row has its integrity, its verdict and its points', options, async () => {
    await page.getByRole('button', { name: 'Corregir entregas' }).click();
    await page.getByLabel('Zip de la referencia').setInputFiles(join(folder, 'referencia.zip'));
    await page.getByText(/9 criterios/).waitFor();
    await page.getByLabel('Ficheros de entregas').setInputFiles(join(folder, 'entregas.zip'));
    await expect.poll(() => page.locator('.grading-open').count(), patience).toBe(handIns.length);
    await page.getByRole('button', { name: 'Comparar todas' }).click();
    const table = page.getByRole('table', { name: 'Tabla de entregas' });
    const waiting = () => table.getByText(/Sin comparar|En espera|Ejecutando/).count();
    await expect.poll(waiting, comparing).toBe(0);
    await page.screenshot({ path: join(pictures, 'grading-class.png'), fullPage: true });
    const rows = await table.getByRole('row').allInnerTexts();
    for (const { what, student, verify, verdict } of handIns) {
      const row = rows.find((text) => text.includes(verify === 'unreadable' ? student.nia : student.name)) ?? '';
      expect.soft([what, row]).toEqual([what, expect.stringContaining(integrityWords[verify])]);
      expect.soft([what, row]).toEqual([what, expect.stringContaining(verdict === null ? '' : verdictWords[verdict])]);
    }
  });
});
