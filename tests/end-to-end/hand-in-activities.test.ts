import { copyFile, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBundle } from '../../main/grading/open-bundle.ts';
import { makePack } from '../../main/host/make-pack.ts';
import { verifyCommand } from '../../main/host/verify-command.ts';
import { pythonFiles } from '../main/kernel/start-kernel.ts';
import { describeWith } from '../support/available-parts.ts';
import { solutionOf, type GradedUnit } from '../support/class/record-session.ts';
import { takeCoursePort } from '../support/course-port.ts';
import { repository } from '../support/source-files.ts';
import { seriousFaults } from './page-checks.ts';
import { pictures } from './served-marea.ts';
import { patience, UnitWindow } from './unit-window.ts';

const options = { timeout: 180_000 };
const login = (id: number, time: string) => JSON.stringify({ login_id: String(id), login_time: time });
const packSources = {
  materialFolder: join(repository, 'exercises'),
  version: '0.1.0',
  createdAt: '2026-03-02T08:00:00.000Z',
  tell: () => undefined,
};
/** A machine that runs more than this test. */
const comparing = { timeout: 150_000 };

describeWith('chromium', 'The three graded activities, from an empty folder to the teacher’s table', (program) => {
  let window: UnitWindow;
  let giveBack: (() => void) | undefined;
  const measured: string[] = [];
  let pack: Uint8Array;
  beforeAll(async () => {
    giveBack = await takeCoursePort();
    pack = await makePack({ ...packSources, python: await pythonFiles() });
    window = await UnitWindow.open(program, 'Caso 5 · Ventanas');
    await window.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await window.useEmbedded('Kafka', 'MariaDB', 'MongoDB');
  }, 300_000);
  afterAll(async () => {
    await window?.close();
    giveBack?.();
    console.log(measured.join('\n'));
  });

  const dialog = () => window.page.getByRole('dialog');

  /** The start page has no bar. */
  async function goHome(): Promise<void> {
    const brand = window.page.locator('.bar-brand');
    if ((await brand.count()) > 0) await brand.click();
  }

  async function openUnit(title: string): Promise<void> {
    await goHome();
    await window.page
      .getByRole('button', { name: `Abrir ${title}` })
      .last()
      .click();
    await window.page.getByText('Python listo').waitFor();
  }

  /** Pastes the solution's code into the cells that differ from it, and runs them in this order. */
  async function runCells(unit: GradedUnit, ...ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      const source = solutionOf(unit).cells.find((cell) => cell.id === id)?.source ?? '';
      const shown = await window.cell(id).locator('.cm-content').innerText();
      if (shown.replaceAll('\u00a0', ' ').trim() !== source.trim()) await window.type(id, source);
      await window.run(id);
    }
  }

  /** Until as many queries have run their first batch in this notebook. */
  const connected = (count: number) =>
    expect.poll(async () => (await window.console()).match(/Batch: 0/g)?.length, patience).toBe(count);

  const captured = async (unit: GradedUnit): Promise<readonly string[]> => {
    const names = await readdir(join(window.dataFolder, unit, 'evidencias')).catch(() => []);
    return names.filter((name) => name.endsWith('.json')).sort();
  };

  /** Presses a capture button and waits until the capture is kept. */
  async function capture(unit: GradedUnit, press: () => Promise<void>): Promise<void> {
    const before = (await captured(unit)).length;
    const began = performance.now();
    await press();
    await expect.poll(async () => (await captured(unit)).length, { ...patience, interval: 20 }).toBe(before + 1);
    const [name = ''] = (await captured(unit)).slice(-1);
    measured.push(`${unit} ${name}: ${Math.round(performance.now() - began)} ms`);
    const picture = join(window.dataFolder, unit, 'evidencias', name.replace(/json$/, 'png'));
    await copyFile(picture, join(pictures, `activity-${unit}-${name.replace(/\.json$/, '')}.png`));
  }

  /** The newest console block that shows this. */
  async function captureBlock(unit: GradedUnit, shows: RegExp): Promise<void> {
    await window.show('Consola de Spark');
    const block = window.tray.locator('.console-block').filter({ hasText: shows }).last();
    await block.waitFor();
    await capture(unit, () => block.getByRole('button', { name: /^Capturar este bloque/ }).click());
  }

  async function answer(cell: string, unit: GradedUnit): Promise<void> {
    const source = solutionOf(unit).cells.find((each) => each.id === cell)?.source ?? '';
    await window.cell(cell).dblclick();
    await window.cell(cell).locator('.cm-content').click();
    await window.page.keyboard.press('ControlOrMeta+a');
    await window.page.keyboard.insertText(source);
    await window.look(`answer-${unit}`);
    await window.page.keyboard.press('Control+Enter');
    await expect.poll(() => window.cell(cell).innerText(), patience).toContain(source.slice(-30));
  }

  async function produce(topic: string, ...values: readonly string[]): Promise<void> {
    await window.show('Kafka');
    await window.tray.getByRole('button', { name: new RegExp(`^${topic} `) }).click();
    await window.tray.getByLabel(`Mensaje para ${topic}`).fill(values.join('\n'));
    await window.tray.getByRole('button', { name: 'Enviar', exact: true }).click();
  }

  const handIns = async (): Promise<readonly string[]> => {
    const names = await readdir(join(window.dataFolder, 'entregas'));
    return names.filter((name) => name.endsWith('.zip')).map((name) => join(window.dataFolder, 'entregas', name));
  };

  /** No evidence is missing, and the written file has been opened again. */
  async function handIn(number: 1 | 2 | 3): Promise<void> {
    await goHome();
    await window.page.getByRole('button', { name: /^Evaluables/ }).click();
    await window.look(`activity-${number}-evidence`);
    await window.page.getByRole('button', { name: new RegExp(`^Preparar la entrega: Actividad ${number}`) }).click();
    await dialog().getByRole('button', { name: 'Guardar la entrega' }).waitFor();
    await window.look(`activity-${number}-hand-in`);
    const began = performance.now();
    await dialog().getByRole('button', { name: 'Guardar la entrega' }).click();
    await dialog().getByText('Listo. El fichero se ha vuelto a abrir y todo coincide.').waitFor();
    measured.push(`hand-in of activity ${number}: ${Math.round(performance.now() - began)} ms`);
    await dialog().getByRole('button', { name: 'Cerrar' }).last().click();
    const file = (await handIns()).find((name) => basename(name).startsWith(`act${number}_`)) ?? '';
    const opened = await openBundle(await readFile(file));
    if (!opened.isReadable) throw new Error(opened.reason);
    expect(opened.handIn.required.filter(({ isThere }) => !isThere)).toEqual([]);
    expect(await verifyCommand([file], () => undefined)).toBe(0);
  }

  test('activity 1: fixed and sliding windows of three minutes, with their justification', options, async () => {
    await window.show('netcat');
    await window.tray.getByRole('button', { name: 'Abrir el puerto' }).click();
    await runCells('caso-5', 'caso5-sesion', 'caso5-lectura', 'caso5-palabras', 'caso5-fija');
    await connected(1);
    await runCells('caso-5', 'caso5-tres-fija');
    await connected(2);
    await window.say('Hola Mundo');
    await expect.poll(() => window.console(), patience).toMatch(/\|Mundo *\|1 *\|/);
    await window.minutes(4);
    await window.say('Severo Ochoa');
    await window.show('Consola de Spark');
    await window.tray.locator('.console-block').filter({ hasText: 'Ochoa' }).last().waitFor();
    await window.tray
      .getByRole('button', { name: /^Capturar este bloque/ })
      .last()
      .click();
    await dialog().getByLabel('Nombre y apellidos').fill('Mª Ángeles Ñíguez Peñalver');
    await dialog().getByLabel('NIA').fill('10203040');
    await dialog().getByRole('button', { name: 'Guardar y capturar' }).click();
    await expect.poll(() => captured('caso-5'), patience).toEqual(['01-consola-fijas.json']);
    await runCells('caso-5', 'caso5-tres-dos');
    await connected(3);
    await window.say('Ventanas deslizantes');
    await captureBlock('caso-5', /deslizantes/);
    await window.minutes(3);
    await window.say('otra frase');
    await captureBlock('caso-5', /frase/);
    await answer('caso5-respuesta', 'caso-5');
    await handIn(1);
  });

  test('activity 2: the producer, four figures of each window, one document for each window', options, async () => {
    await openUnit('Bizum · Kafka y MongoDB');
    await window.show('Productor');
    await window.tray.getByRole('button', { name: 'Arrancar' }).click();
    await window.tray
      .getByText(/concepto/)
      .first()
      .waitFor();
    await runCells('bizum', 'bizum-sesion', 'bizum-kafka', 'bizum-ventanas', 'bizum-consola');
    await expect.poll(() => window.console(), patience).toContain('|bizums|');
    await window.minutes(4);
    await runCells('bizum', 'bizum-directo', 'bizum-mongo');
    await window.show('MongoDB');
    await window.tray.getByRole('button', { name: /bizum/ }).first().click();
    await window.tray
      .getByText(/\d documentos?/)
      .first()
      .waitFor();
    await window.show('Productor');
    await window.tray.getByRole('button', { name: 'Detener' }).click();
    await window.tray.getByRole('button', { name: 'Arrancar' }).waitFor();
    await window.show('Kafka');
    await window.tray.getByRole('button', { name: /^iabd-bizum/ }).click();
    const messages = window.tray.getByRole('button', { name: 'Capturar los mensajes de iabd-bizum' });
    await capture('bizum', () => messages.click());
    await window.show('MongoDB');
    const documents = window.tray.getByRole('button', { name: 'Capturar los documentos de iabd.bizum' });
    await capture('bizum', () => documents.click());
    await captureBlock('bizum', /\|\d{4}-/);
    await answer('bizum-respuesta', 'bizum');
    await handIn(2);
  });

  test('activity 3: the join of Caso 8, and windows of fifteen minutes whose state is cleaned', options, async () => {
    await openUnit('Caso 8 · Kafka y MariaDB');
    await runCells('caso-8', 'caso8-sesion', 'caso8-lectura', 'caso8-estatica', 'caso8-join', 'caso8-consola');
    await produce('usuariosk', login(1, '2022-05-17 12:15:00'), login(2, '2022-05-19 12:15:00'));
    await capture('caso-8', () =>
      window.tray.getByRole('button', { name: 'Capturar los mensajes de usuariosk' }).click(),
    );
    await window.minutes(1);
    await captureBlock('caso-8', /2022-05-19 12:15:00/);
    await answer('caso8-respuesta', 'caso-8');
    await openUnit('Limpieza del estado');
    const cells = ['limpieza-sesion', 'limpieza-lectura', 'limpieza-ventana', 'limpieza-update', 'limpieza-append'];
    await runCells('limpieza-join', ...cells);
    const first = [login(1, '2022-05-17 12:05:00'), login(2, '2022-05-17 12:10:00'), login(1, '2022-05-17 12:20:00')];
    await produce('usuariosk-limpieza', ...first);
    await captureBlock('limpieza-join', /2022-05-17 12:15:00/);
    await produce('usuariosk-limpieza', login(3, '2022-05-17 13:30:00'));
    const progress = window.cell('limpieza-progreso');
    await expect
      .poll(async () => {
        await runCells('limpieza-join', 'limpieza-progreso');
        return progress.innerText();
      }, patience)
      .toMatch(/'numRowsRemoved': 3/);
    await capture('limpieza-join', () => progress.getByRole('button', { name: 'Capturar esta salida' }).click());
    await answer('limpieza-respuesta', 'limpieza-join');
    await handIn(3);
  });

  test('the teacher loads the reference, compares the three, and each reproduces', options, async () => {
    const reference = join(window.dataFolder, 'marea-referencia-0.1.0.zip');
    await writeFile(reference, pack);
    await goHome();
    await window.page.getByRole('button', { name: 'Corregir entregas' }).click();
    await window.page.getByLabel('Zip de la referencia').setInputFiles(reference);
    await window.page.getByText(/9 criterios/).waitFor();
    const files = await handIns();
    for (const file of files) measured.push(`${basename(file)}: ${(await stat(file)).size} bytes`);
    await window.page.getByLabel('Ficheros de entregas').setInputFiles([...files]);
    await expect.poll(() => window.page.locator('.grading-open').count(), patience).toBe(3);
    await window.page.getByRole('button', { name: 'Comparar todas' }).click();
    const table = window.page.getByRole('table', { name: 'Tabla de entregas' });
    await expect.poll(() => table.getByText(/Sin comparar|En espera|Ejecutando/).count(), comparing).toBe(0);
    await window.look('activities-compared');
    expect(await table.getByText('Se reproduce').count()).toBe(3);
    const points = (await table.getByRole('row').allInnerTexts()).flatMap((row) => /[\d,]+ \/ \d/.exec(row) ?? []);
    expect(points.toSorted()).toEqual(['0,7 / 1', '1 / 1', '2 / 2']);
    expect(await seriousFaults(window.page)).toEqual([]);
  });

  test('the details of each say why, and show its captures', options, async () => {
    for (const index of [0, 1, 2]) {
      await window.page.locator('.grading-open').nth(index).click();
      await window.page.getByRole('region', { name: 'Propuesta de puntos' }).waitFor();
      await window.page
        .getByRole('img', { name: /^Evidencia:/ })
        .first()
        .waitFor();
      await window.look(`activities-detail-${index + 1}`);
      expect(await seriousFaults(window.page)).toEqual([]);
      await window.page.keyboard.press('Escape');
    }
    expect(window.complaints).toEqual([]);
  });
});
