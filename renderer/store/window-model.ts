import type { Host } from '../../main/contract/host-api.ts';
import type { RequestOutput } from '../../main/contract/requests.ts';
import { CaptureStore } from '../capture/capture-store.ts';
import { copyPicture } from '../capture/copy-picture.ts';
import { drawEvidence, evidenceSvg } from '../capture/draw-evidence.ts';
import { ClockStore } from '../clock/clock-store.ts';
import { FilesStore } from '../files/files-store.ts';
import { GradingStore } from '../grading/grading-store.ts';
import { ActivityStore } from '../lesson/activity-store.ts';
import { cellLabel } from '../notebook/cell-label.ts';
import { NotebookSession } from '../notebook/notebook-session.ts';
import { nameOfQuery, QueryStore } from '../queries/query-store.ts';
import { ServicePanels } from '../services/service-panels.ts';
import type { Texts } from '../text/texts.ts';
import { saveFile } from '../ui/save-file.ts';
import { createStore, type Store } from './external-store.ts';
import { createNotices, type Notices } from './notices.ts';
import { createRouteStore, type RouteStore } from './route-store.ts';
import { createSettingsStore, type SettingsStore } from './settings-store.ts';
import { createTrayStore, type TrayStore } from './tray-store.ts';

export type AppInfo = RequestOutput<'app.info'>;
/** A notebook on the workbench, with the activity it belongs to. */
export type OpenNotebook = { readonly path: string; readonly activity: string | null };
export type Catalogue = RequestOutput<'activity.list'>;

/** Everything the window knows, outside React. One for each window. */
export class WindowModel {
  readonly host: Host;
  readonly texts: Texts;
  readonly info: Store<AppInfo | null> = createStore<AppInfo | null>(null);
  readonly catalogue: Store<Catalogue | null> = createStore<Catalogue | null>(null);
  readonly link: Store<'open' | 'closed'> = createStore<'open' | 'closed'>('open');
  readonly openNotebooks: Store<readonly OpenNotebook[]> = createStore<readonly OpenNotebook[]>([]);
  readonly trayTab: TrayStore = createTrayStore();
  readonly notices: Notices = createNotices();
  readonly settings: SettingsStore;
  readonly panels: ServicePanels;
  readonly clock: ClockStore;
  readonly captures: CaptureStore;
  readonly grading: GradingStore;
  readonly route: RouteStore;
  readonly #sessions = new Map<string, NotebookSession>();
  readonly #queries = new Map<string, QueryStore>();
  readonly #activities = new Map<string, ActivityStore>();
  readonly #files = new Map<string, FilesStore>();

  constructor(host: Host, texts: Texts) {
    this.host = host;
    this.texts = texts;
    this.settings = createSettingsStore(host);
    this.panels = new ServicePanels(host, this.settings);
    this.clock = new ClockStore(host);
    this.captures = new CaptureStore({
      host,
      texts,
      notices: this.notices,
      draw: (item, what) => drawEvidence(item, what, this.#version, texts.picture),
      drawAgain: (kept) => evidenceSvg(kept, this.#version, texts.picture),
      copy: copyPicture,
      save: saveFile,
    });
    this.grading = new GradingStore(host, texts, this.notices);
    this.route = createRouteStore(location, history);
    host.onLink((link) => {
      this.link.set(link);
      this.notices.announce(link === 'open' ? texts.link.back : texts.link.lost);
    });
    host.on('problem', (problem) => this.notices.addProblem(problem));
    void this.clock.refresh();
    host.request('app.info', {}).then(this.info.set, () => undefined);
  }

  get #version(): string {
    return this.info.get()?.version ?? '';
  }

  async loadCatalogue(): Promise<void> {
    const catalogue = await this.host.request('activity.list', {}).catch(() => null);
    if (catalogue !== null) this.catalogue.set(catalogue);
  }

  session(path: string): NotebookSession {
    const known = this.#sessions.get(path);
    if (known !== undefined) return known;
    const session = new NotebookSession(this.host, path, {
      hiddenMark: this.texts.outputs.hiddenLines,
      fail: (message) => this.notices.toast({ text: message, tone: 'bad' }),
      refuse: (action, cells) =>
        this.notices.toast({ text: this.texts.protection.refused[action](cells), tone: 'plain' }),
    });
    this.#sessions.set(path, session);
    void session.open();
    return session;
  }

  queries(path: string): QueryStore {
    const known = this.#queries.get(path);
    if (known !== undefined) return known;
    const { announce, addProblem } = this.notices;
    const store = new QueryStore(this.host, path, {
      ofCell: (cell) => {
        const label = cellLabel(this.#sessions.get(path)?.state.get().cells ?? [], cell);
        return label === null ? null : this.texts.queries.fromCell(label);
      },
      started: (query) => announce(this.texts.queries.startedSpoken(nameOfQuery(query))),
      batch: (query) => announce(this.texts.queries.batchSpoken(nameOfQuery(query), query.batchId ?? 0)),
      failed: (query) => {
        announce(this.texts.queries.failedSpoken(nameOfQuery(query)));
        addProblem({
          title: this.texts.queries.failedTitle(nameOfQuery(query)),
          detail: query.error ?? '',
          blame: 'learner',
        });
      },
    });
    this.#queries.set(path, store);
    void store.catchUp();
    return store;
  }

  activity(id: string): ActivityStore {
    const known = this.#activities.get(id);
    if (known !== undefined) return known;
    const store = new ActivityStore(this.host, id);
    this.#activities.set(id, store);
    void store.open();
    return store;
  }

  files(root: string, open: readonly string[]): FilesStore {
    const known = this.#files.get(root);
    if (known !== undefined) return known;
    const store = new FilesStore(this.host, root, open);
    this.#files.set(root, store);
    void store.refresh();
    return store;
  }

  /** Shows a notebook in the workbench; it joins the open ones. */
  showNotebook(notebook: string, activity: string | null): void {
    this.keepOpen({ path: notebook, activity });
    this.route.go({ kind: 'workbench', notebook, activity });
  }

  keepOpen(notebook: OpenNotebook): void {
    this.openNotebooks.update((open) =>
      open.some((other) => other.path === notebook.path) ? open : [...open, notebook],
    );
  }

  /** Closing a notebook saves it and leaves its kernel alone. */
  async closeNotebook(path: string): Promise<void> {
    const session = this.#sessions.get(path);
    this.#sessions.delete(path);
    this.#queries.get(path)?.close();
    this.#queries.delete(path);
    this.openNotebooks.update((open) => open.filter((other) => other.path !== path));
    await session?.close();
  }

  /** True while some notebook holds what the disk does not. */
  get hasUnsaved(): boolean {
    return [...this.#sessions.values()].some((session) => session.isDirty);
  }

  async saveAll(): Promise<void> {
    await Promise.all([...this.#sessions.values()].map((session) => session.saveNow()));
  }
}
