import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { HostFailure } from '../contract/host-api.ts';
import type { PackSummary } from '../contract/grading-schema.ts';
import { criterionKey, repointed, type ChangedPoints } from '../grading/grade-sums.ts';
import type { BundleFiles } from '../grading/manifest.ts';
import { openPack, openPackFiles, type OpenedPack } from '../grading/open-pack.ts';
import type { ReferencePack } from '../grading/reference-pack.ts';
import { writeZip } from '../grading/write-zip.ts';
import type { WriteFile } from '../workspace/evidence-store.ts';
import { sha256Of } from '../workspace/sha256.ts';

const pointsSchema = z.object({
  v: z.literal(1),
  /** The pack that they belong to. */
  sha256: z.string(),
  points: z.record(z.string(), z.number().min(0).max(100)),
});

type Shelved = { readonly pack: ReferencePack; readonly sha256: string };

/** The teacher's pack, kept in the data folder with the points that the teacher changed. */
export class PackShelf {
  readonly #folder: string;
  readonly #dataFolder: string;
  readonly #write: WriteFile;
  #shelved: Shelved | null = null;
  #points: ChangedPoints = new Map();
  #loading: Promise<void> | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(dataFolder: string, write: WriteFile) {
    this.#dataFolder = dataFolder;
    this.#folder = join(dataFolder, '.marea-referencia');
    this.#write = write;
  }

  get pack(): ReferencePack | null {
    return this.#shelved?.pack ?? null;
  }

  get points(): ChangedPoints {
    return this.#points;
  }

  get summary(): PackSummary | null {
    if (this.#shelved === null) return null;
    const { pack, sha256 } = this.#shelved;
    const { createdAt, activities, criteria } = pack.reference;
    const current = repointed(criteria, this.#points);
    return {
      name: pack.name,
      createdAt,
      sha256,
      activities: activities.map((activity) => {
        const own = current.filter((criterion) => criterion.activity === activity.id);
        const points = own.reduce((sum, criterion) => sum + criterion.points, 0);
        return { ...activity, points: own.length === 0 ? activity.points : Math.round(points * 100) / 100 };
      }),
      criteria: current,
    };
  }

  /** Reads what an earlier start kept; a damaged pack counts as none. */
  load(): Promise<void> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  async #load(): Promise<void> {
    const bytes = await readFile(this.#packFile).catch(() => null);
    const opened = bytes === null ? null : await openPack(bytes);
    if (bytes === null || !opened?.isReadable) return;
    this.#shelved = { pack: opened.pack, sha256: sha256Of(bytes) };
    this.#points = await this.#readPoints();
  }

  async #readPoints(): Promise<ChangedPoints> {
    try {
      const { sha256, points } = pointsSchema.parse(JSON.parse(await readFile(this.#pointsFile, 'utf8')));
      return new Map(sha256 === this.#shelved?.sha256 ? Object.entries(points) : []);
    } catch {
      return new Map();
    }
  }

  loadZip = async (bytes: Uint8Array): Promise<void> => this.#shelve(await openPack(bytes), bytes);

  async loadFiles(files: BundleFiles): Promise<void> {
    const opened = openPackFiles(files);
    await this.#shelve(opened, opened.isReadable ? writeZip(opened.pack.files) : new Uint8Array());
  }

  /** The same pack again keeps the teacher's points. */
  async #shelve(opened: OpenedPack, bytes: Uint8Array): Promise<void> {
    if (!opened.isReadable) throw new HostFailure('failed', opened.reason);
    await this.#write(this.#packFile, bytes);
    this.#shelved = { pack: opened.pack, sha256: sha256Of(bytes) };
    this.#points = await this.#readPoints();
  }

  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
    this.#shelved = null;
    this.#points = new Map();
  }

  async setPoints(activity: string, criterion: string, points: number): Promise<void> {
    const shelved = this.#required();
    if (!shelved.pack.reference.criteria.some((each) => each.activity === activity && each.id === criterion))
      throw new HostFailure('not_found', `La referencia no tiene el criterio «${criterion}» de ${activity}.`);
    const changed = new Map(this.#points).set(criterionKey(activity, criterion), points);
    const kept = { v: 1, sha256: shelved.sha256, points: Object.fromEntries(changed) };
    this.#points = changed;
    const text = JSON.stringify(kept, null, 1);
    // One after the other, so that the last change is the one that is kept.
    this.#writing = this.#writing.catch(() => undefined).then(() => this.#write(this.#pointsFile, text));
    await this.#writing;
  }

  /** Writes a unit's notebook and files where any notebook opens and runs. What the teacher changed there is written anew. */
  async unpack(id: string): Promise<string> {
    const { pack } = this.#required();
    const unit = pack.reference.units.find((each) => each.id === id);
    if (unit === undefined) throw new HostFailure('not_found', `La referencia no tiene la unidad «${id}».`);
    const folder = `referencia/${id}`;
    const notebook = `${folder}/${id}.ipynb`;
    const put = (path: string, inPack: string): Promise<void> =>
      this.#write(join(this.#dataFolder, path), pack.files.get(inPack) ?? new Uint8Array());
    await put(notebook, unit.notebook);
    for (const { path, inPack } of unit.files) await put(`${folder}/${path}`, inPack);
    return notebook;
  }

  #required(): Shelved {
    if (this.#shelved === null) throw new HostFailure('conflict', 'Carga antes la referencia.');
    return this.#shelved;
  }

  get #packFile(): string {
    return join(this.#folder, 'referencia.zip');
  }

  get #pointsFile(): string {
    return join(this.#folder, 'puntos.json');
  }
}
