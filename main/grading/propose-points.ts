import { evidenceRequirements } from '../../exercises/graded-activities.ts';
import type { PackCriterion, Proposal } from '../contract/grading-schema.ts';
import { judgeRequired, type JudgedCapture } from '../workspace/evidence-judge.ts';
import type { HandIn } from './bundle-schema.ts';
import { compareResults, sameStore } from './compare-results.ts';
import type { ReplayOutcome } from './replay-outcome.ts';

/** What a unit gave: as it was handed in, and the reference on the same input. Null where there is none. */
export type UnitOutcomes = {
  readonly own: ReplayOutcome | null;
  readonly reference: ReplayOutcome | null;
  /** Cells and captures that the replay does not give. */
  readonly differing: { readonly cells: ReadonlySet<string>; readonly evidence: ReadonlySet<string> };
};

export type ProposalInput = {
  readonly handIn: HandIn;
  readonly captures: readonly JudgedCapture[];
  readonly units: ReadonlyMap<string, UnitOutcomes>;
};

/** One thing that a criterion wants: fulfilled, not fulfilled, or nothing that can be judged here; `text` says which, in Spanish. */
type Part = { readonly state: 'there' | 'lacks' | 'unknown'; readonly text: string };

/**
 * The same share of a criterion's points for each thing it wants: evidence that is there and is given again, results like the reference's. Nothing for what
 * only a person can judge.
 */
export function proposePoints(criteria: readonly PackCriterion[], input: ProposalInput): readonly Proposal[] {
  const handedIn = new Set(input.handIn.activities.map(({ id }) => id));
  return criteria
    .filter(({ activity }) => handedIn.has(activity))
    .map((criterion) => {
      const parts = [
        ...criterion.evidence.map((id) => evidencePart(criterion.activity, id, input)),
        ...criterion.queries.map(({ unit, cell }) => queryPart(unit, cell, input)),
        ...criterion.stores.map(({ unit, name }) => storePart(unit, name, input)),
      ];
      const judged = parts.filter(({ state }) => state !== 'unknown');
      const there = criterion.isManual ? [] : judged.filter(({ state }) => state === 'there');
      const share = judged.length === 0 ? 0 : there.length / judged.length;
      return {
        activity: criterion.activity,
        criterion: criterion.id,
        text: criterion.text,
        points: criterion.points,
        proposed: Math.round(criterion.points * share * 100) / 100,
        reason: [
          ...parts.map(({ text }) => text),
          ...(criterion.isManual ? ['Léelo: nadie más puede valorarlo.'] : []),
        ].join(' '),
        isManual: criterion.isManual,
      };
    });
}

function evidencePart(activity: string, id: string, { handIn, captures, units }: ProposalInput): Part {
  const requirement = evidenceRequirements.find((it) => it.activity === activity && it.evidence === id);
  if (requirement === undefined) return { state: 'unknown', text: '' };
  const passed = (unit: string): readonly string[] =>
    handIn.checks.filter((check) => check.unit === unit && check.passed).map((check) => check.id);
  const { title, state } = judgeRequired(requirement, captures, passed);
  const name = title.charAt(0).toLowerCase() + title.slice(1);
  if (state === 'missing') return { state: 'lacks', text: `Falta: ${name}.` };
  const isFalse = ({ source, id: capture }: JudgedCapture): boolean =>
    units.get(source.unit)?.differing.evidence.has(capture) === true;
  const given = captures.filter((capture) => !isFalse(capture));
  return judgeRequired(requirement, given, passed).state === 'missing'
    ? { state: 'lacks', text: `Está, pero no sale al ejecutarlo otra vez: ${name}.` }
    : { state: 'there', text: `Está: ${name}.` };
}

function queryPart(unit: string, cell: string, { units }: ProposalInput): Part {
  const { own = null, reference = null } = units.get(unit) ?? {};
  if (own === null) return { state: 'lacks', text: 'Falta el cuaderno.' };
  if (own.state !== 'ran') return { state: 'lacks', text: 'No se ha podido ejecutar para comparar el resultado.' };
  if (reference?.state !== 'ran')
    return { state: 'unknown', text: 'No hay referencia con la que comparar el resultado.' };
  const wanted = reference.queries.filter((query) => query.cell === cell);
  if (wanted.length === 0) return { state: 'lacks', text: 'No hay ninguna consulta que dé este resultado.' };
  const verdicts = own.queries.map((query) => compareResults(query.console, wanted.map((it) => it.console).join('')));
  if (verdicts.includes('same')) return { state: 'there', text: 'El resultado coincide con el de la referencia.' };
  const isEmpty = own.queries.every(({ console }) => console === '');
  return {
    state: 'lacks',
    text: isEmpty ? 'Ninguna consulta da resultados.' : 'El resultado no coincide con el de la referencia.',
  };
}

function storePart(unit: string, name: string, { units }: ProposalInput): Part {
  const { own = null, reference = null } = units.get(unit) ?? {};
  if (own?.state !== 'ran') return { state: 'lacks', text: `No se ha podido ejecutar para comparar ${name}.` };
  const wanted = reference?.state === 'ran' ? reference.stores.find((store) => store.name === name)?.rows : undefined;
  if (wanted === undefined || wanted === null)
    return { state: 'unknown', text: `No hay referencia con la que comparar ${name}.` };
  const rows = own.stores.find((store) => store.name === name)?.rows ?? null;
  if (rows === null) return { state: 'lacks', text: `${name} está vacía.` };
  return sameStore(rows, wanted)
    ? { state: 'there', text: `${name} acaba como en la referencia.` }
    : { state: 'lacks', text: `${name} no acaba como en la referencia.` };
}
