import { syllabus } from '../../exercises/catalog.ts';
import { evidenceRequirements } from '../../exercises/graded-activities.ts';
import type { ClockState } from '../contract/clock-state.ts';
import type { Events } from '../contract/events.ts';
import {
  hasProvenance,
  type EvidenceData,
  type EvidenceItem,
  type EvidenceKind,
  type EvidenceRecord,
  type RequiredEvidence,
  type Student,
} from '../contract/evidence-schema.ts';
import { HostFailure } from '../contract/host-api.ts';
import type { ParsedInput, RequestOutput } from '../contract/requests.ts';
import { consoleTables } from '../workspace/console-tables.ts';
import {
  evidenceOf,
  judgeRequired,
  nearestOf,
  type JudgedCapture,
  type PassedChecks,
} from '../workspace/evidence-judge.ts';
import { hashOfData, type EvidenceStore, type StoredEvidence } from '../workspace/evidence-store.ts';
import { BadPngError, checkPng } from '../workspace/png-text.ts';
import { sha256Of } from '../workspace/sha256.ts';

type CaptureRequest = ParsedInput<'evidence.draft'>;

export type EvidencePorts = {
  readonly store: EvidenceStore;
  readonly student: () => Student | null;
  readonly clock: () => EvidenceItem['clock'];
  readonly watermark: (path: string, runId: string, batch: number) => string | null;
  readonly passed: PassedChecks;
  readonly emit: (event: Events['evidence.captured']) => void;
};

type Draft = { readonly item: EvidenceItem; readonly data: EvidenceData };

/** Learners tell the machine's clock from one that was moved; a start that took a moment moves nothing. */
const noticedMs = 1_000;

export const evidenceClock = ({ mode, nowMs, aheadMs }: ClockState): EvidenceItem['clock'] => ({
  at: new Date(nowMs).toISOString(),
  mode: mode === 'real' && Math.abs(aheadMs) < noticedMs ? 'real' : 'virtual',
});

/** Drafts whose picture never came. */
const mostDrafts = 8;
const largestPng = 10_000_000;

const unitOf = (path: string): string => (path.includes('/') ? (path.split('/')[0] ?? '') : '');

const unitsOf = (activity: string): readonly string[] => [
  ...new Set(
    evidenceRequirements
      .filter((required) => required.activity === activity)
      .flatMap(({ rule }) => ('units' in rule ? rule.units : [rule.unit])),
  ),
];

/** Makes captures in two steps: what it says is settled here, the picture of that is drawn by the window. */
export class EvidenceDesk {
  readonly #ports: EvidencePorts;
  readonly #drafts = new Map<string, Draft>();
  /** Hash of the code that each cell ran last. */
  readonly #code = new Map<string, string>();

  constructor(ports: EvidencePorts) {
    this.#ports = ports;
  }

  cellStarted({ path, cell, codeHash }: Events['cell.started']): void {
    this.#code.set(`${path}\n${cell}`, codeHash);
  }

  /** Captures of one activity's units, or of all, and what they tick. */
  async list(activity: string | undefined): Promise<{
    readonly items: readonly EvidenceRecord[];
    readonly required: readonly RequiredEvidence[];
  }> {
    const asked = evidenceRequirements.filter((it) => activity === undefined || it.activity === activity);
    const units = activity === undefined ? syllabus.map(({ id }) => id) : unitsOf(activity);
    const stored = (await Promise.all(units.map((unit) => this.#ports.store.list(unit)))).flat();
    const captures = judgedOf(stored);
    return {
      items: stored.map(({ record }) => record),
      required: asked.map((it) => judgeRequired(it, captures, this.#ports.passed)),
    };
  }

  /** What a capture of this would say. */
  async draft(request: CaptureRequest): Promise<EvidenceItem> {
    const student = this.#ports.student();
    if (student === null) throw new HostFailure('conflict', 'Antes de capturar, escribe tu nombre y tu NIA.');
    if (!hasProvenance(request.kind) && request.image === undefined)
      throw new HostFailure('bad_request', 'Falta la imagen.');
    const data = dataOf(request);
    const source = this.#source(request, data);
    const before = judgedOf(await this.#ports.store.list(source.unit));
    const required = evidenceOf({ id: '', kind: request.kind, source, data }, before, evidenceRequirements);
    const item: EvidenceItem = {
      id: await this.#newId(source, required?.evidence ?? partsOf(request, source).join(' ')),
      title: required?.title ?? partsOf(request, source).join(' · '),
      activity: required?.activity ?? activityOf(source.unit),
      evidence: required?.evidence ?? null,
      kind: request.kind,
      source,
      clock: this.#ports.clock(),
      student,
      codeHash: this.#code.get(`${request.path}\n${request.cell}`) ?? null,
      dataHash: hashOfData(data),
      shortHash: hashOfData(data).slice(0, 8),
    };
    this.#drafts.set(`${source.unit}/${item.id}`, { item, data });
    for (const oldest of [...this.#drafts.keys()].slice(0, -mostDrafts)) this.#drafts.delete(oldest);
    return item;
  }

  /** Keeps a draft with its picture; answers the required evidence it counts for, or the nearest one with what it lacks. */
  async capture(
    unit: string,
    id: string,
    png: Buffer,
  ): Promise<{ readonly item: EvidenceRecord; readonly required: RequiredEvidence | null }> {
    const draft = this.#drafts.get(`${unit}/${id}`);
    if (draft === undefined) throw new HostFailure('not_found', 'Esta captura ya no se puede guardar: hazla otra vez.');
    if (png.length > largestPng)
      throw new HostFailure('failed', 'La imagen de la captura pasa de 10 MB: prueba con una más pequeña.');
    const item = await this.#ports.store.add(draft.item, draft.data, png).catch((error: unknown) => {
      throw asFailure(error);
    });
    this.#drafts.delete(`${unit}/${id}`);
    this.#ports.emit({ item });
    if (item.activity === null) return { item, required: null };
    const { required } = await this.list(item.activity);
    const fitting = required.filter((it) => it.captures.some((fits) => fits.unit === unit && fits.id === id));
    const capture = { id, kind: item.kind, source: item.source, data: draft.data };
    const nearest = nearestOf(capture, evidenceRequirements);
    return { item, required: fitting.find((it) => it.state === 'ticked') ?? fitting[0] ?? nearest };
  }

  async read(unit: string, id: string): Promise<RequestOutput<'evidence.read'>> {
    const found = await this.#ports.store.read(unit, id);
    if (found === null) throw new HostFailure('not_found', `No encuentro la captura ${id}.`);
    const { stored, png, alternative } = found;
    return { item: stored.record, data: stored.data, png: png.toString('base64'), alternative };
  }

  remove(unit: string, id: string): Promise<void> {
    return this.#ports.store.remove(unit, id);
  }

  #source({ path, cell, query, runId }: CaptureRequest, data: EvidenceData): EvidenceItem['source'] {
    const batch = data.tables.findLast((table) => table.batch !== null)?.batch ?? null;
    const watermark = runId === null || batch === null ? null : this.#ports.watermark(path, runId, batch);
    return { notebook: path, unit: unitOf(path), cell, query, runId, batch, watermark };
  }

  async #newId({ unit }: EvidenceItem['source'], name: string): Promise<string> {
    const drafted = [...this.#drafts.values()].filter(({ item }) => item.source.unit === unit);
    const taken = drafted.map(({ item }) => Number(item.id.split('-')[0]));
    const number = Math.max(await this.#ports.store.nextNumber(unit), ...taken.map((it) => it + 1));
    return `${String(number).padStart(2, '0')}-${slugOf(name)}`;
  }
}

const judgedOf = (stored: readonly StoredEvidence[]): readonly JudgedCapture[] =>
  stored
    .filter(({ isIntact }) => isIntact)
    .map(({ record: { id, kind, source }, data }) => ({ id, kind, source, data }));

const activityOf = (unit: string): string | null =>
  evidenceRequirements.find(({ rule }) => ('units' in rule ? rule.units : [rule.unit]).includes(unit))?.activity ??
  null;

const kindNames: Readonly<Record<EvidenceKind, string>> = {
  console: 'Consola',
  output: 'Salida',
  table: 'Tabla',
  chart: 'Gráfica',
  kafka: 'Kafka',
  sql: 'SQL',
  mongo: 'MongoDB',
  outside: 'Imagen de fuera',
  window: 'Captura de pantalla',
};

/** What has a name of its own is called by it; query and batch stand below in the picture. */
function partsOf({ kind, name = '' }: CaptureRequest, { query, batch }: EvidenceItem['source']): readonly string[] {
  if (name.trim() !== '') return [kindNames[kind], name.trim()];
  return [kindNames[kind], ...(query === null ? [] : [query]), ...(batch === null ? [] : [`lote ${batch}`])];
}

function dataOf({ text, batch, figure, image }: CaptureRequest): EvidenceData {
  return {
    text,
    tables: consoleTables(text).map((table) => ({ ...table, batch: table.batch ?? batch ?? null })),
    ...(figure === undefined ? {} : { figure }),
    ...(image === undefined ? {} : { image: imageFacts(Buffer.from(image, 'base64')) }),
  };
}

function imageFacts(png: Buffer): EvidenceData['image'] {
  try {
    return { sha256: sha256Of(png), ...checkPng(png) };
  } catch (error) {
    throw asFailure(error);
  }
}

const asFailure = (error: unknown): unknown =>
  error instanceof BadPngError ? new HostFailure('failed', `La imagen ${error.message}.`) : error;

/** Letters without accents, digits and hyphens: a name that every disk and every zip can hold. */
const slugOf = (name: string): string =>
  name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9 ._-]/g, '')
    .replace(/[ ._-]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '') || 'captura';
