import * as z from 'zod';
import { syllabus } from '../../../exercises/catalog.ts';
import { evidenceDataSchema } from '../../contract/evidence-schema.ts';
import type { Comparison, ReplayVerdict, UnitReplay } from '../../contract/grading-schema.ts';
import type { Notebook } from '../../contract/notebook-schema.ts';
import { inputsFile, logFile, type HandIn } from '../../grading/bundle-schema.ts';
import { compareEvidence } from '../../grading/compare-evidence.ts';
import { compareCells, compareQuery } from '../../grading/compare-unit.ts';
import type { CompareBundle } from '../../grading/comparing.ts';
import type { BundleFiles } from '../../grading/manifest.ts';
import { proposePoints, type UnitOutcomes } from '../../grading/propose-points.ts';
import { pathOf, recordedItems, type RecordedItems } from '../../grading/recorded-inputs.ts';
import type { ReferencePack } from '../../grading/reference-pack.ts';
import type { ReplayOutcome } from '../../grading/replay-outcome.ts';
import { replayPlan, type ReplayPlan } from '../../grading/replay-plan.ts';
import { withCellsOf } from '../../grading/with-cells-of.ts';
import type { PyodideFiles } from '../../kernel/pyodide-process.ts';
import { readEvent, type ChainedEvent } from '../../workspace/event-chain.ts';
import type { JudgedCapture } from '../../workspace/evidence-judge.ts';
import { loggedEvents, notebookEvents, recordedZone, type Logged } from '../../workspace/logged-events.ts';
import { parseNotebook } from '../../workspace/notebook-file.ts';
import { parseUntrustedJson } from '../../workspace/untrusted-json.ts';
import { replayNotebook, type ReplayRequest } from './replay-notebook.ts';

type Bundle = Parameters<CompareBundle>[0];
type HandedIn = HandIn['notebooks'][number];

/** What all units of a bundle share. */
type Record = {
  readonly bundle: Bundle;
  readonly pack: ReferencePack | null;
  readonly events: readonly Logged[];
  readonly items: RecordedItems;
  readonly zone: string;
  readonly replay: (request: ReplayRequest) => Promise<ReplayOutcome>;
};

type Compared = { readonly replay: UnitReplay; readonly outcomes: UnitOutcomes };

/** A log that Marea wrote has fewer. */
const mostEvents = 100_000;

/** Where a log does not say it. */
const courseZone = 'Europe/Madrid';

/** Runs hand-ins again, with this Python, and beside them the reference on their input. */
export const compareWith =
  (python: PyodideFiles, replay = replayNotebook): CompareBundle =>
  async (bundle, pack, signal) => {
    const chained = chainedEvents(textOf(bundle.files.get(logFile)));
    const record: Record = {
      bundle,
      pack,
      events: loggedEvents(chained),
      items: recordedItems(textOf(bundle.files.get(inputsFile))),
      zone: validZone(recordedZone(chained)),
      replay: (request) => replay(request, python, signal),
    };
    const compared: Compared[] = [];
    for (const notebook of bundle.handIn.notebooks) compared.push(await compareUnit(notebook, record));
    const replays = compared.map(({ replay }) => replay);
    return { verdict: worstOf(replays), units: replays, proposal: proposalOf(record, compared) };
  };

/** Also those of a broken chain: verifying says that it is broken, running it again says what follows. */
const chainedEvents = (log: string): readonly ChainedEvent[] =>
  log.split('\n').flatMap((line) => (line === '' ? [] : (readEvent(line) ?? [])));

function validZone(zone: string | undefined): string {
  try {
    return new Intl.DateTimeFormat('es', { timeZone: zone ?? courseZone }).resolvedOptions().timeZone;
  } catch {
    return courseZone;
  }
}

async function compareUnit(handed: HandedIn, record: Record): Promise<Compared> {
  const { unit, title, path } = handed;
  const notebook = readNotebook(record.bundle.files.get(path));
  if (notebook === null) return cannotRun(handed, 'El cuaderno no se puede leer.');
  const events = notebookEvents(record.events, pathOf(handed));
  if (events.length > mostEvents) return cannotRun(handed, 'El registro es demasiado largo para repetirlo.');
  const plan = replayPlan(notebook, events);
  if (plan.steps.every(({ kind }) => kind !== 'cell_start'))
    return cannotRun(handed, 'El cuaderno no tiene código que se haya ejecutado.');
  if (plan.unknownCells.length > 0)
    return cannotRun(
      handed,
      'Hay celdas con salida de las que el registro no sabe nada: no se puede repetir lo que pasó.',
    );
  const own = await replayed(unit, plan, record, false);
  if (own.state === 'impossible') return cannotRun(handed, `No se ha podido ejecutar: ${own.reason}`, own);
  const found = differencesOf(handed, notebook, { events, plan, own, record });
  const reference = await referenceOutcome(unit, notebook, events, record);
  const differing = {
    cells: new Set(found.differences.flatMap(({ kind, cell }) => (kind !== 'evidence' && cell !== null ? [cell] : []))),
    evidence: new Set(found.differences.flatMap(({ evidence }) => evidence ?? [])),
  };
  const isSame = found.differences.length === 0;
  return {
    replay: {
      unit,
      title,
      verdict: isSame ? 'reproduces' : 'differs',
      message: isSame
        ? `Se ha ejecutado otra vez y da lo mismo (${found.compared} comparaciones).`
        : `Se ha ejecutado otra vez y no da lo mismo (${found.differences.length} de ${found.compared} comparaciones).`,
      ...found,
    },
    outcomes: { own, reference, differing },
  };
}

function cannotRun({ unit, title }: HandedIn, message: string, own: ReplayOutcome | null = null): Compared {
  return {
    replay: { unit, title, verdict: 'cannot_run', message, compared: 0, differences: [] },
    outcomes: {
      own: own ?? { state: 'impossible', reason: message },
      reference: null,
      differing: { cells: new Set(), evidence: new Set() },
    },
  };
}

type Beside = {
  readonly events: readonly Logged[];
  readonly plan: ReplayPlan;
  readonly own: Extract<ReplayOutcome, { readonly state: 'ran' }>;
  readonly record: Record;
};

function differencesOf(
  { unit }: HandedIn,
  notebook: Notebook,
  { events, plan, own, record }: Beside,
): Pick<UnitReplay, 'compared' | 'differences'> {
  const printed = (runId: string): string =>
    events.flatMap((event) => (event.kind === 'console' && event.runId === runId ? [event.text] : [])).join('');
  const queries = plan.queries.map((query) =>
    compareQuery(
      unit,
      { ...query, console: printed(query.runId) },
      own.queries.find(({ cell, ordinal }) => cell === query.cell && ordinal === query.ordinal),
    ),
  );
  const { files, handIn } = record.bundle;
  const evidence = handIn.evidence.filter(({ source }) => source.unit === unit);
  const parts = [
    ...queries,
    compareCells(unit, notebook, own.cells),
    compareEvidence(evidence, { files, items: record.items, plan, outcome: own, printed }),
  ];
  return {
    compared: parts.reduce((sum, { compared }) => sum + compared, 0),
    differences: parts.flatMap(({ differences }) => differences),
  };
}

async function referenceOutcome(
  unit: string,
  notebook: Notebook,
  events: readonly Logged[],
  record: Record,
): Promise<ReplayOutcome | null> {
  const { pack } = record;
  const own = pack?.reference.units.find(({ id }) => id === unit);
  const reference = own && readNotebook(pack?.files.get(own.notebook));
  if (!reference) return null;
  const wanted = pack?.reference.criteria.flatMap(({ queries }) => queries.filter((it) => it.unit === unit)) ?? [];
  const cells = wanted.map(({ cell }) => cell);
  return replayed(unit, replayPlan(reference, withCellsOf(events, notebook, reference, cells)), record, true);
}

function replayed(unit: string, plan: ReplayPlan, record: Record, isFollowed: boolean): Promise<ReplayOutcome> {
  const { items, zone, pack, bundle } = record;
  const own = syllabus.find(({ id }) => id === unit)?.services;
  const asked = pack?.reference.criteria.flatMap(({ stores }) => stores.filter((it) => it.unit === unit)) ?? [];
  const captured = bundle.handIn.evidence.filter((it) => it.kind === 'mongo' && it.source.unit === unit);
  const stores = new Set([
    ...(own?.collections ?? []),
    ...asked.map(({ name }) => name),
    ...captured.flatMap(({ source }) => source.query ?? []),
  ]);
  return record.replay({ unit, plan, items, zone, stores: [...stores], isFollowed });
}

function proposalOf({ pack, bundle }: Record, compared: readonly Compared[]): Comparison['proposal'] {
  if (pack === null) return [];
  const units = new Map(compared.map(({ replay, outcomes }) => [replay.unit, outcomes]));
  const { handIn, files } = bundle;
  return [...proposePoints(pack.reference.criteria, { handIn, captures: capturesOf(handIn, files), units })];
}

const dataFileSchema = z.object({ data: evidenceDataSchema });

const capturesOf = (handIn: HandIn, files: BundleFiles): readonly JudgedCapture[] =>
  handIn.evidence.flatMap(({ id, kind, source, path }) => {
    try {
      const { data } = dataFileSchema.parse(parseUntrustedJson(textOf(files.get(`${path}.json`))));
      return [{ id, kind, source, data }];
    } catch {
      return [];
    }
  });

const ranks: readonly ReplayVerdict[] = ['reproduces', 'differs', 'cannot_run'];
const worstOf = (units: readonly UnitReplay[]): ReplayVerdict =>
  ranks[Math.max(0, ...units.map(({ verdict }) => ranks.indexOf(verdict)))] ?? 'cannot_run';

function readNotebook(bytes: Uint8Array | undefined): Notebook | null {
  try {
    return bytes === undefined ? null : parseNotebook(textOf(bytes));
  } catch {
    return null;
  }
}

const textOf = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('utf8');
