import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { assert } from '../../engine/core/assert-never.ts';
import type { EvidenceRecord, Student } from '../contract/evidence-schema.ts';
import type { HandInChoice, HandInSaved, HandInState } from '../contract/hand-in-schema.ts';
import { HostFailure } from '../contract/host-api.ts';
import type { Answers } from '../grading/bundle-schema.ts';
import { sealedLog, sealKind, sealOf } from '../grading/hand-in-seal.ts';
import { openBundle } from '../grading/open-bundle.ts';
import { groupedHash, receiptText } from '../grading/receipt.ts';
import { inputNames } from '../grading/recorded-inputs.ts';
import { verifyBundle } from '../grading/verify-bundle.ts';
import {
  bundleName,
  describeContent,
  writeBundle,
  type BundleContent,
  type EvidenceFiles,
} from '../grading/write-bundle.ts';
import type { WriteFile } from '../workspace/evidence-store.ts';
import { serialiseNotebook } from '../workspace/notebook-file.ts';
import { writtenTexts } from '../workspace/written-texts.ts';
import type { EventRecorder } from './event-recorder.ts';
import { surveyHandIn, type Survey, type SurveyedUnit, type SurveyPorts } from './hand-in-survey.ts';

export type HandInPorts = SurveyPorts & {
  readonly student: () => Student | null;
  readonly version: string;
  /** Whether the clock has ever been moved since the workbench started. */
  readonly clockMode: () => 'real' | 'virtual';
  readonly record: EventRecorder['record'];
  /** What programs read, by its names in the log: a line each. */
  readonly inputs: EventRecorder['inputs'];
  readonly write: WriteFile;
};

/** Folder of the data folder where bundles and their receipts are written. */
const handInFolder = 'entregas';

/** Looks at what graded activities have, writes their bundle, opens it again and verifies it. */
export class HandInDesk {
  readonly #ports: HandInPorts;
  #saving: Promise<unknown> = Promise.resolve();

  constructor(ports: HandInPorts) {
    this.#ports = ports;
  }

  async look(choice: HandInChoice): Promise<HandInState> {
    return (await surveyHandIn(this.#ports, choice)).state;
  }

  /** One at a time: each finds its own name, and its own line in the log. */
  save(choice: HandInChoice): Promise<HandInSaved> {
    const saved = this.#saving.then(() => this.#save(choice));
    this.#saving = saved.catch(() => undefined);
    return saved;
  }

  /** Writes bundle and receipt side by side; the written file is opened again and verified before anybody is told that it is there. */
  async #save(choice: HandInChoice): Promise<HandInSaved> {
    const student = this.#ports.student();
    if (student === null) throw new HostFailure('conflict', 'Antes de guardar la entrega, escribe tu nombre y tu NIA.');
    const content = await this.#content(await surveyHandIn(this.#ports, choice), student);
    const folder = join(this.#ports.dataFolder, handInFolder);
    const name = await freeName(folder, content);
    const seal = sealOf(describeContent(content));
    await this.#ports.record(sealKind, seal);
    const log = sealedLog(await this.#ports.log(), seal);
    const inputs = await this.#ports.inputs(inputNames(log, content.notebooks));
    await this.#ports.write(join(folder, name), writeBundle(content, { log, inputs }));
    const bytes = await readFile(join(folder, name));
    const opened = await openBundle(bytes);
    const saved = { name, folder, bytes: bytes.length, sha256: groupedHash(bytes) };
    if (!opened.isReadable) return { ...saved, files: [], problems: [opened.reason] };
    await this.#ports.write(join(folder, name.replace(/\.zip$/, '.txt')), receiptText(opened.handIn, name, bytes));
    const files = [...opened.files].map(([path, file]) => ({ path, bytes: file.length }));
    return { ...saved, files, problems: [...verifyBundle(opened.handIn, opened.files)] };
  }

  async #content({ activities, units, captures, state }: Survey, student: Student): Promise<BundleContent> {
    return {
      marea: this.#ports.version,
      createdAt: new Date().toISOString(),
      student,
      activities: activities.map(({ id, title, units: of }) => ({ id, title, units: of })),
      clock: this.#ports.clockMode(),
      notebooks: units.flatMap(({ unit, title, chosen }) =>
        chosen === null ? [] : [{ unit, title, text: serialiseNotebook(chosen.notebook), from: chosen.path }],
      ),
      evidence: await Promise.all(captures.map((capture) => this.#evidenceFiles(capture))),
      required: state.evidence.map(({ activity, id, title, isThere }) => ({ activity, evidence: id, title, isThere })),
      checks: state.checks,
      answers: units.map((unit) => this.#answers(unit)),
      changes: state.changes,
    };
  }

  #answers({ unit, starter, chosen }: SurveyedUnit): Answers {
    const texts = chosen === null ? [] : writtenTexts(chosen.notebook, starter);
    return { unit, texts, predictions: this.#ports.activities.predictions(unit) };
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
}

/** Nothing that was handed in is ever overwritten. */
async function freeName(folder: string, content: BundleContent): Promise<string> {
  for (let number = 1; ; number += 1) {
    const name = bundleName(content, number);
    const isTaken = await access(join(folder, name)).then(
      () => true,
      () => false,
    );
    if (!isTaken) return name;
  }
}
