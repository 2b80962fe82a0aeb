import { copyFile, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HandIn } from '../../main/grading/bundle-schema.ts';
import { verifyCommand } from '../../main/host/verify-command.ts';
import { describeWith } from '../support/available-parts.ts';
import { seriousFaults } from './page-checks.ts';
import { pictures } from './served-marea.ts';
import { patience, UnitWindow } from './unit-window.ts';

const options = { timeout: 60_000 };

describeWith('chromium', 'A learner prepares, saves and checks a hand-in', (program) => {
  let window: UnitWindow;
  beforeAll(async () => {
    window = await UnitWindow.open(program, 'Caso 5 · Ventanas');
  }, 120_000);
  afterAll(() => window?.close());

  const dialog = () => window.page.getByRole('dialog');
  const session = 'from pyspark.sql import SparkSession\nspark = SparkSession.builder.getOrCreate()\n';

  const prepare = () => window.page.getByRole('button', { name: /^Preparar la entrega: Actividad 1/ }).click();

  async function leaveForGraded(): Promise<void> {
    await window.page.locator('.bar-brand').click();
    await window.page.getByRole('button', { name: /^Evaluables/ }).click();
  }

  test('what is missing is named, and name and NIA are asked before anything is saved', options, async () => {
    await window.type('caso5-sesion', `${session}print("hola <b>desde</b> la celda")`);
    await window.run('caso5-sesion');
    await leaveForGraded();
    await prepare();
    await dialog().getByText('Falta algo. Puedes entregar igualmente').waitFor();
    expect(await dialog().innerText()).toContain('Con salidas');
    await window.look('hand-in-look');
    await dialog().getByRole('button', { name: 'Guardar la entrega' }).click();
    const student = dialog().last();
    await student.getByLabel('Nombre y apellidos').fill('Ana Pérez Soler');
    await student.getByLabel('NIA').fill('10203040');
    await student.getByRole('button', { name: 'Guardar', exact: true }).click();
    await dialog().getByText('Ana Pérez Soler · NIA 10203040').waitFor();
  });

  test('the saved bundle was opened again before the window says that it is ready', options, async () => {
    await dialog().getByRole('button', { name: 'Guardar la entrega' }).click();
    await dialog().getByText('Listo. El fichero se ha vuelto a abrir y todo coincide.').waitFor();
    await dialog()
      .getByText(/^Contenido · /)
      .click();
    await dialog().getByText('manifest-sha256.txt').waitFor();
    await window.look('hand-in-saved');
    expect(await seriousFaults(window.page)).toEqual([]);
    const folder = join(window.dataFolder, 'entregas');
    expect((await readdir(folder)).sort()).toEqual([
      expect.stringMatching(/^act1_10203040_.*\.entrega\.txt$/),
      expect.stringMatching(/^act1_10203040_.*\.entrega\.zip$/),
    ]);
    expect(await verifyCommand([folder], () => undefined)).toBe(0);
  });

  test('the downloaded file is the saved one, byte for byte', options, async () => {
    const started = window.page.waitForEvent('download');
    await dialog().getByRole('button', { name: 'Descargar' }).click();
    const downloaded = await readFile(await (await started).path());
    const folder = join(window.dataFolder, 'entregas');
    const name = (await readdir(folder)).find((each) => each.endsWith('.zip')) ?? '';
    expect(downloaded.equals(await readFile(join(folder, name)))).toBe(true);
  });

  test('the report opens from the disk without scripts and shows what the cell printed as text', options, async () => {
    const folder = join(window.dataFolder, 'entregas');
    const name = (await readdir(folder)).find((each) => each.endsWith('.zip')) ?? '';
    const report = unzipSync(await readFile(join(folder, name)))['informe.html'] ?? new Uint8Array();
    await mkdir(pictures, { recursive: true });
    await writeFile(join(folder, 'informe.html'), report);
    const page = await window.page.context().newPage();
    await page.goto(pathToFileURL(join(folder, 'informe.html')).href);
    await expect.poll(() => page.innerText('body'), patience).toContain('hola <b>desde</b> la celda');
    await page.screenshot({ path: join(pictures, 'hand-in-report.png') });
    await page.close();
  });

  test(
    'a cell changed since it ran is named, and everything runs again without leaving the dialog',
    options,
    async () => {
      await dialog().getByRole('button', { name: 'Cerrar' }).last().click();
      await window.page.getByRole('button', { name: 'Abrir Caso 5 · Ventanas' }).last().click();
      await window.type('caso5-sesion', `${session}print("otra cosa")`);
      const answer = window.cell('caso5-respuesta');
      await answer.dblclick();
      await answer.locator('.cm-content').click();
      await window.page.keyboard.press('ControlOrMeta+a');
      await window.page.keyboard.insertText('Salen **tres** ventanas <b>fijas</b>: una cada tres minutos.');
      await leaveForGraded();
      await prepare();
      await dialog().getByText('La celda [1] ha cambiado desde que la ejecutaste.').scrollIntoViewIfNeeded();
      await window.look('hand-in-changed');
      expect(await seriousFaults(window.page)).toEqual([]);
      await dialog().getByRole('button', { name: 'Reiniciar y ejecutar todo: Caso 5' }).click();
      await dialog().getByText('Todas las celdas se han ejecutado.').waitFor();
      await dialog()
        .getByText(/ha cambiado desde que la ejecutaste/)
        .waitFor({ state: 'detached' });
      await window.look('hand-in-run-again');
      await dialog().getByRole('button', { name: 'Cerrar' }).last().click();
    },
  );

  test('a renamed notebook is found, and the dialog says which file it takes', options, async () => {
    const folder = join(window.dataFolder, 'caso-5');
    await rename(join(folder, 'caso-5.ipynb'), join(folder, 'mi caso (2).ipynb'));
    await prepare();
    await dialog().getByText('caso-5/mi caso (2).ipynb', { exact: true }).waitFor();
    await dialog().getByRole('button', { name: 'Cerrar' }).last().click();
    await copyFile(join(folder, 'mi caso (2).ipynb'), join(folder, 'copia.ipynb'));
    await prepare();
    const choice = dialog().getByLabel('Fichero que se entrega de Caso 5 · Ventanas');
    await choice.selectOption('caso-5/mi caso (2).ipynb');
    await expect.poll(() => choice.inputValue(), patience).toBe('caso-5/mi caso (2).ipynb');
    await window.look('hand-in-choice');
  });

  test('the three activities go into one bundle that verifies', options, async () => {
    await dialog().getByLabel('Entregar las tres juntas').check();
    await dialog().getByRole('heading', { name: 'Entrega · 3 actividades' }).waitFor();
    await dialog()
      .getByRole('heading', { name: /^Actividad 3/ })
      .waitFor();
    await window.look('hand-in-together');
    expect(await seriousFaults(window.page)).toEqual([]);
    await dialog().getByRole('button', { name: 'Guardar la entrega' }).click();
    await dialog().getByText('Listo. El fichero se ha vuelto a abrir y todo coincide.').waitFor();
    await window.look('hand-in-together-saved');
    const folder = join(window.dataFolder, 'entregas');
    const name = (await readdir(folder)).find((each) => /^act1-act2-act3_.*\.zip$/.test(each)) ?? '';
    expect(await verifyCommand([join(folder, name)], () => undefined)).toBe(0);
    const bundle = unzipSync(await readFile(join(folder, name)));
    const handIn = JSON.parse(strFromU8(bundle['entrega.json'] ?? new Uint8Array())) as HandIn;
    expect(handIn.notebooks).toMatchObject([{ path: 'caso-5.ipynb', from: 'caso-5/mi caso (2).ipynb' }]);
    await writeFile(join(folder, 'informe-juntas.html'), bundle['informe.html'] ?? new Uint8Array());
    const page = await window.page.context().newPage();
    await page.goto(pathToFileURL(join(folder, 'informe-juntas.html')).href);
    expect(await page.innerText('.answer')).toBe('Salen **tres** ventanas <b>fijas</b>: una cada tres minutos.');
    await page.screenshot({ path: join(pictures, 'hand-in-report-together.png'), fullPage: true });
    await page.close();
    expect(window.complaints).toEqual([]);
  });
});
