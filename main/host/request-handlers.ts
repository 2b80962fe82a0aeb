import { mkdir, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { assertNever } from '../../engine/core/assert-never.ts';
import type { ClockAction } from '../contract/clock-state.ts';
import { HostFailure, type Handlers, type HandlersOf } from '../contract/host-api.ts';
import { newCellId, parseNotebook } from '../workspace/notebook-file.ts';
import { fileEntry, listLearnerFiles, removeLearnerFile } from '../workspace/learner-files.ts';
import { evidenceHandlers } from './evidence-handlers.ts';
import { gradingHandlers } from './grading-handlers.ts';
import { handInHandlers } from './hand-in-handlers.ts';
import { serviceHandlers } from './service-handlers.ts';
import type { VirtualClock } from './virtual-clock.ts';
import type { Workbench } from './workbench.ts';

/** One handler for each request of the contract. Paths were checked by the contract: relative, without `..`. */
export const requestHandlers = (workbench: Workbench): Handlers => ({
  ...activityHandlers(workbench),
  ...notebookHandlers(workbench),
  ...kernelHandlers(workbench),
  ...clockHandlers(workbench),
  ...fileHandlers(workbench),
  ...serviceHandlers(workbench),
  ...evidenceHandlers(workbench),
  ...handInHandlers(workbench),
  ...gradingHandlers(workbench),
});

const activityHandlers = (workbench: Workbench): HandlersOf<'app' | 'settings' | 'activity'> => ({
  'app.info': async () => ({
    version: workbench.options.version,
    mode: workbench.options.mode,
    dataFolder: workbench.options.dataFolder,
    language: 'es',
  }),
  'settings.read': async () => ({ settings: { ...workbench.settings.read() } }),
  'settings.write': async ({ settings }) => {
    await workbench.settings.merge(settings);
    return {};
  },
  'activity.list': async () => ({
    activities: [...workbench.activities.summaries()],
    graded: [...workbench.activities.graded()],
    notebooks: await workbench.listNotebooks(),
    lastNotebook: workbench.progress.lastNotebook,
  }),
  'activity.open': async ({ id }) => workbench.activities.open(id),
  'activity.starter': async ({ id }) => ({ cells: [...((await workbench.activities.starter(id))?.cells ?? [])] }),
  'activity.answer': async ({ id, question, chosen }) => ({
    question: await workbench.activities.answer(id, question, chosen),
  }),
  'activity.check': async ({ id }) => ({ checks: await workbench.activities.check(id) }),
  'activity.reset': async ({ id, dryRun, paths }) => {
    if (!dryRun) await stopWork(workbench, id);
    const removed = await workbench.activities.reset(id, dryRun, paths);
    if (!dryRun) workbench.emit('files.changed', { folder: id });
    return { removed };
  },
});

/** What runs for an activity would go on reading, or filling, what a reset takes away. */
async function stopWork(workbench: Workbench, id: string): Promise<void> {
  const { script } = workbench.producer.state();
  await Promise.all([
    ...workbench.runtimesIn(id).map((runtime) => runtime.stopQueries()),
    script?.startsWith(`${id}/`) ? workbench.producer.stop() : undefined,
  ]);
}

const notebookHandlers = (workbench: Workbench): HandlersOf<'notebook'> => ({
  'notebook.open': async ({ path }) => {
    const { notebook, revision } = await workbench.notebooks.open(path);
    const recovered = workbench.tellsRecovery(path);
    const activity = workbench.activities.activityOf(path)?.id ?? null;
    await workbench.progress.opened(activity, path, new Date().toISOString());
    const runtime = workbench.runtime(path);
    void runtime.warmUp().catch(() => undefined);
    return { notebook, revision, recovered, kernel: runtime.state };
  },
  'notebook.save': async ({ path, revision, notebook }) => {
    const saved = await workbench.notebooks.save(path, revision, notebook);
    if (saved !== revision) workbench.emit('notebook.saved', { path, revision: saved });
    workbench.checkSoon(path);
    return { revision: saved, savedAt: new Date().toISOString() };
  },
  'notebook.create': async ({ folder, name, source, text }) => {
    if (folder.split('/').includes('..') || folder.startsWith('/'))
      throw new HostFailure('denied', 'Esa carpeta no es de Marea.');
    const notebook = source
      ? (await workbench.notebooks.open(source)).notebook
      : text === undefined
        ? emptyNotebook()
        : readImported(text);
    return { path: await workbench.notebooks.create(folder, name, notebook) };
  },
});

const emptyNotebook = (): ReturnType<typeof parseNotebook> => ({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {},
  cells: [{ id: newCellId(), cell_type: 'code', source: '', metadata: {}, execution_count: null, outputs: [] }],
});

function readImported(text: string): ReturnType<typeof parseNotebook> {
  try {
    return parseNotebook(text);
  } catch (error) {
    throw new HostFailure('failed', error instanceof Error ? error.message : 'No es un cuaderno.');
  }
}

const kernelHandlers = (workbench: Workbench): HandlersOf<'kernel' | 'query'> => ({
  'kernel.execute': async ({ path, cell, source }) => ({ run: workbench.runtime(path).execute(cell, source) }),
  'kernel.interrupt': async ({ path }) => {
    workbench.knownRuntime(path)?.interrupt();
    return {};
  },
  'kernel.restart': async ({ path }) => {
    await workbench.runtime(path).restart();
    return {};
  },
  'kernel.complete': async ({ path, source, position }) => {
    const { from, items } = await workbench.runtime(path).complete(source, position);
    return { from, items: [...items] };
  },
  'query.stop': async ({ path, queryId }) => {
    await workbench.runtime(path).stopQuery(queryId);
    return {};
  },
  'query.list': async ({ path }) => ({ events: [...(workbench.knownRuntime(path)?.history.replay() ?? [])] }),
});

const clockHandlers = ({ clock }: Workbench): HandlersOf<'clock'> => ({
  'clock.get': async () => clock.state(),
  'clock.set': async ({ action }) => {
    await moveClock(clock, action);
    return clock.state();
  },
});

async function moveClock(clock: VirtualClock, action: ClockAction): Promise<void> {
  switch (action.kind) {
    case 'pace':
      return clock.setRate(action.rate);
    case 'pause':
      return clock.pause();
    case 'resume':
      return clock.resume();
    case 'advance':
      return clock.advance(action.ms);
    case 'next':
      return clock.advanceToNext();
    default:
      return assertNever(action, 'clock action');
  }
}

const fileHandlers = (workbench: Workbench): HandlersOf<'files'> => {
  const { dataFolder } = workbench.options;
  const folders = (path: string) => workbench.activities.activityOf(path)?.folders;
  return {
    'files.list': async ({ folder }) => ({
      absolute: join(dataFolder, folder),
      entries: await listLearnerFiles(dataFolder, folder, folders(folder)),
    }),
    'files.preview': async ({ path }) => {
      if (!(await isFile(join(dataFolder, path)))) throw new HostFailure('not_found', `No encuentro ${path}.`);
      return workbench.previews.preview(join(dataFolder, path));
    },
    'files.write': async ({ path, text, base64, overwrite }) => {
      const target = join(dataFolder, path);
      if (!overwrite && (await isFile(target))) throw new HostFailure('conflict', `Ya hay un fichero ${path}.`);
      await mkdir(dirname(target), { recursive: true });
      await writeUnseen(target, text === undefined ? Buffer.from(base64 ?? '', 'base64') : Buffer.from(text));
      const entry = await fileEntry(dataFolder, path, folders(path));
      if (!entry) throw new HostFailure('failed', `No se ha podido escribir ${path}.`);
      return { entry };
    },
    'files.remove': async ({ path }) => {
      await removeLearnerFile(dataFolder, path);
      return {};
    },
  };
};

/** Written under a hidden name and renamed, so that a running query never reads half a file. */
async function writeUnseen(target: string, content: Buffer): Promise<void> {
  const hidden = join(dirname(target), `.${Date.now()}-${target.split(/[\\/]/).at(-1)}`);
  await writeFile(hidden, content);
  await rename(hidden, target);
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
