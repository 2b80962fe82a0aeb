import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseNotebook, serialiseNotebook } from '../../main/workspace/notebook-file.ts';
import { describeWith } from '../support/available-parts.ts';
import { seriousFaults } from './page-checks.ts';
import { patience, UnitWindow } from './unit-window.ts';

const options = { timeout: 90_000 };

describeWith(
  'chromium',
  'The statement of a unit is protected, and comes back when it was changed outside',
  (program) => {
    let window: UnitWindow;
    beforeAll(async () => {
      window = await UnitWindow.open(program, 'Caso 5 · Ventanas');
    }, 120_000);
    afterAll(() => window?.close());

    const file = () => join(window.dataFolder, 'caso-5', 'caso-5.ipynb');
    const saved = async () => parseNotebook(await readFile(file(), 'utf8')).cells;
    const sourceOf = async (id: string) => (await saved()).find((cell) => cell.id === id)?.source ?? null;
    const dialog = () => window.page.getByRole('dialog');
    const box = (name: RegExp) => dialog().getByRole('checkbox', { name });
    const toast = (text: string) => window.page.getByRole('region', { name: 'Problemas' }).getByText(text);
    /** Walks the focus to the control of this name; the test's own time limit ends the walk. */
    const pressUntilOn = async (key: string, name: string): Promise<void> => {
      while ((await window.page.locator(':focus').innerText()) !== name) await window.page.keyboard.press(key);
    };
    const menu = async (item: string): Promise<void> => {
      await window.page.getByRole('button', { name: 'Más acciones' }).click();
      await window.page.getByRole('menuitem', { name: item }).click();
    };

    test('a protected cell wears a padlock and refuses what would change it, with a reason', options, async () => {
      const title = window.cell('caso5-titulo');
      expect(await title.getAttribute('aria-label')).toBe('Celda de texto 1, protegida');
      expect(await title.getByText('Protegida').isVisible()).toBe(true);
      await title.click();
      await window.page.keyboard.press('Enter');
      await toast('Esta celda es del enunciado y está protegida.').waitFor();
      expect(await title.locator('.cm-editor').count()).toBe(0);
      await window.page.keyboard.press('d');
      await window.page.keyboard.press('d');
      await toast('Hay una celda protegida: no se borra.').waitFor();
      await window.look('protected-cells');
      expect(await seriousFaults(window.page)).toEqual([]);
      const turn = window.cell('caso5-tres-fija');
      await turn.scrollIntoViewIfNeeded();
      expect(await turn.getByText('No se borra').isVisible()).toBe(true);
      await window.look('protected-answer');
      expect((await saved()).map(({ id }) => id)).toContain('caso5-titulo');
    });

    test('with everything as it was handed out there is nothing to repair', options, async () => {
      await menu('Reparar celdas…');
      await toast('Todas las celdas están como se repartieron.').waitFor();
      expect(await dialog().count()).toBe(0);
    });

    test('a statement changed by another program is told when the notebook opens', options, async () => {
      await window.type('caso5-lectura', 'dfLineas = None\nprint("mi versión")');
      await expect.poll(() => sourceOf('caso5-lectura'), patience).toContain('mi versión');
      const cells = (await saved())
        .filter(({ id }) => id !== 'caso5-fija-texto')
        .map((cell) =>
          cell.id === 'caso5-titulo' ? { ...cell, source: cell.source.replace('en palabras', 'en sílabas') } : cell,
        );
      await writeFile(file(), serialiseNotebook({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells }));
      await window.page.reload();
      await window.page.getByText('2 celdas del enunciado no están como se repartieron.').waitFor();
      await window.page.getByText('Python listo').waitFor();
      await window.look('repair-banner');
      expect(await seriousFaults(window.page)).toEqual([]);
    });

    test('the differences are shown line by line, and only the statement is chosen beforehand', options, async () => {
      await window.page.getByRole('button', { name: 'Ver y reparar…' }).click();
      await dialog().waitFor();
      expect(await box(/^Caso 5/).isChecked()).toBe(true);
      expect(await box(/^Ventana fija/).isChecked()).toBe(true);
      expect(await box(/^dfLineas/).isChecked()).toBe(false);
      const lines = dialog().getByRole('list', { name: 'Diferencias de Caso 5 · Ventanas' }).getByRole('listitem');
      expect((await lines.allInnerTexts()).filter((line) => /^[−+]/.test(line.trim()))).toEqual([
        expect.stringMatching(/^−\s+tuyo[^]*en sílabas/),
        expect.stringMatching(/^\+\s+original[^]*en palabras/),
      ]);
      await window.look('repair-dialog');
      expect(await seriousFaults(window.page)).toEqual([]);
    });

    test('what was chosen comes back in its place, the rest stays, and one undo takes it back', options, async () => {
      await dialog().getByRole('button', { name: 'Restaurar 2 celdas' }).click();
      await expect.poll(() => sourceOf('caso5-titulo'), patience).toContain('en palabras');
      const ids = (await saved()).map(({ id }) => id);
      expect(ids.indexOf('caso5-fija-texto')).toBe(ids.indexOf('caso5-palabras') + 1);
      expect(await sourceOf('caso5-lectura')).toContain('mi versión');
      expect(await window.page.getByText('no están como se repartieron').count()).toBe(0);
      await window.look('repair-done');
      await window.cell('caso5-sesion').locator('.cell-count').click();
      await window.page.keyboard.press('z');
      await expect.poll(() => sourceOf('caso5-titulo'), patience).toContain('en sílabas');
      expect(await sourceOf('caso5-fija-texto')).toBeNull();
      await window.page.keyboard.press('Shift+Z');
      await expect.poll(() => sourceOf('caso5-titulo'), patience).toContain('en palabras');
    });

    test('one cell is restored by the keyboard alone', options, async () => {
      await window.cell('caso5-lectura').locator('.cell-count').click();
      await window.page.getByRole('button', { name: 'Más acciones' }).focus();
      await window.page.keyboard.press('Enter');
      await pressUntilOn('ArrowDown', 'Restaurar esta celda…');
      await window.page.keyboard.press('Enter');
      await dialog().getByText('mi versión').waitFor();
      expect(await box(/^dfLineas/).isChecked()).toBe(true);
      await window.look('repair-one');
      await pressUntilOn('Tab', 'Restaurar 1 celda');
      await window.page.keyboard.press('Enter');
      await expect.poll(() => sourceOf('caso5-lectura'), patience).toContain('readStream');
    });

    test('the window had nothing to complain about', () => {
      expect(window.complaints).toEqual([]);
    });
  },
);
