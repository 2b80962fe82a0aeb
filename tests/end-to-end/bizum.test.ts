import { copyFile, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWith } from '../support/available-parts.ts';
import { readSource } from '../support/source-files.ts';
import { seriousFaults } from './page-checks.ts';
import { pictures } from './served-marea.ts';
import { patience, UnitWindow } from './unit-window.ts';

const options = { timeout: 90_000 };
const cellOf = (notebook: string, id: string): string => {
  const { cells } = JSON.parse(readSource(`exercises/bizum/${notebook}.ipynb`)) as {
    readonly cells: readonly { readonly id: string; readonly source: readonly string[] }[];
  };
  return cells.find((cell) => cell.id === id)?.source.join('') ?? '';
};

describeWith('chromium', 'Bizum in the window: the producer, the console and MongoDB', (program) => {
  let window: UnitWindow;
  beforeAll(async () => {
    window = await UnitWindow.open(program, 'Bizum · Kafka y MongoDB');
    await window.useEmbedded('Kafka', 'MongoDB');
  }, 60_000);
  afterAll(() => window?.close());

  test('bizum-kafka.py, unchanged, sends while the notebook’s Python is free', options, async () => {
    const script = await readFile(join(window.dataFolder, 'bizum', 'bizum-kafka.py'), 'utf8');
    expect(script).toBe(readSource('exercises/bizum/input/bizum-kafka.py'));
    await window.show('Productor');
    await window.tray.getByRole('button', { name: 'Arrancar' }).click();
    await window.tray
      .getByText(/concepto/)
      .first()
      .waitFor();
    await window.page.getByText('Python listo').waitFor();
    await window.look('bizum-producer');
  });

  test('the query reads the topic meanwhile and corrects the window’s figures', options, async () => {
    for (const id of ['bizum-sesion', 'bizum-kafka']) await window.run(id);
    await window.type('bizum-ventanas', cellOf('solution', 'bizum-ventanas'));
    for (const id of ['bizum-ventanas', 'bizum-consola']) await window.run(id);
    await expect.poll(() => window.console(), patience).toContain('|bizums|');
    await window.minutes(4);
    await expect.poll(async () => (await window.console()).match(/Batch: \d+/g)?.length, patience).toBeGreaterThan(3);
  });

  test('the direct way to MongoDB is refused with the connector’s words', options, async () => {
    await window.run('bizum-directo');
    await window.show('Problemas');
    await expect.poll(() => window.tray.innerText(), patience).toContain('does not support Update mode');
  });

  test('foreachBatch keeps one document for each window', options, async () => {
    await window.type('bizum-mongo', cellOf('solution', 'bizum-mongo'));
    await window.run('bizum-mongo');
    await window.show('MongoDB');
    await window.tray.getByRole('button', { name: /bizum/ }).first().click();
    await window.tray
      .getByText(/\d documentos?/)
      .first()
      .waitFor();
    const shown = await window.tray.innerText();
    const starts = [...shown.matchAll(/start: (ISODate\('[^']+'\))/g)].map((match) => match[1]);
    expect(starts.length).toBe(Number(/(\d+) documentos? ·/.exec(shown)?.[1]));
    expect(new Set(starts).size).toBe(starts.length);
    await window.look('bizum-mongo');
    expect(await seriousFaults(window.page)).toEqual([]);
  });

  test('the producer stops when asked, with its count', options, async () => {
    await window.show('Productor');
    await window.tray.getByRole('button', { name: 'Detener' }).click();
    await window.tray.getByRole('button', { name: 'Arrancar' }).waitFor();
    expect(await window.tray.innerText()).toMatch(/Enviados\s*[1-9]/);
    await window.look('bizum-end');
  });

  test(
    'the consumer’s view, the console and the query of MongoDB are captured and tick activity 2',
    options,
    async () => {
      const folder = join(window.dataFolder, 'bizum', 'evidencias');
      const captured = (id: string) =>
        expect.poll(async () => (await readdir(folder).catch(() => [])).join(' '), patience).toContain(`${id}.json`);
      await window.show('Kafka');
      await window.tray.getByRole('button', { name: /^iabd-bizum/ }).click();
      await window.tray.getByRole('button', { name: 'Capturar los mensajes de iabd-bizum' }).click();
      const dialog = window.page.getByRole('dialog');
      await dialog.getByLabel('Nombre y apellidos').fill('Ana Pérez Soler');
      await dialog.getByLabel('NIA').fill('10203040');
      await dialog.getByRole('button', { name: 'Guardar y capturar' }).click();
      await captured('01-consumidor');
      await window.show('MongoDB');
      await window.tray.getByRole('button', { name: /bizum/ }).first().click();
      await window.tray.getByRole('button', { name: 'Capturar los documentos de iabd.bizum' }).click();
      await captured('02-consulta-mongo');
      await window.show('Consola de Spark');
      // A batch that only moves the watermark may come last: its table is empty.
      await window.tray
        .locator('.console-block')
        .filter({ hasText: /\|\d{4}-/ })
        .last()
        .getByRole('button', { name: /^Capturar este bloque/ })
        .click();
      await captured('03-consola');
      for (const id of ['01-consumidor', '02-consulta-mongo', '03-consola'])
        await copyFile(join(folder, `${id}.png`), join(pictures, `bizum-${id}.png`));
      await window.page.locator('.bar-brand').click();
      await window.page.getByRole('button', { name: /^Evaluables/ }).click();
      const card = window.page.getByRole('listitem', { name: /^Actividad 2/ });
      await expect.poll(() => card.innerText(), patience).toContain('3 de 3');
    },
  );

  test('the window had nothing to complain about', () => {
    expect(window.complaints).toEqual([]);
  });
});
