import { expect, test } from 'vitest';
import type { PackCriterion } from '../../../main/contract/grading-schema.ts';
import { proposePoints, type UnitOutcomes } from '../../../main/grading/propose-points.ts';
import type { HandIn } from '../../../main/grading/bundle-schema.ts';
import type { ReplayOutcome } from '../../../main/grading/replay-outcome.ts';
import type { JudgedCapture } from '../../../main/workspace/evidence-judge.ts';
import { capture, consoleText, windowText } from '../workspace/evidence-fixture.ts';

const columns = ['window', 'palabra', 'count'];
const rows = [
  [windowText('12:00', '12:03'), 'Hola', '2'],
  [windowText('12:03', '12:06'), 'Mundo', '1'],
];
const shown = consoleText(1, columns, ...rows);

const criterion: PackCriterion = {
  activity: 'actividad-1',
  id: 'fijas',
  text: '',
  points: 0.3,
  evidence: ['consola-fijas'],
  queries: [{ unit: 'caso-5', cell: 'caso5-tres-fija' }],
  stores: [],
  isManual: false,
};

const ran = (console: string, cell = 'caso5-tres-fija'): ReplayOutcome => ({
  state: 'ran',
  queries: [{ cell, ordinal: 0, name: null, console, error: null }],
  cells: [],
  stores: [],
});
const nothingDiffers = { cells: new Set<string>(), evidence: new Set<string>() };

// Only what proposing reads of it.
const handIn = { activities: [{ id: 'actividad-1', title: '' }], checks: [] } as unknown as HandIn;

function proposed(
  unit: Partial<UnitOutcomes>,
  captures: readonly JudgedCapture[] = [capture('caso-5', shown)],
  of: Partial<PackCriterion> = {},
) {
  const outcomes = { own: ran(shown), reference: ran(shown), differing: nothingDiffers, ...unit };
  const [line] = proposePoints([{ ...criterion, ...of }], { handIn, captures, units: new Map([['caso-5', outcomes]]) });
  if (line === undefined) throw new Error('nothing was proposed');
  return line;
}

test('evidence that is there and the reference’s result give all points', () => {
  expect(proposed({})).toMatchObject({ proposed: 0.3, points: 0.3 });
  expect(proposed({}).reason).toContain('El resultado coincide con el de la referencia.');
});

test('each half that lacks takes half of the points', () => {
  expect(proposed({}, [])).toMatchObject({ proposed: 0.15 });
  expect(proposed({}, []).reason).toContain('Falta: consola de las ventanas fijas de tres minutos.');
  const other = consoleText(1, columns, [windowText('12:00', '12:05'), 'Hola', '3']);
  expect(proposed({ own: ran(other) })).toMatchObject({ proposed: 0.15 });
  expect(proposed({ own: ran('') }).reason).toContain('Ninguna consulta da resultados.');
});

test('the result counts whatever cell gives it', () => {
  expect(proposed({ own: ran(shown, 'mia') })).toMatchObject({ proposed: 0.3 });
});

test('a capture that the replay does not give is no evidence, and another one beside it still is', () => {
  const [forged, honest] = [capture('caso-5', shown), capture('caso-5', shown)];
  const differing = { ...nothingDiffers, evidence: new Set([forged.id]) };
  expect(proposed({ differing }, [forged])).toMatchObject({ proposed: 0.15 });
  expect(proposed({ differing }, [forged]).reason).toContain('Está, pero no sale al ejecutarlo otra vez');
  expect(proposed({ differing }, [forged, honest])).toMatchObject({ proposed: 0.3 });
});

test('what could not be run proves no result', () => {
  const line = proposed({ own: { state: 'impossible', reason: '' }, reference: null });
  expect(line).toMatchObject({ proposed: 0.15 });
  expect(line.reason).toContain('No se ha podido ejecutar para comparar el resultado.');
});

test('without a reference for the unit only the evidence is judged, and that is said', () => {
  expect(proposed({ reference: null })).toMatchObject({ proposed: 0.3 });
  expect(proposed({ reference: null }).reason).toContain('No hay referencia con la que comparar el resultado.');
});

test('for what only a person can judge nothing is proposed', () => {
  expect(proposed({}, undefined, { isManual: true, queries: [] })).toMatchObject({ proposed: 0, isManual: true });
});

test('criteria of activities that were not handed in are left out', () => {
  const input = { handIn, captures: [], units: new Map<string, UnitOutcomes>() };
  expect(proposePoints([{ ...criterion, activity: 'actividad-2' }], input)).toEqual([]);
});

test('a collection must end as the reference’s', () => {
  const store = (...found: readonly (readonly string[])[]): ReplayOutcome => ({
    state: 'ran',
    queries: [],
    cells: [],
    stores: [{ name: 'iabd.bizum', rows: found.length === 0 ? null : found, seen: found }],
  });
  const of = { evidence: [], queries: [], stores: [{ unit: 'caso-5', name: 'iabd.bizum' }] };
  const reference = store(['12:00', '3']);
  expect(proposed({ own: store(['12:00', '3']), reference }, [], of)).toMatchObject({ proposed: 0.3 });
  expect(proposed({ own: store(['12:00', '4']), reference }, [], of)).toMatchObject({ proposed: 0 });
  expect(proposed({ own: store(), reference }, [], of).reason).toContain('iabd.bizum está vacía.');
});
