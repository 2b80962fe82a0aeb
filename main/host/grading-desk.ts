import type { GradingDetail, GradingTable } from '../contract/grading-requests.ts';
import type { Comparison, GradingRow } from '../contract/grading-schema.ts';
import { HostFailure, type Emit } from '../contract/host-api.ts';
import type { Notebook } from '../contract/notebook-schema.ts';
import type { CompareBundle } from '../grading/comparing.ts';
import { rescaled, sumsOf } from '../grading/grade-sums.ts';
import { gradesCsv } from '../grading/grades-csv.ts';
import type { WriteFile } from '../workspace/evidence-store.ts';
import { parseNotebook } from '../workspace/notebook-file.ts';
import { sha256Of } from '../workspace/sha256.ts';
import { checkBundles, type CheckedBundle } from './check-bundles.ts';
import { PackShelf } from './pack-shelf.ts';

export type GradingPorts = {
  readonly dataFolder: string;
  readonly write: WriteFile;
  readonly compare: CompareBundle;
  readonly emit: Emit;
};

type Row = {
  readonly id: string;
  readonly checked: CheckedBundle;
  state: GradingRow['state'];
  /** As it was answered: out of the pack's own points. */
  comparison: Comparison | null;
  abort: AbortController | null;
};

/** A replay takes a kernel and its services; more at once are slower on the machines of a classroom. */
const mostAtOnce = 2;

/** The teacher's table: the reference, the hand-ins that were opened, what their replays came to. A restart forgets the rows and keeps the reference. */
export class GradingDesk {
  readonly shelf: PackShelf;
  readonly #ports: GradingPorts;
  readonly #rows = new Map<string, Row>();
  readonly #waiting: Row[] = [];
  readonly #running = new Set<Promise<void>>();

  constructor(ports: GradingPorts) {
    this.#ports = ports;
    this.shelf = new PackShelf(ports.dataFolder, ports.write);
  }

  async table(): Promise<GradingTable> {
    await this.shelf.load();
    return { pack: this.shelf.summary, rows: this.#shown() };
  }

  async open(name: string, bytes: Uint8Array): Promise<{ readonly rows: GradingRow[]; readonly opened: number }> {
    await this.shelf.load();
    const before = this.#rows.size;
    for (const checked of await checkBundles(name, bytes)) {
      // The same file again, under whatever name, is the same row; what cannot be read is told from others by its name.
      const id = sha256Of(checked.bundle === null ? checked.check.file : checked.bytes).slice(0, 16);
      if (!this.#rows.has(id)) this.#rows.set(id, { id, checked, state: 'opened', comparison: null, abort: null });
    }
    return { rows: this.#shown(), opened: this.#rows.size - before };
  }

  remove(ids: readonly string[]): void {
    for (const row of this.#known(ids)) {
      row.abort?.abort();
      this.#rows.delete(row.id);
    }
  }

  /** Rows that wait or run already, and those that cannot be read, are left as they are. */
  compare(ids: readonly string[]): void {
    for (const row of this.#known(ids)) {
      if (row.checked.bundle === null || row.state === 'waiting' || row.state === 'replaying') continue;
      this.#change(row, 'waiting', row.comparison);
      this.#waiting.push(row);
    }
    this.#startNext();
  }

  async detail(id: string): Promise<GradingDetail> {
    const row = this.#row(id);
    const { handIn, files } = row.checked.bundle ?? { handIn: null, files: new Map<string, Uint8Array>() };
    const references = new Set(this.shelf.pack?.reference.units.map((unit) => unit.id));
    return {
      row: this.#shownRow(row),
      notebooks: (handIn?.notebooks ?? []).map(({ unit, title }) => ({
        unit,
        title,
        hasReference: references.has(unit),
      })),
      pictures: (handIn?.evidence ?? []).map(({ path, title, source }) => ({
        path,
        title,
        unit: source.unit,
        batch: source.batch,
        png: pngOf(files.get(`${path}.png`)),
      })),
    };
  }

  notebooks(id: string, unit: string): { readonly handedIn: Notebook | null; readonly reference: Notebook | null } {
    const { bundle } = this.#row(id).checked;
    const path = bundle?.handIn.notebooks.find((notebook) => notebook.unit === unit)?.path;
    const { pack } = this.shelf;
    const own = pack?.reference.units.find((each) => each.id === unit)?.notebook;
    return {
      handedIn: notebookOf(path === undefined ? undefined : bundle?.files.get(path)),
      reference: notebookOf(own === undefined ? undefined : pack?.files.get(own)),
    };
  }

  csv(): string {
    return gradesCsv(this.#shown());
  }

  /** Stops what runs, and waits until it has cleared up. */
  async close(): Promise<void> {
    this.#waiting.length = 0;
    for (const row of this.#rows.values()) row.abort?.abort();
    await Promise.all(this.#running);
  }

  #startNext(): void {
    while (this.#running.size < mostAtOnce) {
      const row = this.#waiting.shift();
      if (row === undefined) return;
      if (this.#rows.get(row.id) !== row) continue;
      const replay = this.#replay(row).finally(() => {
        this.#running.delete(replay);
        this.#startNext();
      });
      this.#running.add(replay);
    }
  }

  async #replay(row: Row): Promise<void> {
    const { bundle } = row.checked;
    if (bundle === null) return;
    row.abort = new AbortController();
    this.#change(row, 'replaying', row.comparison);
    try {
      await this.shelf.load();
      const comparison = await this.#ports.compare(bundle, this.shelf.pack, row.abort.signal);
      this.#change(row, 'compared', comparison);
    } catch (error) {
      this.#failed(row, error);
    } finally {
      row.abort = null;
    }
  }

  #failed(row: Row, error: unknown): void {
    if (row.abort?.signal.aborted) return;
    this.#change(row, 'failed', null);
    const detail = `${row.checked.check.file}: ${error instanceof Error ? error.message : String(error)}`;
    this.#ports.emit('problem', { title: 'Una entrega no se ha podido comparar', detail, blame: 'marea' });
  }

  #change(row: Row, state: Row['state'], comparison: Comparison | null): void {
    row.state = state;
    row.comparison = comparison;
    if (this.#rows.get(row.id) === row) this.#ports.emit('grading.row', this.#shownRow(row));
  }

  #shown(): GradingRow[] {
    return [...this.#rows.values()].map((row) => this.#shownRow(row));
  }

  #shownRow({ id, checked, state, comparison: answered }: Row): GradingRow {
    const comparison = answered === null ? null : rescaled(answered, this.shelf.points);
    return { id, check: checked.check, state, comparison, ...sumsOf(comparison) };
  }

  #known(ids: readonly string[]): readonly Row[] {
    return ids.flatMap((id) => this.#rows.get(id) ?? []);
  }

  #row(id: string): Row {
    const row = this.#rows.get(id);
    if (row === undefined)
      throw new HostFailure('not_found', 'Esa entrega ya no está en la tabla. Vuelve a abrir su fichero.');
    return row;
  }
}

const pngMark = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

/** Null for what is no picture, whatever its name says. */
const pngOf = (bytes: Uint8Array | undefined): string | null =>
  bytes !== undefined && Buffer.from(bytes).subarray(0, pngMark.length).equals(pngMark)
    ? Buffer.from(bytes).toString('base64')
    : null;

function notebookOf(bytes: Uint8Array | undefined): Notebook | null {
  try {
    return bytes === undefined ? null : parseNotebook(Buffer.from(bytes).toString('utf8'));
  } catch {
    return null;
  }
}
