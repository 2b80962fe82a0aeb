import { assertNever } from '../../engine/core/assert-never.ts';
import type { ConsoleRule, OutputRule } from '../../exercises/evidence-rule.ts';
import type { EvidenceRequirement } from '../../exercises/graded-activities.ts';
import type { EvidenceData, EvidenceItem, EvidenceTable, RequiredEvidence } from '../contract/evidence-schema.ts';
import { hasCutWindow, tableShape, type TableShape } from './window-columns.ts';

/** A capture as far as judging needs it. */
export type JudgedCapture = Pick<EvidenceItem, 'id' | 'kind' | 'source'> & { readonly data: EvidenceData };
/** The checks of a unit that have passed. */
export type PassedChecks = (unit: string) => readonly string[];

type Verdict = { readonly message: string; readonly captures: readonly JudgedCapture[] };

/** Whether the captures hold what is required. File names and titles count for nothing. */
export function judgeRequired(
  requirement: EvidenceRequirement,
  captures: readonly JudgedCapture[],
  passed: PassedChecks,
): RequiredEvidence {
  const { activity, evidence, title } = requirement;
  const { message, captures: fitting } = verdictOf(requirement, captures, passed);
  return {
    activity,
    evidence,
    title,
    state: message === '' ? 'ticked' : 'missing',
    message,
    captures: fitting.map(({ id, source }) => ({ unit: source.unit, id })),
  };
}

/** The one required evidence that a capture is for, beside those made before; null when it is for none, or could be for several. */
export function evidenceOf(
  capture: JudgedCapture,
  before: readonly JudgedCapture[],
  requirements: readonly EvidenceRequirement[],
): EvidenceRequirement | null {
  const all = [...before, capture];
  const fits = requirements.filter((it) => verdictOf(it, all, () => []).captures.includes(capture));
  return fits.length === 1 ? (fits[0] ?? null) : null;
}

/** For a capture that fits nothing: the required evidence that it is nearest to, with what it lacks. */
export function nearestOf(
  capture: JudgedCapture,
  requirements: readonly EvidenceRequirement[],
): RequiredEvidence | null {
  const alone = requirements
    .filter(({ rule }) => rule.kind === capture.kind)
    .map((it) => judgeRequired(it, [capture], () => []));
  return alone.find(({ message }) => message !== '' && message !== noCapture) ?? null;
}

function verdictOf({ rule }: EvidenceRequirement, captures: readonly JudgedCapture[], passed: PassedChecks): Verdict {
  switch (rule.kind) {
    case 'console':
      return judgeConsole(rule, captures);
    case 'output': {
      const fitting = captures.filter((it) => isOf(it, [rule.unit], 'output') && hasProgress(rule, it.data.text));
      return { message: fitting.length > 0 ? '' : noCapture, captures: fitting };
    }
    case 'kafka': {
      const fitting = captures.filter(
        (it) => isOf(it, rule.units, 'kafka') && isFrom(it, rule.topics) && rowCount(it) >= rule.minMessages,
      );
      return { message: fitting.length > 0 ? '' : noCapture, captures: fitting };
    }
    case 'mongo': {
      const fitting = captures.filter(
        (it) => isOf(it, [rule.unit], 'mongo') && isFrom(it, [rule.collection]) && rowCount(it) >= rule.minDocuments,
      );
      return { message: fitting.length > 0 ? '' : noCapture, captures: fitting };
    }
    case 'check':
      return {
        message: passed(rule.unit).includes(rule.check) ? '' : 'Falta escribirla en el cuaderno.',
        captures: [],
      };
    default:
      return assertNever(rule, 'evidence rule');
  }
}

const noCapture = 'Falta la captura.';

const isOf = (capture: JudgedCapture, units: readonly string[], kind: EvidenceItem['kind']): boolean =>
  capture.kind === kind && units.includes(capture.source.unit);

const isFrom = (capture: JudgedCapture, names: readonly string[]): boolean =>
  capture.source.query !== null && names.includes(capture.source.query);

const rowCount = (capture: JudgedCapture): number =>
  capture.data.tables.reduce((sum, table) => sum + table.rows.length, 0);

function hasProgress(rule: OutputRule, text: string): boolean {
  const isTold = rule.mentions.every((name) => text.split(name).length > rule.minTimes);
  if (rule.risesFromZero === undefined) return isTold;
  const values = [...text.matchAll(new RegExp(`${rule.risesFromZero}\\W+(\\d+)`, 'g'))].map(([, digits]) =>
    Number(digits),
  );
  return isTold && values.some((value) => value === 0) && values.some((value) => value > 0);
}

/** What several captures of one run show together. */
type RunSight = {
  readonly captures: readonly JudgedCapture[];
  readonly batches: number;
  readonly starts: readonly number[];
};

function judgeConsole(rule: ConsoleRule, all: readonly JudgedCapture[]): Verdict {
  const ofUnit = all.filter((capture) => isOf(capture, [rule.unit], 'console') || isOf(capture, [rule.unit], 'output'));
  const runs = new Map<string, JudgedCapture[]>();
  for (const capture of ofUnit) {
    const { runId, notebook, cell } = capture.source;
    const run = runId ?? `${notebook} ${cell ?? ''}`;
    runs.set(run, [...(runs.get(run) ?? []), capture]);
  }
  const sights = [...runs.values()]
    .map((captures) => sightOf(rule, captures))
    .filter((sight) => sight.captures.length > 0);
  // With fewer windows than asked it could be the output of other windows.
  const fitting = sights.filter(({ starts }) => starts.length >= (rule.minWindows ?? 0));
  const captures = fitting.flatMap((sight) => sight.captures);
  const lacks = (fitting.length > 0 ? fitting : sights).map((sight) => lackOf(rule, sight));
  if (lacks.includes('')) return { message: '', captures };
  const isCut = rule.window !== undefined && ofUnit.some(({ data }) => data.tables.some(hasCutWindow));
  const cut = 'La columna de la ventana sale cortada: escribe la consulta con option("truncate", "false").';
  return { message: lacks.at(-1) ?? (isCut ? cut : noCapture), captures };
}

function sightOf(rule: ConsoleRule, captures: readonly JudgedCapture[]): RunSight {
  const shaped = captures.flatMap((capture) =>
    capture.data.tables.map((table) => ({ capture, table, shape: tableShape(table, rule.window?.minutes ?? 0) })),
  );
  const fitting = shaped.filter(({ table, shape }) => fits(rule, table, shape));
  if (
    rule.window !== undefined &&
    !areWindowsOf(
      rule.window,
      shaped.flatMap(({ shape }) => shape.starts ?? []),
    )
  )
    return { captures: [], batches: 0, starts: [] };
  return {
    captures: [...new Set(fitting.map(({ capture }) => capture))],
    batches: new Set(fitting.map(({ table }) => table.batch)).size,
    starts: [...new Set(fitting.flatMap(({ shape }) => shape.starts ?? []))],
  };
}

/**
 * All windows of a run begin on the grid of the slide. Where they overlap, some begin off the grid of the width too: without one the run is taken
 * for fixed windows, as it would look the same.
 */
function areWindowsOf(
  { minutes, slideMinutes }: { readonly minutes: number; readonly slideMinutes: number },
  starts: readonly number[],
): boolean {
  if (starts.some((start) => start % slideMinutes !== 0)) return false;
  return slideMinutes === minutes || starts.some((start) => start % minutes !== 0);
}

function fits(rule: ConsoleRule, table: EvidenceTable, { starts, types, numbers }: TableShape): boolean {
  const { columns } = rule;
  if (table.rows.length === 0 || (rule.window !== undefined && starts === null)) return false;
  const times = types.filter((type) => type === 'time').length;
  if (numbers.length < columns.numbers || times < columns.times) return false;
  if (types.length < columns.numbers + columns.times + columns.others) return false;
  return rule.spread === undefined || hasSpread(numbers);
}

/** Some column lies between two others in every row. */
const hasSpread = (columns: readonly (readonly number[])[]): boolean =>
  columns.some((mean) =>
    columns.some(
      (least) =>
        least !== mean &&
        columns.some(
          (most) => most !== mean && most !== least && mean.every((it, row) => isBetween(it, least[row], most[row])),
        ),
    ),
  );

const isBetween = (value: number, least: number | undefined, most: number | undefined): boolean =>
  least !== undefined && most !== undefined && least <= value && value <= most;

/** Spanish; empty when nothing lacks. */
function lackOf(rule: ConsoleRule, { batches, starts }: RunSight): string {
  const minWindows = rule.minWindows ?? 0;
  if (starts.length < minWindows)
    return `Se ven ${starts.length} de ${minWindows} ventanas: captura un lote posterior.`;
  if (batches < rule.minBatches)
    return `Van ${batches} de ${rule.minBatches} lotes de la misma consulta: captura otro lote.`;
  return '';
}
