import type { EngineEvent } from '../../../engine/api/engine-events.ts';
import { caso6 } from '../../../exercises/caso-6/exercise.ts';
import bolsa1 from '../../../exercises/caso-6/input/bolsa1.json?raw';
import bolsa2 from '../../../exercises/caso-6/input/bolsa2.json?raw';
import bolsa3 from '../../../exercises/caso-6/input/bolsa3.json?raw';
import starter from '../../../exercises/caso-6/starter.ipynb?raw';
import type { CheckResult, Guide } from '../../../main/contract/guide-schema.ts';
import { HostFailure, type Emit, type Handlers } from '../../../main/contract/host-api.ts';
import type { CellOutput } from '../../../main/contract/notebook-schema.ts';
import type { RecordedAnswers } from '../../../renderer/host/recorded-host.ts';
import { firstBatch, printedBy, progressOf, secondBatch, showOnStream, type RecordedBatch } from './caso-6-batches.ts';
import { recordedFiles } from './recorded-files.ts';
import { gradedOnes, lessonSummary, recordedLesson } from './recorded-lesson.ts';
import { recordedServices } from './recorded-services.ts';
import { starterNotebook } from './starter-notebook.ts';

const path = 'caso-6/caso-6.ipynb';
const texts: Readonly<Record<string, string>> = { 'bolsa1.json': bolsa1, 'bolsa2.json': bolsa2, 'bolsa3.json': bolsa3 };
const guide: Guide = {
  id: caso6.id,
  title: caso6.title,
  intro: caso6.intro,
  steps: [...caso6.steps],
  errata: [...caso6.errata],
  charts: [...caso6.charts],
  inputs: caso6.inputs
    .filter((input) => !input.atStart)
    .map(({ name, folder, description }) => ({ name, folder, description, text: texts[name] ?? '' })),
  dropFolder: caso6.dropFolder,
  questions: [],
  commands: [],
  calculator: null,
  producer: null,
  services: { topics: [], tables: [], collections: [] },
};

const identity = { queryId: '9f1c2a34-0000-4000-8000-000000000001', runId: 'run-1', name: null, cell: 'caso6-ventana' };

/** Caso 6 as the real host answers it: the texts are Spark's. */
export const caso6Tape: RecordedAnswers = (emit) => {
  const tape = new Tape(emit);
  return {
    ...tape.app(),
    ...tape.notebookAnswers(),
    ...tape.kernelAnswers(),
    ...tape.files.answers,
    ...recordedServices(emit),
    ...recordedLesson.answers,
  };
};

class Tape {
  readonly emit: Emit;
  readonly files: ReturnType<typeof recordedFiles>;
  #notebook = starterNotebook(starter);
  #revision = 1;
  #count = 0;
  #passed = new Set<string>();
  #isRunning = false;
  #waiting: string | null = null;
  #settings: Record<string, unknown> = {};

  constructor(emit: Emit) {
    this.emit = emit;
    this.files = recordedFiles(emit, { 'caso-6/entrada/bolsa1.json': bolsa1 }, (file) => {
      if (file.endsWith('bolsa2.json') && this.#isRunning) setTimeout(() => this.#batch(secondBatch), 150);
    });
  }

  app(): Partial<Handlers> {
    return {
      'app.info': async () => ({ version: '0.1.0', mode: 'browser', dataFolder: '/home/alumna/Marea', language: 'es' }),
      'settings.read': async () => ({ settings: this.#settings }),
      'settings.write': async ({ settings }) => {
        this.#settings = { ...this.#settings, ...settings };
        return {};
      },
      'activity.list': async () => ({
        activities: [
          lessonSummary,
          {
            id: 'caso-6',
            title: caso6.title,
            summary: caso6.summary,
            minutes: caso6.minutes,
            tags: ['ficheros JSON', 'ventanas', 'complete'],
            nextStep: 'Deja caer `bolsa2.json`',
            stepsDone: 3,
            stepsTotal: caso6.steps.length,
            lastOpened: '2026-11-25T10:00:00Z',
          },
          {
            id: 'caso-7',
            title: 'Caso 7 · Bolsa II: que los datos caduquen',
            summary: 'Marca de agua, modo `append` y totales acumulados.',
            minutes: 50,
            tags: ['watermark', 'parquet'],
            stepsDone: 0,
            stepsTotal: 7,
            lastOpened: null,
          },
        ],
        notebooks: [{ path: 'cuadernos/pruebas.ipynb', modifiedMs: Date.parse('2026-11-24T18:20:00Z') }],
        graded: gradedOnes,
        lastNotebook: path,
      }),
      'activity.open': async ({ id }) =>
        id === lessonSummary.id
          ? recordedLesson.opened()
          : { guide, folder: 'caso-6', notebook: path, checks: this.#checks() },
      'activity.check': async () => ({ checks: this.#checks() }),
      'activity.reset': async ({ dryRun }) => ({ removed: dryRun ? this.files.learnersOwn() : [] }),
    };
  }

  notebookAnswers(): Partial<Handlers> {
    return {
      'notebook.open': async ({ path: asked }) =>
        asked === path
          ? { notebook: this.#notebook, revision: this.#revision, recovered: false, kernel: 'idle' }
          : recordedLesson.notebook(),
      'notebook.save': async ({ revision, notebook }) => {
        if (revision !== this.#revision) throw new HostFailure('conflict', 'conflict');
        this.#notebook = notebook;
        this.#revision++;
        return { revision: this.#revision, savedAt: new Date().toISOString() };
      },
      'notebook.create': async ({ folder, name }) => ({ path: `${folder}/${name}.ipynb` }),
    };
  }

  kernelAnswers(): Partial<Handlers> {
    return {
      'kernel.execute': async ({ cell, source }) => {
        setTimeout(() => this.#run(cell, source), 0);
        return { run: ++this.#count };
      },
      'kernel.interrupt': async () => {
        if (this.#waiting !== null) this.#interruptWaiting(this.#waiting);
        return {};
      },
      'kernel.restart': async () => {
        this.emit('kernel.state', { path, state: 'restarting' });
        setTimeout(() => this.emit('kernel.state', { path, state: 'idle' }), 100);
        return {};
      },
      'kernel.complete': async ({ position }) => ({
        from: position,
        items: [{ label: 'readStream' }, { label: 'read' }],
      }),
      'query.stop': async () => {
        this.#isRunning = false;
        this.#query({
          kind: 'query_terminated',
          at: new Date().toISOString(),
          error: null,
          errorClass: null,
          ...identity,
        });
        return {};
      },
      'query.list': async () => ({ events: [] }),
    };
  }

  #run(cell: string, source: string): void {
    const count = this.#count;
    const startedAt = new Date().toISOString();
    this.emit('kernel.state', { path, state: 'busy' });
    this.emit('cell.started', { path, cell, run: count, at: startedAt, codeHash: '' });
    const finish = (status: 'ok' | 'error', extra: object = {}) => {
      this.emit('cell.finished', { path, cell, run: count, status, count, startedAt, durationMs: 21, ...extra });
      this.emit('kernel.state', { path, state: 'idle' });
      this.emit('activity.checks', { id: 'caso-6', checks: this.#checks() });
    };
    if (source.includes('accionesDF.show()')) {
      this.#output(cell, showOnStream.output);
      return finish('error', { card: showOnStream.card, line: 1 });
    }
    const text = printedBy[cell];
    if (text !== undefined) this.#output(cell, { output_type: 'stream', name: 'stdout', text });
    if (cell === 'caso6-lectura') this.#passed.add('esquema');
    if (cell === 'caso6-previa') this.#passed.add('previa');
    if (cell === 'caso6-ventana') this.#startQuery();
    if (cell === 'caso6-espera') {
      this.#waiting = cell;
      return this.emit('cell.waiting', { path, cell, waiting: true, query: identity.queryId });
    }
    finish('ok');
  }

  #interruptWaiting(cell: string): void {
    this.#waiting = null;
    this.#output(cell, {
      output_type: 'error',
      ename: 'KeyboardInterrupt',
      evalue: '',
      traceback: ['Traceback (most recent call last):', '  File "<celda 8>", line 1', 'KeyboardInterrupt'],
    });
    this.emit('cell.finished', {
      path,
      cell,
      run: this.#count,
      status: 'interrupted',
      count: this.#count,
      startedAt: new Date().toISOString(),
      durationMs: 1_200,
      line: 1,
    });
    this.emit('kernel.state', { path, state: 'idle' });
  }

  #startQuery(): void {
    this.#isRunning = true;
    this.#query({
      kind: 'query_started',
      at: new Date().toISOString(),
      sink: 'console',
      outputMode: 'complete',
      resumedFromBatch: null,
      checkpoint: null,
      ...identity,
    });
    setTimeout(() => this.#batch(firstBatch), 120);
  }

  #batch(batch: RecordedBatch): void {
    this.#query({ kind: 'console_text', text: batch.text, ...identity });
    this.#query({ kind: 'query_rows', batchId: batch.batchId, rows: batch.rows, ...identity });
    this.#query({ kind: 'query_progress', progress: progressOf(batch, identity), executed: true, ...identity });
    for (const check of batch.batchId === 0 ? ['ventanas', 'total-cuadra'] : ['segundo-fichero'])
      this.#passed.add(check);
    this.emit('activity.checks', { id: 'caso-6', checks: this.#checks() });
  }

  #query(event: EngineEvent): void {
    this.emit('query.event', { path, event });
  }

  #output(cell: string, output: CellOutput): void {
    this.emit('cell.output', { path, cell, output });
  }

  #checks(): CheckResult[] {
    return caso6.checks.map(({ id, title }) => ({
      id,
      title,
      passed: this.#passed.has(id),
      message: this.#passed.has(id) ? '' : 'Todavía no se ve en tu cuaderno.',
    }));
  }
}
