import { readdir, readFile, rm } from 'node:fs/promises';
import { join, posix } from 'node:path';
import * as z from 'zod';
import {
  evidenceDataSchema,
  evidenceItemSchema,
  hasProvenance,
  type EvidenceData,
  type EvidenceItem,
  type EvidenceRecord,
} from '../contract/evidence-schema.ts';
import { canonicalJson } from './canonical-json.ts';
import { evidenceFolder } from './learner-files.ts';
import { checkPng, withPngText } from './png-text.ts';
import { sha256Of } from './sha256.ts';

/** Writes a file whole or not at all, and makes its folder. */
export type WriteFile = (path: string, content: string | Uint8Array) => Promise<void>;

/** A capture with all it shows. Not intact: its data was changed since. */
export type StoredEvidence = {
  readonly record: EvidenceRecord;
  readonly data: EvidenceData;
  readonly isIntact: boolean;
};

type WholeEvidence = { readonly stored: StoredEvidence; readonly png: Buffer; readonly alternative: string };

const fileSchema = z.object({ v: z.literal(1), item: evidenceItemSchema, data: evidenceDataSchema });

/** Keyword of the text inside the picture that says where it comes from. */
export const provenanceKeyword = 'Marea';

export const hashOfData = (data: EvidenceData): string => sha256Of(canonicalJson(data));

/** Captures of the units, each as picture, data and text: `<unit>/evidencias/01-consola-fijas.png`, `.json`, `.txt`. */
export class EvidenceStore {
  readonly #dataFolder: string;
  readonly #write: WriteFile;

  constructor(dataFolder: string, write: WriteFile) {
    this.#dataFolder = dataFolder;
    this.#write = write;
  }

  /** In the order of their numbers. A file that cannot be read is no capture. */
  async list(unit: string): Promise<readonly StoredEvidence[]> {
    const names = await readdir(join(this.#dataFolder, unit, evidenceFolder)).catch(() => []);
    const ids = names.filter((name) => /^\d{2,4}-.*\.json$/.test(name)).map((name) => name.slice(0, -'.json'.length));
    const found = await Promise.all(
      ids.sort((a, b) => numberOf(a) - numberOf(b)).map((id) => this.#read(unit, id).catch(() => null)),
    );
    return found.filter((stored) => stored !== null);
  }

  async nextNumber(unit: string): Promise<number> {
    const names = await readdir(join(this.#dataFolder, unit, evidenceFolder)).catch(() => []);
    return 1 + Math.max(0, ...names.map(numberOf));
  }

  /** Checks the picture (throws `BadPngError`) and writes where it comes from into it. The data goes last: with it the capture counts. */
  async add(item: EvidenceItem, data: EvidenceData, png: Uint8Array): Promise<EvidenceRecord> {
    checkPng(png);
    const { unit } = item.source;
    const picture = withPngText(png, provenanceKeyword, canonicalJson({ v: 1, item }));
    await this.#write(this.#path(unit, item.id, 'png'), picture);
    await this.#write(this.#path(unit, item.id, 'txt'), textAlternative(item, data));
    await this.#write(this.#path(unit, item.id, 'json'), `${JSON.stringify({ v: 1, item, data }, null, 1)}\n`);
    return (await this.#read(unit, item.id)).record;
  }

  /** A capture with its picture and its text file; null when there is none that can be read. */
  async read(unit: string, id: string): Promise<WholeEvidence | null> {
    return this.#readWhole(unit, id).catch(() => null);
  }

  async remove(unit: string, id: string): Promise<void> {
    for (const kind of ['json', 'txt', 'png'] as const) await rm(this.#path(unit, id, kind), { force: true });
  }

  async #read(unit: string, id: string): Promise<StoredEvidence> {
    return (await this.#readWhole(unit, id)).stored;
  }

  async #readWhole(unit: string, id: string): Promise<WholeEvidence> {
    const [png, json, txt] = await Promise.all([
      readFile(this.#path(unit, id, 'png')),
      readFile(this.#path(unit, id, 'json')),
      readFile(this.#path(unit, id, 'txt')),
    ]);
    const { item, data } = fileSchema.parse(JSON.parse(json.toString('utf8')));
    // Where it lies decides what can be removed and listed under its name.
    if (item.id !== id || item.source.unit !== unit) throw new Error(`${id}.json tells of another capture`);
    const fileOf = (kind: FileKind, content: Buffer) => ({
      path: posix.join(unit, evidenceFolder, `${id}.${kind}`),
      sha256: sha256Of(content),
    });
    const files = { png: fileOf('png', png), json: fileOf('json', json), txt: fileOf('txt', txt) };
    const isIntact = hashOfData(data) === item.dataHash;
    return { stored: { record: { ...item, files }, data, isIntact }, png, alternative: txt.toString('utf8') };
  }

  #path(unit: string, id: string, kind: FileKind): string {
    return join(this.#dataFolder, unit, evidenceFolder, `${id}.${kind}`);
  }
}

type FileKind = 'png' | 'json' | 'txt';

const numberOf = (name: string): number => Number(/^(\d{2,4})-/.exec(name)?.[1] ?? 0);

/** For readers of screens, and for whoever cannot open the picture. */
function textAlternative(item: EvidenceItem, data: EvidenceData): string {
  const { source, student, clock } = item;
  const facts = [
    item.title,
    ...(hasProvenance(item.kind) ? [] : ['Sin procedencia: Marea guarda los píxeles y no sabe de dónde salen.']),
    `${student.name} · ${student.nia}`,
    `Cuaderno: ${source.notebook}`,
    ...(source.query === null ? [] : [`Consulta: ${source.query}`]),
    ...(source.batch === null ? [] : [`Lote: ${source.batch}`]),
    ...(source.watermark === null ? [] : [`Marca de agua: ${source.watermark}`]),
    `Reloj ${clock.mode === 'real' ? 'real' : 'virtual'}: ${clock.at}`,
    `Huella de los datos: ${item.dataHash}`,
  ];
  return `${facts.join('\n')}\n\n${data.text}`;
}
