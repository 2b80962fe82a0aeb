import * as z from 'zod';
import { evidenceDataSchema, type EvidenceData } from '../contract/evidence-schema.ts';
import type { Difference } from '../contract/grading-schema.ts';
import { parseUntrustedJson } from '../workspace/untrusted-json.ts';
import { consoleTables } from '../workspace/console-tables.ts';
import type { HandIn } from './bundle-schema.ts';
import { rowsApart, saysRow, unsaid } from './compare-rows.ts';
import type { BundleFiles } from './manifest.ts';
import type { RecordedItems } from './recorded-inputs.ts';
import type { ReplayOutcome } from './replay-outcome.ts';
import type { ReplayPlan } from './replay-plan.ts';
import { shellValues } from './shell-values.ts';
import { steadyLines } from './steady-lines.ts';

type Evidence = HandIn['evidence'][number];
type Ran = Extract<ReplayOutcome, { readonly state: 'ran' }>;

export type EvidenceBeside = {
  readonly files: BundleFiles;
  readonly items: RecordedItems;
  readonly plan: ReplayPlan;
  readonly outcome: Ran;
  /** What the log says that a run printed, also one that is not run again. */
  readonly printed: (runId: string) => string;
};

/** Where captures show what the replay does not give; `compared`: how many could be held against it. */
export function compareEvidence(
  evidence: readonly Evidence[],
  beside: EvidenceBeside,
): { readonly compared: number; readonly differences: readonly Difference[] } {
  const found = evidence.map((item) => differencesOf(item, beside));
  return {
    compared: found.filter((differences) => differences !== null).length,
    differences: found.flatMap((differences) => differences ?? []),
  };
}

/** Null for a capture that no replay can give: an image from outside, a view of what no program of the notebook read. */
function differencesOf(evidence: Evidence, beside: EvidenceBeside): readonly Difference[] | null {
  const data = dataOf(evidence, beside.files);
  if (data === null) return null;
  switch (evidence.kind) {
    case 'console':
      return consoleDifferences(evidence, data, beside);
    case 'output':
      return outputDifferences(evidence, data, beside);
    case 'kafka':
      return kafkaDifferences(evidence, data, beside);
    case 'mongo':
      return mongoDifferences(evidence, data, beside);
    default:
      return null;
  }
}

const dataFileSchema = z.object({ data: evidenceDataSchema });

function dataOf({ path }: Evidence, files: BundleFiles): EvidenceData | null {
  try {
    return dataFileSchema.parse(parseUntrustedJson(Buffer.from(files.get(`${path}.json`) ?? []).toString('utf8'))).data;
  } catch {
    return null;
  }
}

function consoleDifferences(
  evidence: Evidence,
  { tables }: EvidenceData,
  { plan, outcome, printed }: EvidenceBeside,
): readonly Difference[] | null {
  const { runId } = evidence.source;
  if (runId === null) return null;
  const place = plan.queries.find((query) => query.runId === runId);
  const query = outcome.queries.find(({ cell, ordinal }) => cell === place?.cell && ordinal === place.ordinal);
  const shown = consoleTables(query?.console ?? printed(runId));
  return tables.flatMap((table) => {
    const same = shown.filter(({ batch }) => batch === table.batch);
    const apart = same.map(({ rows }) => rowsApart(table.rows, rows));
    if (apart.some(({ onlyFirst, onlySecond }) => onlyFirst.length + onlySecond.length === 0)) return [];
    const { onlyFirst, onlySecond } = apart[0] ?? { onlyFirst: table.rows, onlySecond: [] };
    const message =
      same.length === 0
        ? 'La captura enseña un lote que no sale al ejecutarlo otra vez.'
        : 'La captura no enseña lo que sale al ejecutarlo otra vez.';
    return [difference(evidence, message, { batch: table.batch, columns: table.columns, onlyFirst, onlySecond })];
  });
}

function outputDifferences(
  evidence: Evidence,
  { text, tables }: EvidenceData,
  { outcome }: EvidenceBeside,
): readonly Difference[] | null {
  const cell = outcome.cells.find((it) => it.cell === evidence.source.cell);
  if (cell === undefined) return null;
  const shown = consoleTables(cell.text);
  if (tables.length > 0)
    return tables.flatMap((table) => {
      const apart = shown.map(({ rows }) => rowsApart(table.rows, rows));
      if (apart.some(({ onlyFirst, onlySecond }) => onlyFirst.length + onlySecond.length === 0)) return [];
      const { onlyFirst, onlySecond } = apart[0] ?? { onlyFirst: table.rows, onlySecond: [] };
      const message = 'La captura no enseña lo que la celda da al ejecutarla otra vez.';
      return [difference(evidence, message, { batch: table.batch, columns: table.columns, onlyFirst, onlySecond })];
    });
  const lines = rowsApart(steadyLines(text), steadyLines(cell.text));
  if (lines.onlyFirst.length === 0) return [];
  const message = 'La captura lleva líneas que la celda no escribe al ejecutarla otra vez.';
  return [difference(evidence, message, { batch: null, columns: ['línea'], ...lines })];
}

/** Columns of the panel's table: partition, offset, time, key, value. */
function kafkaDifferences(
  evidence: Evidence,
  { tables }: EvidenceData,
  { items }: EvidenceBeside,
): readonly Difference[] | null {
  const records = [...items.values()].filter((item) => item.kind === 'record');
  const known = new Map(
    records
      .filter(({ topic }) => topic === evidence.source.query)
      .map((record) => [`${record.partition} ${record.offset}`, record]),
  );
  const rows = tables.flatMap((table) => table.rows);
  const held = rows.flatMap((row) => {
    const record = known.get(`${row[0]} ${row[1]}`);
    return record === undefined ? [] : [{ row, record }];
  });
  if (held.length === 0) return null;
  const wrong = held.filter(({ row, record }) => row.at(-1) !== oneLine(record.value));
  if (wrong.length === 0) return [];
  const columns = tables[0]?.columns ?? [];
  const recorded = wrong.map(({ row, record }) => [...row.slice(0, -1), oneLine(record.value)]);
  const message = 'La captura enseña mensajes que no son los que leyó la consulta.';
  return [
    difference(evidence, message, {
      batch: null,
      columns,
      onlyFirst: wrong.map(({ row }) => row),
      onlySecond: recorded,
    }),
  ];
}

/** As the panel's table has it. */
const oneLine = (value: unknown): string =>
  typeof value === 'string'
    ? value
        .replace(/\s*[\r\n]+\s*/g, ' ')
        .replaceAll('\t', ' ')
        .trim()
    : 'null';

function mongoDifferences(
  evidence: Evidence,
  { tables }: EvidenceData,
  { outcome }: EvidenceBeside,
): readonly Difference[] | null {
  const store = outcome.stores.find(({ name }) => name === evidence.source.query);
  if (store === undefined || store.seen.length === 0) return null;
  const documents = tables.flatMap(({ rows }) => rows.map((row) => row.flatMap(shellValues)));
  const strange = documents.filter((document) => !store.seen.some((row) => saysRow(row, document)));
  if (strange.length === 0) return [];
  const message = 'La captura enseña documentos que no se escriben al ejecutarlo otra vez.';
  const onlySecond = unsaid(documents, store.rows ?? []);
  return [difference(evidence, message, { batch: null, columns: [], onlyFirst: strange, onlySecond })];
}

type Apart = ReturnType<typeof rowsApart> & { readonly batch: number | null; readonly columns: readonly string[] };

/** More would be read by nobody. */
const mostRows = 50;

function difference({ id, source }: Evidence, message: string, apart: Apart): Difference {
  return {
    kind: 'evidence',
    unit: source.unit,
    cell: source.cell,
    query: source.query,
    batch: apart.batch,
    evidence: id,
    message,
    columns: [...apart.columns],
    onlyHandedIn: apart.onlyFirst.slice(0, mostRows).map((row) => [...row]),
    onlyReplayed: apart.onlySecond.slice(0, mostRows).map((row) => [...row]),
  };
}
