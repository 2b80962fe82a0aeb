import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync, zipSync } from 'fflate';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writePack } from '../../main/grading/write-pack.ts';
import { altered, bundleOf, windowWithCapture } from '../main/grading/hand-in-fixture.ts';
import { packContent } from '../main/grading/pack-fixture.ts';
import { describeWith } from '../support/available-parts.ts';
import { seriousFaults } from './page-checks.ts';
import { launchChromium, newPage, pictures, serveMarea, type ServedMarea } from './served-marea.ts';
import { patience } from './unit-window.ts';

const options = { timeout: 60_000 };

/** The files that a teacher has: the pack, two hand-ins of two students, and the download of Moodle. */
async function teachersFiles(folder: string): Promise<void> {
  const student = await windowWithCapture();
  const bundle = await bundleOf(student);
  await student.close();
  const changed = altered(bundle, { 'caso-5.ipynb': (text) => text.replace('hola', 'adiós') });
  const moodle = {
    'Ana Ñíguez_101_assignsubmission_file_/act1.entrega.zip': bundle,
    'Carlos Paz_103_assignsubmission_file_/trabajo.zip': Buffer.from('no es un zip'),
    'Eva Gil_104_assignsubmission_file_/act1.entrega.zip': altered(bundle, { 'LEEME.txt': () => 'otra cosa' }),
  };
  const pack = writePack(packContent);
  await writeFile(join(folder, 'marea-referencia-0.1.0.zip'), pack);
  for (const [path, bytes] of Object.entries(unzipSync(pack))) {
    const target = join(folder, 'marea-referencia-0.1.0', path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, bytes);
  }
  await writeFile(join(folder, 'ana.entrega.zip'), bundle);
  await writeFile(join(folder, 'berta.entrega.zip'), changed);
  await writeFile(join(folder, 'moodle.zip'), zipSync(moodle));
}

describeWith('chromium', 'A teacher opens, checks and compares hand-ins', (program) => {
  let [dataFolder, folder] = ['', ''];
  let marea: ServedMarea;
  let browser: Browser;
  let page: Page;
  let complaints: readonly string[];
  beforeAll(async () => {
    dataFolder = await mkdtemp(join(tmpdir(), 'marea-data-'));
    folder = await mkdtemp(join(tmpdir(), 'marea-teacher-'));
    await teachersFiles(folder);
    marea = await serveMarea(dataFolder);
    browser = await launchChromium(program);
    ({ page, complaints } = await newPage(browser));
    await page.goto(marea.address);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await marea?.kill();
    for (const each of [dataFolder, folder]) await rm(each, { recursive: true, force: true, maxRetries: 5 });
  });

  const look = (name: string) => page.screenshot({ path: join(pictures, `${name}.png`) });
  const pick = (label: string, ...names: readonly string[]) =>
    page.getByLabel(label).setInputFiles(names.map((name) => join(folder, name)));
  const students = () => page.locator('.grading-open').allInnerTexts();

  test('from the start page; with nothing open the page says what to do', options, async () => {
    await page.getByRole('button', { name: 'Corregir entregas' }).click();
    await page.getByText('Todavía no hay entregas.').waitFor();
    await look('grading-empty');
    expect(await seriousFaults(page)).toEqual([]);
  });

  test(
    'loads the reference, changes the points of a criterion, and both are there after a reload',
    options,
    async () => {
      await pick('Zip de la referencia', 'marea-referencia-0.1.0.zip');
      await page.getByText('3 criterios · 1 punto en total').waitFor();
      await page.getByRole('button', { name: 'Quitar la referencia' }).click();
      await page.getByText('Sin referencia se comprueba la integridad').waitFor();
      await page.getByLabel('Carpeta de la referencia').setInputFiles(join(folder, 'marea-referencia-0.1.0'));
      await page.getByText('3 criterios · 1 punto en total').waitFor();
      await page.getByRole('button', { name: 'Criterios y puntos' }).click();
      await page.getByLabel('Puntos de «El criterio fijas»').fill('0,8');
      await page.keyboard.press('Enter');
      await page.getByText('1,5 puntos', { exact: true }).waitFor();
      await look('grading-criteria');
      expect(await seriousFaults(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.reload();
      await page.getByText('3 criterios · 1,5 puntos en total').waitFor();
    },
  );

  test('opens two hand-ins and Moodle’s zip: a row each, nothing twice', options, async () => {
    await pick('Ficheros de entregas', 'ana.entrega.zip', 'berta.entrega.zip');
    await expect.poll(students, patience).toHaveLength(2);
    await pick('Ficheros de entregas', 'moodle.zip');
    await expect.poll(students, patience).toHaveLength(4);
    const table = page.getByRole('table', { name: 'Tabla de entregas' });
    expect(await table.getByText('No coincide').count()).toBe(2);
    expect(await table.getByText('No se abre').count()).toBe(1);
    await look('grading-table');
    expect(await seriousFaults(page)).toEqual([]);
  });

  test('compares all of them, sorts by verdict with the keyboard, and saves the CSV', options, async () => {
    await page.getByRole('button', { name: 'Comparar todas' }).click();
    // Their capture is of a query that no log tells of.
    await expect
      .poll(() => page.getByText('Difiere', { exact: true }).count(), { ...patience, timeout: 50_000 })
      .toBe(3);
    await page.getByRole('button', { name: 'Integridad' }).focus();
    await page.keyboard.press('Enter');
    expect((await students())[0]).toBe('Carlos Paz');
    await look('grading-compared');
    const started = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Guardar CSV' }).click();
    const lines = (await readFile(await (await started).path(), 'utf8')).trimEnd().split('\r\n');
    expect(lines).toHaveLength(5);
    expect(lines[0]).toMatch(/^\uFEFFAlumno;NIA;/);
  });

  test('Enter opens a hand-in with its problems, pictures and both notebooks; Escape goes back', options, async () => {
    await page.locator('.grading-open').first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByText('Algo ha cambiado desde que Marea escribió la entrega:').waitFor();
    await page.getByText('La captura enseña un lote que no sale al ejecutarlo otra vez.').first().waitFor();
    await page.getByRole('img', { name: /^Evidencia:/ }).waitFor();
    await look('grading-detail');
    await page.locator('summary').click();
    await page.getByText("alert('hola')").first().waitFor();
    await page.getByText('print("hola")').waitFor();
    await page.locator('.sides-grid').scrollIntoViewIfNeeded();
    await look('grading-notebooks');
    expect(await seriousFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('table', { name: 'Tabla de entregas' }).waitFor();
    expect(await page.locator('.grading-open:focus').count()).toBe(1);
    expect(complaints).toEqual([]);
  });

  test('the reference opens in the workbench as a notebook of its own', options, async () => {
    await page.getByRole('button', { name: 'Criterios y puntos' }).click();
    await page.getByRole('button', { name: 'Abrir la referencia de Caso 5 · Ventanas' }).click();
    await page.getByText('Python listo').waitFor();
    expect(new URL(page.url()).hash).toContain('referencia%2Fcaso-5%2Fcaso-5.ipynb');
    await page.getByText('de la solución').waitFor();
    await look('grading-reference');
  });
});
