import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchChromium, newPage, pictures, serveMarea, type ServedMarea } from './served-marea.ts';

/** For what comes over a service and a batch. */
export const patience = { timeout: 20_000 };

export type TrayName = 'Consola de Spark' | 'netcat' | 'Kafka' | 'MariaDB' | 'MongoDB' | 'Productor' | 'Problemas';

/** A Marea of its own with one activity open in Chromium, and what a learner does there. */
export class UnitWindow {
  readonly page: Page;
  readonly complaints: readonly string[];
  readonly dataFolder: string;
  readonly #browser: Browser;
  readonly #marea: ServedMarea;

  private constructor(
    page: Page,
    complaints: readonly string[],
    dataFolder: string,
    browser: Browser,
    marea: ServedMarea,
  ) {
    this.page = page;
    this.complaints = complaints;
    this.dataFolder = dataFolder;
    this.#browser = browser;
    this.#marea = marea;
  }

  static async open(program: string, title: string): Promise<UnitWindow> {
    const dataFolder = await mkdtemp(join(tmpdir(), 'marea-data-'));
    const marea = await serveMarea(dataFolder);
    const browser = await launchChromium(program);
    const { page, complaints } = await newPage(browser);
    await page.goto(marea.address);
    await page.getByRole('button', { name: `Abrir ${title}` }).click();
    await page.getByText('Python listo').waitFor();
    return new UnitWindow(page, complaints, dataFolder, browser, marea);
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#marea.kill();
    await rm(this.dataFolder, { recursive: true, force: true, maxRetries: 5 });
  }

  get tray(): Locator {
    return this.page.getByRole('region', { name: 'Consola de Spark' });
  }

  get guide(): Locator {
    return this.page.getByRole('region', { name: 'Guía' });
  }

  async show(tab: TrayName): Promise<void> {
    await this.tray.getByRole('tab', { name: tab }).click();
  }

  /** Whatever servers this machine runs, a test has its own. */
  async useEmbedded(...services: readonly ('Kafka' | 'MariaDB' | 'MongoDB')[]): Promise<void> {
    for (const service of services) {
      await this.show(service);
      await this.tray.getByRole('button', { name: `elegir el servidor de ${service}` }).click();
      await this.page.getByRole('radio', { name: /^El de Marea/ }).check();
      await this.page.getByRole('button', { name: 'Usar este servidor' }).click();
      await this.page.getByRole('dialog').waitFor({ state: 'detached' });
    }
  }

  /** The text of the Spark console, with ordinary spaces. */
  async console(): Promise<string> {
    await this.show('Consola de Spark');
    return (await this.tray.getByRole('log').innerText()).replaceAll('\u00a0', ' ');
  }

  /** Types a line into netcat. */
  async say(line: string): Promise<void> {
    await this.show('netcat');
    const input = this.tray.getByLabel('Línea para el puerto 9999');
    await input.fill(line);
    await input.press('Enter');
  }

  cell(id: string): Locator {
    return this.page.locator(`[data-cell="${id}"]`);
  }

  /** Replaces the cell's text as a learner would, with the keyboard. */
  async type(id: string, source: string): Promise<void> {
    await this.cell(id).locator('.cm-content').click();
    await this.page.keyboard.press('ControlOrMeta+a');
    await this.page.keyboard.insertText(source);
  }

  /** Runs the cell and waits for its end. */
  async run(id: string): Promise<void> {
    const count = this.cell(id).locator('.cell-count');
    const before = await count.innerText();
    await this.cell(id).locator('.cm-content').click();
    await this.page.keyboard.press('Control+Enter');
    // The test's own time limit ends the wait.
    for (let now = before; now === before || !/\d/.test(now); now = await count.innerText())
      await this.page.waitForTimeout(20);
  }

  async minutes(count: number): Promise<void> {
    for (let minute = 0; minute < count; minute += 1) await this.page.getByRole('button', { name: '+1 min' }).click();
  }

  async look(name: string): Promise<void> {
    await this.page.screenshot({ path: join(pictures, `${name}.png`) });
  }
}
