import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWith } from '../support/available-parts.ts';
import { openRecordedWindow, type RecordedWindow } from './recorded-window.ts';

const axeScript = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Kept for people to look at. */
const pictures = join(import.meta.dirname, '../../dist/pictures');

describeWith('chromium', 'the window over a recorded host', (chromium = '') => {
  let shown: RecordedWindow;
  beforeAll(async () => {
    mkdirSync(pictures, { recursive: true });
    shown = await openRecordedWindow(chromium);
  });
  afterAll(() => shown.close());

  /** A fresh window of the design size; what the page complains about fails the test. */
  async function withPage(options: BrowserContextOptions, visit: (page: Page) => Promise<void>): Promise<void> {
    // Axe is injected as a script of the page's own world, which the window's policy rightly forbids.
    const context = await shown.browser.newContext({
      viewport: { width: 1366, height: 768 },
      locale: 'es-ES',
      bypassCSP: options.bypassCSP ?? false,
      ...options,
    });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.location().url.endsWith('favicon.ico'))
        complaints.push(message.text());
    });
    try {
      await page.goto(shown.address);
      await visit(page);
      expect(complaints).toEqual([]);
    } finally {
      await context.close();
    }
  }

  const openCaso6 = async (page: Page) => {
    await page.getByRole('button', { name: 'Abrir Caso 6 · Bolsa' }).click();
    await page.locator('.cm-content').first().waitFor();
  };
  const runAll = async (page: Page) => {
    await page.getByRole('button', { name: 'Ejecutar todo' }).click();
    await page.locator('.console-block').first().waitFor();
  };
  const cell = (page: Page, id: string) => page.locator(`[data-cell="${id}"]`);
  const chooseCell = (page: Page, id: string) => cell(page, id).click({ position: { x: 20, y: 12 } });

  test('runs Caso 6, shows the batch and the chart, takes a new file and stops the query', async () => {
    await withPage({}, async (page) => {
      await openCaso6(page);
      await runAll(page);
      await page.getByText('4 ventanas.').waitFor();
      await page.getByText('Espera a que termine la consulta').waitFor();
      await page.getByRole('button', { name: 'Echar en entrada: bolsa2.json' }).click();
      await page.getByText('5 ventanas.').waitFor();
      expect(await page.locator('.console-block pre').last().textContent()).toContain(
        '|2022-05-09 12:45:00|2022-05-09 13:00:00|    150|     0|',
      );
      await page.screenshot({ path: join(pictures, 'caso-6.png') });
      await cell(page, 'caso6-espera').getByRole('button', { name: 'Detener', exact: true }).click();
      await cell(page, 'caso6-espera').getByText('Detenida', { exact: true }).waitFor();
      await page.getByText('Consulta celda [5] en marcha', { exact: true }).waitFor();
      await cell(page, 'caso6-ventana').getByRole('button', { name: 'Detener la consulta' }).click();
      await page.getByText('Ninguna consulta en marcha.').first().waitFor();
    });
  });

  test('Spark’s refusal gets a card; the original is folded below and the line is one click away', async () => {
    await withPage({}, async (page) => {
      await openCaso6(page);
      await chooseCell(page, 'caso6-sesion');
      await page.keyboard.press('b');
      await page.keyboard.press('Enter');
      await page.keyboard.type('accionesDF.show()');
      await page.keyboard.press('Control+Enter');
      const card = page.locator('.failure');
      await card.getByText('Un flujo no se puede mostrar con').waitFor();
      expect(await card.locator('pre').isVisible()).toBe(false);
      await card.getByText('Texto original de Spark').click();
      expect(await card.locator('pre').textContent()).toContain(
        'Queries with streaming sources must be executed with writeStream.start();',
      );
      await page.screenshot({ path: join(pictures, 'error.png') });
      await card.getByRole('button', { name: 'Ir a la línea 1' }).click();
      expect(await page.evaluate(() => document.activeElement?.classList.contains('cm-content'))).toBe(true);
    });
  });

  test('the keyboard alone inserts, deletes and brings back cells, and F6 goes round the panels', async () => {
    await withPage({}, async (page) => {
      await openCaso6(page);
      await chooseCell(page, 'caso6-sesion');
      const count = () => page.locator('.cell').count();
      const before = await count();
      await page.keyboard.press('a');
      await page.keyboard.press('b');
      expect(await count()).toBe(before + 2);
      await page.keyboard.press('d');
      await page.keyboard.press('d');
      expect(await count()).toBe(before + 1);
      await page.keyboard.press('z');
      expect(await count()).toBe(before + 2);
      await page.keyboard.press('m');
      await page.keyboard.press('h');
      await page.getByRole('dialog', { name: 'Atajos de teclado' }).waitFor();
      await page.keyboard.press('Escape');
      const region = () =>
        page.evaluate(() => document.activeElement?.closest('[data-region]')?.getAttribute('data-region'));
      const visited: (string | null | undefined)[] = [];
      for (let turn = 0; turn < 5; turn++) {
        await page.keyboard.press('F6');
        visited.push(await region());
      }
      expect(new Set(visited)).toEqual(new Set(['Consola de Spark', 'Cuaderno', 'Ficheros', 'Guía', 'Observatorio']));
      await page.keyboard.press('Shift+F6');
      expect(await region()).toBe(visited[3]);
    });
  });

  test('what is typed is what is saved: spaces are spaces, under the real content policy', async () => {
    await withPage({}, async (page) => {
      await openCaso6(page);
      await chooseCell(page, 'caso6-sesion');
      await page.keyboard.press('b');
      await page.keyboard.press('Enter');
      await page.keyboard.type('if x:\ny  =  1');
      const text = await page.evaluate(() =>
        [...document.querySelectorAll('.cell-editing .cm-line')].map((line) => line.textContent).join('\n'),
      );
      expect(text).toBe('if x:\n    y  =  1');
    });
  });

  test('a resized panel keeps its size', async () => {
    await withPage({}, async (page) => {
      await openCaso6(page);
      const splitter = page.getByRole('separator', { name: 'Ancho de la guía' });
      await splitter.focus();
      await page.keyboard.press('ArrowRight');
      expect(await splitter.getAttribute('aria-valuenow')).toBe('278');
      await page.getByRole('button', { name: 'Spark Streaming II' }).click();
      await openCaso6(page);
      expect(await splitter.getAttribute('aria-valuenow')).toBe('278');
    });
  });

  for (const [name, viewport] of [
    ['1024x640', { width: 1024, height: 640 }],
    ['zoom-200', { width: 683, height: 384 }],
  ] as const) {
    test(`nothing is cut off at ${name}`, async () => {
      await withPage({ viewport }, async (page) => {
        await openCaso6(page);
        await page.screenshot({ path: join(pictures, `${name}.png`) });
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(overflow).toBe(0);
        for (const tab of ['Guía', 'Observatorio', 'Ficheros'])
          await page.getByRole('tab', { name: tab }).first().click();
        await page.getByRole('button', { name: 'Empezar de cero' }).waitFor();
      });
    });
  }

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`axe finds nothing serious in the ${colorScheme} theme`, async () => {
      await withPage({ colorScheme, bypassCSP: true }, async (page) => {
        expect(await seriousFaults(page)).toEqual([]);
        await page.screenshot({ path: join(pictures, `start-${colorScheme}.png`) });
        await openCaso6(page);
        expect(await seriousFaults(page)).toEqual([]);
        await runAll(page);
        await page.getByText('4 ventanas.').waitFor();
        expect(await seriousFaults(page)).toEqual([]);
        await page.screenshot({ path: join(pictures, `workbench-${colorScheme}.png`) });
        await page.getByRole('button', { name: 'Ver tabla' }).first().click();
        await page.getByRole('tab', { name: 'Consultas (1)' }).click();
        await page.getByRole('button', { name: /^bolsa1\.json/ }).click();
        await page.getByRole('dialog', { name: 'bolsa1.json' }).waitFor();
        expect(await seriousFaults(page)).toEqual([]);
      });
    });
  }

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`the panels of the services are whole and without serious faults in the ${colorScheme} theme`, async () => {
      await withPage({ colorScheme, bypassCSP: true }, async (page) => {
        await openCaso6(page);
        const look = async (tab: string, fill: () => Promise<void>) => {
          await page.getByRole('tab', { name: tab, exact: true }).click();
          await fill();
          expect(await seriousFaults(page)).toEqual([]);
          await page.screenshot({ path: join(pictures, `${tab}-${colorScheme}.png`) });
        };
        await look('netcat', async () => {
          await page.getByLabel('Línea para el puerto 9999').fill('Hola Mundo');
          await page.keyboard.press('Enter');
          await page.getByRole('log').getByText('Hola Mundo').waitFor();
        });
        await look('Kafka', async () => {
          await page.getByText('otro puerto: 127.0.0.1:40123').waitFor();
          await page.getByRole('button', { name: /^iabd-bizum/ }).click();
          await page.getByText('{"nombre": "Ana Gil", "cantidad": 390').waitFor();
        });
        await look('MariaDB', async () => {
          await page.getByRole('button', { name: 'spark.usuarios' }).click();
          await page.getByRole('cell', { name: 'NULL' }).waitFor();
        });
        await look('MongoDB', async () => {
          await page.getByText("ObjectId('6b06a88b2f65603384f22387')").waitFor();
        });
        await look('Productor', async () => {
          await page.getByText('Enviando…').waitFor();
        });
      });
    });
  }

  test('the clock is paused by its button and moved by the keyboard, and says where it is', async () => {
    await withPage({}, async (page) => {
      await openCaso6(page);
      const clock = page.getByRole('group', { name: 'Reloj virtual' });
      await clock.getByRole('button', { name: 'Pausar el reloj' }).click();
      await clock.getByText('En pausa').waitFor();
      await page.keyboard.press('Alt+ArrowRight');
      await clock.getByText('12:51:31').waitFor();
      await expect
        .poll(() => page.getByTestId('spoken').textContent(), { timeout: 8_000 })
        .toBe('Reloj virtual adelantado: 12:51:31.');
      await page.screenshot({ path: join(pictures, 'clock-paused.png') });
    });
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`the guide asks before it tells, and opens panels, without serious faults in the ${colorScheme} theme`, async () => {
      await withPage({ colorScheme, bypassCSP: true }, async (page) => {
        const look = async (name: string) => {
          expect(await seriousFaults(page)).toEqual([]);
          await page.screenshot({ path: join(pictures, `${name}-${colorScheme}.png`) });
        };
        await page.getByRole('button', { name: /^Evaluables/ }).click();
        await page.getByText('Faltan 7 comprobaciones').click();
        await look('graded');
        await page.getByRole('button', { name: 'Abrir Caso 5 · Ventanas' }).click();
        await page.getByRole('heading', { name: 'Calculadora de ventanas' }).click();
        await page.getByText('Falta el instante.').waitFor();
        await page.getByLabel('Una: de 11:45 a 11:48').check();
        await page.getByRole('button', { name: 'Responder' }).click();
        await page.getByText('No era esa. Mira por qué:').waitFor();
        await look('question');
        await page.getByText('11:45:50 cae en 3 ventanas.').waitFor();
        await page.locator('.lanes').scrollIntoViewIfNeeded();
        await look('calculator');
        await page.getByRole('heading', { name: 'Las órdenes del curso, aquí' }).click();
        await page.getByRole('button', { name: 'Abrir netcat' }).click();
        await page.getByLabel('Línea para el puerto 9999').waitFor();
        await look('commands');
      });
    });
  }

  /** Violations that keep somebody out, as `rule: place`. */
  async function seriousFaults(page: Page): Promise<readonly string[]> {
    await page.addScriptTag({ content: axeScript });
    return page.evaluate(async () => {
      type Axe = { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> };
      const { violations } = await (window as unknown as { axe: Axe }).axe.run();
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
    });
  }
});
