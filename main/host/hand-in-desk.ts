import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { assert } from '../../engine/core/assert-never.ts';
import type { EvidenceRecord, Student } from '../contract/evidence-schema.ts';
import type { GradedActivity } from '../contract/guide-schema.ts';
import type { HandInSaved, HandInState } from '../contract/hand-in-schema.ts';
import { HostFailure } from '../contract/host-api.ts';
import type { Notebook } from '../contract/notebook-schema.ts';
import { openBundle } from '../grading/open-bundle.ts';
import { groupedHash, receiptText } from '../grading/receipt.ts';
import { verifyBundle } from '../grading/verify-bundle.ts';
import { bundleName, writeBundle, type BundleContent, type EvidenceFiles } from '../grading/write-bundle.ts';
import type { WriteFile } from '../workspace/evidence-store.ts';
import { serialiseNotebook } from '../workspace/notebook-file.ts';
import type { ActivityService } from './activity-service.ts';
import type { EvidenceDesk } from './evidence-desk.ts';

export type HandInPorts = {
  readonly dataFolder: string;
  readonly activities: Pick<ActivityService, 'graded' | 'summaries' | 'check'>;
  readonly evidence: Pick<EvidenceDesk, 'list'>;
  readonly notebook: (path: string) => Promise<Notebook>;
  readonly student: () => Student | null;
  readonly version: string;
  /** Whether the clock has ever been moved since the workbench started. */
  readonly clockMode: () => 'real' | 'virtual';
  /** The event log, every line ended. */
  readonly log: () => Promise<string>;
  readonly write: WriteFile;
};

type Survey = { readonly state: HandInState; readonly items: readonly EvidenceRecord[] };

/** Folder of the data folder where bundles and their receipts are written. */
const handInFolder = 'entregas';

/** Looks at what a graded activity has, writes its bundle, opens it again and verifies it. */
export class HandInDesk {
  readonly #ports: HandInPorts;

  constructor(ports: HandInPorts) {
    this.#ports = ports;
  }

  async look(activity: string): Promise<HandInState> {
    return (await this.#survey(activity)).state;
  }

  async #survey(activity: string): Promise<Survey> {
    const { id, title, units } = this.#graded(activity);
    const [notebooks, { items, required }, checks] = await Promise.all([
      Promise.all(units.map((unit) => this.#notebookState(unit))),
      this.#ports.evidence.list(id),
      Promise.all(units.map(async (unit) => (await this.#ports.activities.check(unit)).map((it) => ({ unit, ...it })))),
    ]);
    const state = {
      activity: id,
      title,
      notebooks,
      evidence: required.map(({ evidence, title: name, state, message }) => ({
        id: evidence,
        title: name,
        isThere: state === 'ticked',
        message,
      })),
      checks: checks.flat(),
    };
    return { state, items };
  }

  /** Writes bundle and receipt side by side; the written file is opened again and verified before anybody is told that it is there. */
  async save(activity: string): Promise<HandInSaved> {
    const student = this.#ports.student();
    if (student === null) throw new HostFailure('conflict', 'Antes de guardar la entrega, escribe tu nombre y tu NIA.');
    const handIn = await this.#content(await this.#survey(activity), student);
    const name = bundleName(handIn);
    const folder = join(this.#ports.dataFolder, handInFolder);
    await this.#ports.write(join(folder, name), writeBundle(handIn));
    const bytes = await readFile(join(folder, name));
    const opened = await openBundle(bytes);
    const saved = { name, folder, bytes: bytes.length, sha256: groupedHash(bytes) };
    if (!opened.isReadable) return { ...saved, files: [], problems: [opened.reason] };
    await this.#ports.write(join(folder, name.replace(/\.zip$/, '.txt')), receiptText(opened.handIn, name, bytes));
    const files = [...opened.files].map(([path, content]) => ({ path, bytes: content.length }));
    return { ...saved, files, problems: [...verifyBundle(opened.handIn, opened.files)] };
  }

  async #content({ state, items }: Survey, student: Student): Promise<BundleContent> {
    const { activity, title, notebooks, evidence, checks } = state;
    const present = notebooks.flatMap(({ unit, title: name, path }) =>
      path === null ? [] : [{ unit, title: name, path }],
    );
    return {
      marea: this.#ports.version,
      createdAt: new Date().toISOString(),
      student,
      activities: [{ id: activity, title }],
      clock: this.#ports.clockMode(),
      notebooks: await Promise.all(
        present.map(async ({ unit, title: name, path }) => ({
          unit,
          title: name,
          text: serialiseNotebook(await this.#ports.notebook(path)),
        })),
      ),
      evidence: await Promise.all(items.map((item) => this.#evidenceFiles(item))),
      required: evidence.map(({ id, title: name, isThere }) => ({ activity, evidence: id, title: name, isThere })),
      checks,
      log: await this.#ports.log(),
    };
  }

  async #evidenceFiles({ files, ...record }: EvidenceRecord): Promise<EvidenceFiles> {
    const [png, json, txt] = await Promise.all(
      [files.png, files.json, files.txt].map(({ path }) => readFile(join(this.#ports.dataFolder, path))),
    );
    assert(png && json && txt, 'a capture has three files');
    return { record, png, json, txt };
  }

  async read(name: string): Promise<string> {
    try {
      return (await readFile(join(this.#ports.dataFolder, handInFolder, name))).toString('base64');
    } catch {
      throw new HostFailure('not_found', `No encuentro la entrega ${name}.`);
    }
  }

  #graded(activity: string): GradedActivity {
    const found = this.#ports.activities.graded().find(({ id }) => id === activity);
    if (!found) throw new HostFailure('not_found', `No hay ninguna actividad evaluable «${activity}».`);
    return found;
  }

  async #notebookState(unit: string): Promise<HandInState['notebooks'][number]> {
    const title = this.#ports.activities.summaries().find(({ id }) => id === unit)?.title ?? unit;
    const path = `${unit}/${unit}.ipynb`;
    const notebook = await this.#ports.notebook(path).catch(() => null);
    if (notebook === null) return { unit, title, path: null, hasRun: false };
    const hasRun = notebook.cells.some((cell) => cell.cell_type === 'code' && cell.execution_count !== null);
    return { unit, title, path, hasRun };
  }
}
