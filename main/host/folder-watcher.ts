import { watch, type FSWatcher } from 'node:fs';

/** Many events of one save, or of one batch, are told once. */
const quietMs = 150;

/** Tells which top-level folder of the data folder changed. Where the system cannot watch, nothing is told and panels refresh on demand. */
export class FolderWatcher {
  readonly #folder: string;
  readonly #onChange: (folder: string) => void;
  readonly #timers = new Map<string, NodeJS.Timeout>();
  #watcher: FSWatcher | undefined;

  constructor(folder: string, onChange: (folder: string) => void) {
    this.#folder = folder;
    this.#onChange = onChange;
  }

  start(): void {
    try {
      this.#watcher = watch(this.#folder, { recursive: true, persistent: false }, (_, name) => {
        if (name) this.#changed(String(name));
      });
      this.#watcher.on('error', () => this.stop());
    } catch {
      this.#watcher = undefined;
    }
  }

  stop(): void {
    this.#watcher?.close();
    this.#watcher = undefined;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  #changed(name: string): void {
    const [folder = '', ...rest] = name.split(/[\\/]/);
    const isHidden = [folder, ...rest].some((part) => part.startsWith('.'));
    if (isHidden || this.#timers.has(folder)) return;
    this.#timers.set(
      folder,
      setTimeout(() => {
        this.#timers.delete(folder);
        this.#onChange(folder);
      }, quietMs),
    );
  }
}
