import type { Host } from '../../main/contract/host-api.ts';
import type { FileEntry } from '../../main/contract/requests.ts';
import { codeOfFailure } from '../host/host-failure-code.ts';
import { createStore, type Store } from '../store/external-store.ts';
import { createPacer } from '../store/pacer.ts';

export type FilesState = {
  /** Absolute path of the root folder; empty until known. */
  readonly absolute: string;
  /** Children by folder, for the root and every folder that is open. */
  readonly children: Readonly<Record<string, readonly FileEntry[]>>;
  readonly expanded: Readonly<Record<string, boolean>>;
  readonly failed: boolean;
};

export type NewFile = { readonly name: string; readonly folder: string } & (
  | { readonly text: string }
  | { readonly base64: string }
);

/** Joins parts of a path; an empty folder is the root itself. */
export const pathIn = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join('/');

const refreshMs = 300;
const byKindAndName = (a: FileEntry, b: FileEntry) =>
  Number(b.isFolder) - Number(a.isFolder) || a.name.localeCompare(b.name, undefined, { numeric: true });

/** The working folder of an activity, as the panel shows it. */
export class FilesStore {
  readonly root: string;
  readonly state: Store<FilesState>;
  readonly #host: Host;
  readonly #pacer = createPacer(() => void this.refresh(), refreshMs);
  readonly #endings: (() => void)[];

  constructor(host: Host, root: string, open: readonly string[]) {
    this.root = root;
    this.#host = host;
    const expanded = Object.fromEntries(open.map((folder) => [`${root}/${folder}`, true]));
    this.state = createStore<FilesState>({ absolute: '', children: {}, expanded, failed: false });
    this.#endings = [
      host.on('files.changed', ({ folder }) => {
        if (folder === root || folder.startsWith(`${root}/`)) this.#pacer.request();
      }),
      host.onLink((link) => {
        if (link === 'open') this.#pacer.request();
      }),
    ];
  }

  async refresh(): Promise<void> {
    const { expanded } = this.state.get();
    const open = Object.keys(expanded).filter((folder) => expanded[folder]);
    const root = await this.#list(this.root);
    const lists = await Promise.all(
      open.map(async (folder) => [folder, (await this.#list(folder))?.entries ?? []] as const),
    );
    this.state.update((state) => ({
      ...state,
      absolute: root?.absolute ?? state.absolute,
      failed: root === null,
      children: { ...state.children, ...Object.fromEntries(lists), [this.root]: root?.entries ?? [] },
    }));
  }

  async toggle(folder: string): Promise<void> {
    const isOpen = this.state.get().expanded[folder] ?? false;
    this.state.update((state) => ({ ...state, expanded: { ...state.expanded, [folder]: !isOpen } }));
    if (isOpen) return;
    const entries = (await this.#list(folder))?.entries ?? [];
    this.state.update((state) => ({ ...state, children: { ...state.children, [folder]: entries } }));
  }

  /** Writes a file into a folder of the activity; `taken` when one of that name is there. */
  async write(file: NewFile, overwrite: boolean): Promise<'written' | 'taken' | 'failed'> {
    const { name, folder, ...content } = file;
    try {
      await this.#host.request('files.write', { path: pathIn(this.root, folder, name), overwrite, ...content });
    } catch (error) {
      return codeOfFailure(error) === 'conflict' ? 'taken' : 'failed';
    }
    this.state.update((state) => ({ ...state, expanded: { ...state.expanded, [pathIn(this.root, folder)]: true } }));
    await this.refresh();
    return 'written';
  }

  close(): void {
    for (const end of this.#endings) end();
  }

  async #list(folder: string) {
    const answer = await this.#host.request('files.list', { folder }).catch(() => null);
    return answer === null ? null : { ...answer, entries: answer.entries.toSorted(byKindAndName) };
  }
}
