import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EvidenceRecord } from '../../main/contract/evidence-schema.ts';
import { checkPng, pngText } from '../../main/workspace/png-text.ts';
import { describeWith } from '../support/available-parts.ts';
import { takeCoursePort } from '../support/course-port.ts';
import { seriousFaults } from './page-checks.ts';
import { pictures } from './served-marea.ts';
import { patience, UnitWindow } from './unit-window.ts';

const options = { timeout: 60_000 };

const fixedQuery = `from pyspark.sql.functions import window
cuentas = dfPalabras.groupBy(
    window(dfPalabras.timestamp, "3 minutes").alias("tramo"), dfPalabras.palabra.alias("p")
).count().orderBy("tramo")

palabrasQuery = cuentas.writeStream.queryName("fijas").format("console").outputMode("complete").option("truncate", "false").start()`;

describeWith('chromium', 'A learner captures what the console shows, and the required evidence ticks', (program) => {
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

  test('the first capture asks name and NIA once, and keeps picture, data and text', options, async () => {
    await window.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await window.show('netcat');
    await window.tray.getByRole('button', { name: 'Abrir el puerto' }).click();
    for (const id of ['caso5-sesion', 'caso5-lectura', 'caso5-palabras']) await window.run(id);
    await window.type('caso5-fija', fixedQuery);
    await window.run('caso5-fija');
    await expect.poll(() => window.console(), patience).toMatch(/Batch: 0/);
    await window.say('Hola Hola Mundo');
    await expect.poll(() => window.console(), patience).toMatch(/\|Hola *\|2 *\|/);
    await window.minutes(4);
    await window.say('Severo Ochoa & <el Mundo>');
    await expect.poll(() => window.console(), patience).toMatch(/\|Severo *\|1 *\|/);
    await window.tray.getByRole('button', { name: 'Capturar este bloque de fijas' }).last().click();
    const dialog = window.page.getByRole('dialog');
    await dialog.getByLabel('Nombre y apellidos').fill('Ana Pérez Soler');
    await dialog.getByLabel('NIA').fill('1020-3040');
    await dialog.getByRole('button', { name: 'Guardar y capturar' }).click();
    await dialog.getByText('El NIA lleva letras y números').waitFor();
    await window.look('evidence-student');
    await dialog.getByLabel('NIA').fill('10203040');
    await dialog.getByRole('button', { name: 'Guardar y capturar' }).click();
    await expect.poll(toast, patience).toContain('Captura 01-consola-fijas guardada y copiada.');
    expect(await toast()).toContain('Cumple «Consola de las ventanas fijas de tres minutos».');
    await window.look('evidence-captured');
    expect((await readdir(folder())).sort()).toEqual([
      '01-consola-fijas.json',
      '01-consola-fijas.png',
      '01-consola-fijas.txt',
    ]);
  });

  test('the picture decodes at twice its size and says where it comes from', options, async () => {
    const png = await readFile(join(folder(), '01-consola-fijas.png'));
    expect(checkPng(png).width).toBe(1800);
    const { item } = JSON.parse(pngText(png, 'Marea') ?? '') as { readonly item: EvidenceRecord };
    expect(item).toMatchObject({
      evidence: 'consola-fijas',
      student: { name: 'Ana Pérez Soler', nia: '10203040' },
      source: { query: 'fijas', cell: 'caso5-fija' },
      clock: { mode: 'virtual' },
    });
    expect(item.codeHash).toMatch(/^[0-9a-f]{64}$/);
    await writeFile(join(pictures, 'evidence-picture.png'), png);
    const painted = await window.page.evaluate<{ readonly width: number; readonly dark: number }>(
      `(async () => {
        const image = new Image();
        image.src = 'data:image/png;base64,${png.toString('base64')}';
        await image.decode();
        const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });
        const context = canvas.getContext('2d');
        context.drawImage(image, 0, 0);
        const { data } = context.getImageData(0, 0, image.width, image.height);
        return { width: image.width, dark: data.filter((value, at) => at % 4 === 0 && value < 80).length };
      })()`,
    );
    expect(painted.width).toBe(1800);
    expect(painted.dark).toBeGreaterThan(5_000);
    expect(await readFile(join(folder(), '01-consola-fijas.txt'), 'utf8')).toContain('Ana Pérez Soler · 10203040');
    expect(await readFile(join(folder(), '01-consola-fijas.json'), 'utf8')).toContain('<el');
    const copied = await window.page.evaluate('navigator.clipboard.read().then(([item]) => item.types)');
    expect(copied).toEqual(['image/png']);
  });

  test('Ctrl+Shift+E captures the output of the cell that has the focus, without asking again', options, async () => {
    await window.cell('caso5-lectura').locator('.cm-content').click();
    await window.page.keyboard.press('Control+Shift+E');
    await expect.poll(() => readdir(folder()), patience).toContain('02-salida.json');
    const png = await readFile(join(folder(), '02-salida.png'));
    expect(pngText(png, 'Marea')).toContain('"kind":"output"');
  });

  test('the graded list shows the tick by content, and a capture that is removed unticks it', options, async () => {
    await window.page.locator('.bar-brand').click();
    await window.page.getByRole('button', { name: /^Evaluables/ }).click();
    const card = window.page.getByRole('listitem', { name: /^Actividad 1/ });
    await expect.poll(() => card.innerText(), patience).toContain('1 de 3');
    expect(await card.innerText()).toContain('01-consola-fijas · lote');
    expect(await window.page.locator('main').innerText()).toContain('Capturas a nombre de Ana Pérez Soler · 10203040');
    await window.look('evidence-list');
    expect(await seriousFaults(window.page)).toEqual([]);
    await card.getByRole('button', { name: 'Quitar la captura 01-consola-fijas' }).click();
    await window.page.getByRole('dialog').getByRole('button', { name: 'Quitar', exact: true }).click();
    await expect.poll(() => card.innerText(), patience).toContain('0 de 3');
    expect((await readdir(folder())).some((name) => name.startsWith('01-'))).toBe(false);
  });

  test('the window had nothing to complain about', () => {
    expect(window.complaints).toEqual([]);
  });
});
