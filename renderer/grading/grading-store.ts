import type { GradingTable } from '../../main/contract/grading-requests.ts';
import type { GradingRow } from '../../main/contract/grading-schema.ts';
import type { Host } from '../../main/contract/host-api.ts';
import { base64Of } from '../files/put-file.ts';
import { messageOfFailure } from '../host/host-failure-code.ts';
import { saveTextFile } from '../services/save-text-file.ts';
import { createStore, type Store } from '../store/external-store.ts';
import type { Notices } from '../store/notices.ts';
import type { Texts } from '../text/texts.ts';

/** A message to the host holds 80 MB, and base64 takes a third more. */
const largestFile = 55_000_000;

/** What the teacher's page shows. */
export class GradingStore {
  readonly table: Store<GradingTable | null> = createStore<GradingTable | null>(null);
  /** What is being done, in words; null: nothing. */
  readonly busy: Store<string | null> = createStore<string | null>(null);
  /** Why the last file was refused; it stays until something else is opened. */
  readonly failures: Store<readonly string[]> = createStore<readonly string[]>([]);
  /** The row whose details were seen last. */
  readonly lastRow: Store<string | null> = createStore<string | null>(null);
  readonly #host: Host;
  readonly #texts: Texts;
  readonly #notices: Notices;

  constructor(host: Host, texts: Texts, notices: Notices) {
    this.#host = host;
    this.#texts = texts;
    this.#notices = notices;
    host.on('grading.row', (row) => this.#replace(row));
  }

  async refresh(): Promise<void> {
    await this.#do(null, async () => this.table.set(await this.#host.request('grading.read', {})));
  }

  async loadZip(file: File): Promise<void> {
    await this.#loadPack(async () => ({ base64: await this.#base64(file) }));
  }

  /** The files of a folder as the browser's picker gives them. */
  async loadFolder(files: readonly File[]): Promise<void> {
    await this.#loadPack(async () => ({
      files: await Promise.all(
        files.map(async (file) => ({ path: file.webkitRelativePath, base64: await this.#base64(file) })),
      ),
    }));
  }

  async #loadPack(
    read: () => Promise<{ base64: string } | { files: { path: string; base64: string }[] }>,
  ): Promise<void> {
    const { grading } = this.#texts;
    await this.#do(grading.loadingPack, async () => {
      const table = await this.#host.request('grading.loadPack', await read());
      this.table.set(table);
      this.#notices.toast({ text: grading.packLoaded(table.pack?.name ?? ''), tone: 'ok' });
    });
  }

  async removePack(): Promise<void> {
    await this.#do(null, async () => {
      this.table.set(await this.#host.request('grading.removePack', {}));
      this.#notices.toast({ text: this.#texts.grading.packRemoved, tone: 'plain' });
    });
  }

  async setPoints(activity: string, criterion: string, points: number): Promise<void> {
    await this.#do(null, async () =>
      this.table.set(await this.#host.request('grading.setPoints', { activity, criterion, points })),
    );
  }

  /** One after the other: each is told by name, and a file that cannot be opened keeps none of the others out. */
  async openFiles(files: readonly File[]): Promise<void> {
    const { grading } = this.#texts;
    const failures: string[] = [];
    let opened = 0;
    for (const file of files) {
      this.busy.set(grading.opening(file.name));
      try {
        if (!/\.zip$/i.test(file.name)) throw new Error(grading.notZip(file.name));
        const base64 = await this.#base64(file);
        const answer = await this.#host.request('grading.open', { name: file.name, base64 });
        opened += answer.opened;
        this.table.update((table) => ({ pack: table?.pack ?? null, rows: answer.rows }));
      } catch (error) {
        failures.push(messageOfFailure(error));
      }
    }
    this.busy.set(null);
    this.failures.set(failures);
    if (failures.length < files.length) this.#notices.toast({ text: grading.openedToast(opened), tone: 'ok' });
  }

  async remove(rows: readonly string[]): Promise<void> {
    await this.#do(null, async () => this.table.set(await this.#host.request('grading.remove', { rows: [...rows] })));
  }

  async compare(rows: readonly string[]): Promise<void> {
    await this.#do(null, () => this.#host.request('grading.compare', { rows: [...rows] }));
  }

  async saveCsv(): Promise<void> {
    await this.#do(null, async () => {
      const { text } = await this.#host.request('grading.csv', {});
      saveTextFile(this.#texts.grading.csvName(new Date().toISOString()), text);
    });
  }

  /** The path of the reference's notebook, written among the teacher's own; null when it was refused. */
  async openReference(unit: string): Promise<string | null> {
    let opened: string | null = null;
    await this.#do(null, async () => {
      opened = (await this.#host.request('grading.openReference', { unit })).path;
    });
    return opened;
  }

  async #do(busy: string | null, work: () => Promise<unknown>): Promise<void> {
    this.busy.set(busy);
    try {
      await work();
      this.failures.set([]);
    } catch (error) {
      this.failures.set([messageOfFailure(error)]);
    } finally {
      this.busy.set(null);
    }
  }

  async #base64(file: File): Promise<string> {
    if (file.size > largestFile) throw new Error(this.#texts.grading.tooLarge(file.name));
    return base64Of(new Uint8Array(await file.arrayBuffer()));
  }

  #replace(row: GradingRow): void {
    this.table.update((table) =>
      table === null ? null : { ...table, rows: table.rows.map((each) => (each.id === row.id ? row : each)) },
    );
  }
}
