import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWith } from '../support/available-parts.ts';
import { seriousFaults } from './page-checks.ts';
import { patience, UnitWindow } from './unit-window.ts';

const options = { timeout: 60_000 };
const topic = 'usuariosk-limpieza';
const login = (id: number, time: string) => JSON.stringify({ login_id: String(id), login_time: time });

describeWith('chromium', 'Limpieza in the window: state that is cleaned, and two joined streams', (program) => {
  let window: UnitWindow;
  beforeAll(async () => {
    window = await UnitWindow.open(program, 'Limpieza del estado');
    await window.useEmbedded('Kafka', 'MariaDB');
  }, 60_000);
  afterAll(() => window?.close());

  const produce = async (...values: readonly string[]): Promise<void> => {
    await window.show('Kafka');
    await window.tray.getByRole('button', { name: new RegExp(`^${topic} `) }).click();
    await window.tray.getByLabel(`Mensaje para ${topic}`).fill(values.join('\n'));
    await window.tray.getByRole('button', { name: 'Enviar', exact: true }).click();
  };

  test('windows of fifteen minutes: update shows them at once, append waits', options, async () => {
    for (const id of ['limpieza-sesion', 'limpieza-lectura']) await window.run(id);
    const source = await window.cell('limpieza-ventana').locator('.cm-content').innerText();
    await window.type('limpieza-ventana', source.replaceAll('\u00a0', ' ').replace('1 hour', '15 minutes'));
    for (const id of ['limpieza-ventana', 'limpieza-update', 'limpieza-append']) await window.run(id);
    await produce(login(1, '2022-05-17 12:05:00'), login(2, '2022-05-17 12:10:00'), login(1, '2022-05-17 12:20:00'));
    await expect.poll(() => window.console(), patience).toContain('2022-05-17 12:15:00|2022-05-17 12:30:00');
  });

  test('a login an hour later closes the windows: rows leave the state and come out of append', options, async () => {
    await produce(login(3, '2022-05-17 13:30:00'));
    await expect
      .poll(async () => {
        await window.run('limpieza-progreso');
        return window.cell('limpieza-progreso').innerText();
      }, patience)
      .toMatch(/'numRowsRemoved': 3/);
    await window.look('limpieza-cleaned');
    expect(await seriousFaults(window.page)).toEqual([]);
  });

  test('impressions and clicks are joined, and their state expires', options, async () => {
    await window.run('limpieza-clicks');
    for (const file of ['impresiones1', 'clicks1', 'impresiones2', 'clicks2']) {
      const row = window.page
        .locator('li, div')
        .filter({ hasText: `${file}.json` })
        .last();
      await row.getByRole('button', { name: /Echar/ }).click();
    }
    await expect.poll(() => window.console(), patience).toContain('impresionAnuncioId');
    await window.look('limpieza-clicks');
  });

  test('the window had nothing to complain about', () => {
    expect(window.complaints).toEqual([]);
  });
});
