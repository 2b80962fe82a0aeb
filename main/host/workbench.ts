import { mkdir, readdir, stat } from 'node:fs/promises';
import { freemem } from 'node:os';
import { dirname, join } from 'node:path';
import type { EventName, Events } from '../contract/events.ts';
import type { Emit } from '../contract/host-api.ts';
import type { CompareBundle } from '../grading/comparing.ts';
import type { PyodideFiles } from '../kernel/pyodide-process.ts';
import { KernelPool } from '../kernel/kernel-pool.ts';
import type { PyodideKernel } from '../kernel/pyodide-kernel.ts';
import { NotebookStore } from '../workspace/notebook-store.ts';
import { ProgressStore } from '../workspace/progress-store.ts';
import { SettingsStore } from '../workspace/settings-store.ts';
import { ActivityService } from './activity-service.ts';
import { callsOn } from './connectors-on.ts';
import { FilePreviews } from './file-preview.ts';
import { FolderWatcher } from './folder-watcher.ts';
import { GradingDesk } from './grading-desk.ts';
import { HostServices, servicesFolder } from './host-services.ts';
import { writeAtomic } from './node-files.ts';
import { NotebookRuntime } from './notebook-runtime.ts';
import { PanelServices } from './panel-services.ts';
import { ProducerDesk } from './producer-desk.ts';
import { compareWith } from './replay/compare-with.ts';
import { ServiceLooks } from './service-looks.ts';
import { StudentWork } from './student-work.ts';
import { VirtualClock } from './virtual-clock.ts';

export type WorkbenchOptions = {
  readonly dataFolder: string;
  readonly materialFolder: string;
  readonly python: PyodideFiles;
  readonly env: Readonly<Record<string, string>>;
  readonly version: string;
  readonly mode: 'browser' | 'desktop';
  /** The clock of every kernel and query; absent: one that begins as the machine's. */
  readonly clock?: VirtualClock;
  /** The last start ended without closing (kill, power cut): the first notebook opened says that it was recovered. */
  readonly wasLeft?: boolean;
  /** Runs hand-ins again for the teacher's table. */
  readonly compare?: CompareBundle;
};

/** Changes that come together (a run, a burst of files) are judged once. */
const checkDelayMs = 250;
const announceServicesMs = 200;

/** The host of a window: notebooks, kernels, activities and files of one data folder. */
export class Workbench {
  readonly options: WorkbenchOptions;
  readonly notebooks: NotebookStore;
  readonly progress: ProgressStore;
  readonly settings: SettingsStore;
  readonly activities: ActivityService;
  readonly previews: FilePreviews;
  readonly clock: VirtualClock;
  readonly services: HostServices;
  readonly panels: PanelServices;
  readonly producer: ProducerDesk;
  readonly work: StudentWork;
  readonly grading: GradingDesk;
  readonly #listeners = new Set<(name: EventName, event: Events[EventName]) => void>();
  readonly #runtimes = new Map<string, NotebookRuntime>();
  readonly #watcher: FolderWatcher;
  readonly #checkTimers = new Map<string, NodeJS.Timeout>();
  readonly #kernels: KernelPool;
  #servicesTimer: NodeJS.Timeout | undefined;
  #recovering: boolean;

  constructor(options: WorkbenchOptions) {
    this.options = options;
    this.#recovering = options.wasLeft === true;
    this.clock = options.clock ?? new VirtualClock();
    this.clock.onChange(() => this.emit('clock', this.clock.state()));
    const nursery = { folder: options.dataFolder, env: options.env };
    this.#kernels = new KernelPool(options.python, nursery, freemem, this.clock);
    const write = async (path: string, content: string | Uint8Array): Promise<void> => {
      await mkdir(dirname(path), { recursive: true });
      await writeAtomic(path, content);
    };
    this.notebooks = new NotebookStore(options.dataFolder, write, () => Date.now());
    this.progress = new ProgressStore(options.dataFolder, write);
    this.settings = new SettingsStore(options.dataFolder, write);
    const zone = options.env['TZ'] || Intl.DateTimeFormat().resolvedOptions().timeZone;
    this.previews = new FilePreviews(zone);
    this.services = new HostServices({
      folder: servicesFolder(options.dataFolder),
      clock: this.clock,
      onChange: () => this.#servicesChanged(),
      onLine: (port, event) =>
        this.emit('lines.line', { port, direction: event.kind, text: event.line, atMs: this.clock.now() }),
    });
    this.panels = new PanelServices(this.services.endpoints);
    this.producer = new ProducerDesk({
      dataFolder: options.dataFolder,
      env: options.env,
      python: options.python,
      clock: this.clock,
      openServices: (onSent) => callsOn(this.services.endpoints, onSent),
      takeSpare: () => this.#takeSpare(),
      emit: this.emit,
    });
    this.activities = new ActivityService({
      dataFolder: options.dataFolder,
      materialFolder: options.materialFolder,
      progress: this.progress,
      emit: this.emit,
      mark: (path, id) => this.#mark(path, id),
      notebook: async (path) => (await this.notebooks.open(path)).notebook,
      runtime: (path) => this.#runtimes.get(path),
      looks: new ServiceLooks(this.services, this.panels),
    });
    this.work = new StudentWork({
      ...options,
      zone,
      clock: this.clock,
      settings: this.settings,
      progress: this.progress,
      activities: this.activities,
      runtime: (path) => this.#runtimes.get(path),
      write,
      emit: this.emit,
      notebooks: () => this.listNotebooks(),
    });
    this.subscribe(this.work.listen);
    this.grading = new GradingDesk({
      dataFolder: options.dataFolder,
      compare: options.compare ?? compareWith(options.python),
      emit: this.emit,
      write,
    });
    this.#watcher = new FolderWatcher(options.dataFolder, (folder) => this.#onFiles(folder));
  }

  readonly emit: Emit = (name, event) => {
    for (const listener of this.#listeners) listener(name, event);
  };

  subscribe(listener: <Name extends EventName>(name: Name, event: Events[Name]) => void): () => void {
    const plain = listener as (name: EventName, event: Events[EventName]) => void;
    this.#listeners.add(plain);
    return () => this.#listeners.delete(plain);
  }

  async start(): Promise<void> {
    await mkdir(this.options.dataFolder, { recursive: true });
    await Promise.all([this.progress.load(), this.settings.load()]);
    this.#watcher.start();
    void this.#kernels.warm();
  }

  /** The kernel of a notebook; made, not yet started, when there is none. */
  runtime(path: string): NotebookRuntime {
    const known = this.#runtimes.get(path);
    if (known) return known;
    const made = new NotebookRuntime({
      path,
      folder: join(this.options.dataFolder, dirname(path)),
      python: this.options.python,
      env: this.options.env,
      clock: this.clock,
      ...this.work.witnesses(path, this.services.endpoints, this.options.env),
      emit: this.emit,
      takeSpare: () => this.#takeSpare(),
      onActivity: () => this.checkSoon(path),
    });
    this.#runtimes.set(path, made);
    return made;
  }

  /** True once after a start that followed a crash, for the notebook that was open then. */
  tellsRecovery(path: string): boolean {
    const tells = this.#recovering && this.progress.lastNotebook === path;
    if (tells) this.#recovering = false;
    return tells;
  }

  knownRuntime(path: string): NotebookRuntime | undefined {
    return this.#runtimes.get(path);
  }

  /** Kernels of the notebooks in a folder, whatever those are called. */
  runtimesIn(folder: string): readonly NotebookRuntime[] {
    return [...this.#runtimes].filter(([path]) => dirname(path) === folder).map(([, runtime]) => runtime);
  }

  /** Judges the activity of a path again, soon and once: by the notebook that something happened in, or by the activity's own. */
  checkSoon(path: string): void {
    const id = this.activities.activityOf(path)?.id;
    const notebook = path.endsWith('.ipynb') ? path : undefined;
    const key = notebook ?? id;
    if (id === undefined || key === undefined || this.#checkTimers.has(key)) return;
    const timer = setTimeout(() => {
      this.#checkTimers.delete(key);
      this.activities.check(id, notebook).then(
        (checks) => this.emit('activity.checks', { id, checks }),
        () => undefined,
      );
    }, checkDelayMs);
    this.#checkTimers.set(key, timer);
  }

  /** Notebooks of the data folder and of its folders, newest first. */
  async listNotebooks(): Promise<{ readonly path: string; readonly modifiedMs: number }[]> {
    const names = await readdir(this.options.dataFolder, { recursive: true }).catch(() => []);
    const paths = names
      .map((name) => name.replaceAll('\\', '/'))
      .filter((name) => name.endsWith('.ipynb') && !name.split('/').some((part) => part.startsWith('.')));
    const found = await Promise.all(
      paths.map(async (path) => ({ path, modifiedMs: (await stat(join(this.options.dataFolder, path))).mtimeMs })),
    );
    return found.sort((a, b) => b.modifiedMs - a.modifiedMs);
  }

  async close(): Promise<void> {
    this.#watcher.stop();
    for (const timer of this.#checkTimers.values()) clearTimeout(timer);
    clearTimeout(this.#servicesTimer);
    await Promise.all([
      this.grading.close(),
      this.producer.close(),
      ...[...this.#runtimes.values()].map((runtime) => runtime.close()),
    ]);
    await Promise.all([this.#kernels.close(), this.panels.close()]);
    await this.services.close();
    await this.work.settle();
  }

  /** A file that is no notebook is told of when it is opened. */
  async #mark(path: string, id: string): Promise<void> {
    const revision = await this.notebooks.mark(path, id, this.options.version).catch(() => null);
    if (revision !== null) this.emit('notebook.saved', { path, revision });
  }

  /** Changes come in bursts; a window is told a few times a second. */
  #servicesChanged(): void {
    this.#servicesTimer ??= setTimeout(() => {
      this.#servicesTimer = undefined;
      this.emit('lines.changed', { servers: this.services.lines.list() });
      this.services.status().then(
        (services) => this.emit('services.changed', { services }),
        () => undefined,
      );
    }, announceServicesMs);
  }

  #onFiles(folder: string): void {
    this.emit('files.changed', { folder });
    this.checkSoon(folder);
  }

  #takeSpare(): PyodideKernel | undefined {
    // The next one starts when the machine is done with this one.
    setTimeout(() => void this.#kernels.warm(), 3000).unref();
    return this.#kernels.take();
  }
}
