import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
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

  test('what is missing is named, and name and NIA are asked before anything is saved', options, async () => {
    await window.type('caso5-sesion', 'print("hola <b>desde</b> la celda")');
    await window.run('caso5-sesion');
    await window.page.locator('.bar-brand').click();
    await window.page.getByRole('button', { name: /^Evaluables/ }).click();
    await window.page.getByRole('button', { name: /^Preparar la entrega: Actividad 1/ }).click();
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
});
