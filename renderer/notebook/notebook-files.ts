import { messageOfFailure } from '../host/host-failure-code.ts';
import type { WindowModel } from '../store/window-model.ts';
import type { NotebookSession } from './notebook-session.ts';

/** Where notebooks go that belong to no activity: a working folder of their own. */
const ownFolder = 'cuadernos';
const notebookEnding = /\.ipynb$/i;

export const nameOfNotebook = (path: string): string => (path.split('/').at(-1) ?? path).replace(notebookEnding, '');
export const folderOfNotebook = (path: string): string => path.split('/').slice(0, -1).join('/');

type NewNotebook = { readonly folder: string; readonly name: string; readonly source?: string; readonly text?: string };

/** Makes a notebook and shows it; answers false when it could not. A copy of an activity's notebook keeps its guide. */
async function createAndShow(
  model: WindowModel,
  input: NewNotebook,
  failed: (why: string) => string,
  activity: string | null = null,
): Promise<boolean> {
  try {
    const { path } = await model.host.request('notebook.create', input);
    model.showNotebook(path, activity);
    await model.loadCatalogue();
    return true;
  } catch (error) {
    model.notices.toast({ text: failed(messageOfFailure(error)), tone: 'bad' });
    return false;
  }
}

const activityOf = (model: WindowModel, path: string): string | null =>
  model.openNotebooks.get().find((open) => open.path === path)?.activity ?? null;

export async function createNotebook(model: WindowModel): Promise<void> {
  await createAndShow(model, { folder: ownFolder, name: model.texts.start.newName }, (why) => why);
}

export async function duplicateNotebook(model: WindowModel, path: string): Promise<void> {
  const name = model.texts.notebook.copyName(nameOfNotebook(path));
  await createAndShow(
    model,
    { folder: folderOfNotebook(path), name, source: path },
    (why) => why,
    activityOf(model, path),
  );
}

/** Reads a file of the learner's disk; the host refuses what is not a notebook. */
export async function importNotebook(model: WindowModel, file: File): Promise<void> {
  const text = await file.text();
  await createAndShow(model, { folder: ownFolder, name: nameOfNotebook(file.name), text }, () =>
    model.texts.start.importFailed(file.name),
  );
}

/** The way out of a conflict that keeps both versions: ours stays on the screen until its copy lies on the disk. */
export async function saveConflictCopy(model: WindowModel, session: NotebookSession): Promise<void> {
  const name = model.texts.notebook.copyName(nameOfNotebook(session.path));
  const text = session.fileText;
  const isKept = await createAndShow(
    model,
    { folder: folderOfNotebook(session.path), name, text },
    (why) => why,
    activityOf(model, session.path),
  );
  if (isKept) await session.open();
}
