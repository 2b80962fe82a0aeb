import { createConnection } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { takeCoursePort } from '../support/course-port.ts';
import { describeWith } from '../support/available-parts.ts';
import { seriousFaults } from './page-checks.ts';
import { patience, UnitWindow } from './unit-window.ts';

const options = { timeout: 60_000 };

describeWith(
  'chromium',
  'Caso 5 in the window: netcat, windows of arrival time and a clock that is moved',
  (program) => {
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

    test('the guide’s card of nc opens the panel, and the port is opened there', options, async () => {
      await window.guide.getByText('Las órdenes del curso, aquí').click();
      await window.guide.getByRole('button', { name: 'Abrir netcat' }).first().click();
      await window.tray.getByRole('button', { name: 'Abrir el puerto' }).click();
      await expect.poll(() => window.tray.innerText(), patience).toContain('nadie escucha todavía');
    });

    test('a line typed in netcat is counted in its two-minute window', options, async () => {
      for (const id of ['caso5-sesion', 'caso5-lectura', 'caso5-palabras', 'caso5-fija']) await window.run(id);
      await window.say('Hola Hola Mundo');
      await expect.poll(() => window.console(), patience).toMatch(/\|Hola +\|2 +\|/);
      await window.look('caso-5-fixed');
    });

    test('five minutes of the clock later, in a moment, a line falls into a later window', options, async () => {
      const minute = window.page.getByRole('button', { name: '+1 min' });
      for (let minutes = 0; minutes < 5; minutes += 1) await minute.click();
      await window.say('Severo Ochoa');
      await expect.poll(() => window.console(), patience).toMatch(/Batch: 1[\s\S]*\|Severo +\|1 +\|/);
      const starts = new Set((await window.console()).match(/\{\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g));
      expect(starts.size).toBe(2);
      await window.look('caso-5-later');
      expect(await seriousFaults(window.page)).toEqual([]);
    });

    test('a sliding window counts a line twice', options, async () => {
      for (const id of ['caso5-parada', 'caso5-deslizante']) await window.run(id);
      // A line that is sent before the query has connected is lost, as with `nc`.
      await expect.poll(() => window.console(), patience).toMatch(/Batch: 0[^]*Batch: 0/);
      await window.say('Ventana');
      await expect.poll(async () => (await window.console()).match(/\|Ventana *\|1 +\|/g)?.length, patience).toBe(2);
    });

    test('another program on the same port is a client like any other', options, async () => {
      const client = createConnection({ host: '127.0.0.1', port: 9999 });
      await once(client, 'connect');
      await window.show('netcat');
      await window.tray.getByText('2 clientes conectados').waitFor();
      const heard = once(client, 'data');
      await window.say('para todos');
      expect(String(await heard)).toBe('para todos\n');
      client.destroy();
    });

    test('the self-assessment is answered before it is told, and ticks its step', options, async () => {
      const question = window.guide.getByRole('group', { name: /11:45:50/ });
      await question.getByRole('radio', { name: /^Tres: / }).check();
      await window.guide.getByRole('button', { name: 'Responder' }).click();
      await expect.poll(() => window.guide.innerText(), patience).toContain('Sí, esa era.');
      await window.look('caso-5-question');
    });

    test('the window had nothing to complain about', () => {
      expect(window.complaints).toEqual([]);
    });
  },
);
