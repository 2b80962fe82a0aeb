import { expect, test } from 'vitest';
import { withCellsOf } from '../../../main/grading/with-cells-of.ts';
import { batch, ends, notebookOf, query, record, starts } from './replay-fixture.ts';

const cellsIn = (events: ReturnType<typeof record>): readonly string[] =>
  events.flatMap((event) => (event.kind === 'query_started' ? (event.cell ?? []) : []));

const reference = notebookOf('sesion', 'fija', 'deslizante');
const wanted = ['fija', 'deslizante'];

test('what was done in the reference’s cells stays theirs', () => {
  const events = record(starts('fija'), query('fija', 'r'), ends('fija'), batch('r', 0));
  expect(withCellsOf(events, notebookOf('sesion', 'fija'), reference, wanted)).toEqual(events);
});

test('a student’s new cells take the places of the ones that were not used, in the order of both', () => {
  const events = record(
    starts('mia'),
    query('mia', 'r1'),
    ends('mia'),
    starts('otra'),
    query('otra', 'r2'),
    ends('otra'),
  );
  const own = notebookOf('sesion', 'mia', 'otra');
  expect(cellsIn(withCellsOf(events, own, reference, wanted))).toEqual(['fija', 'deslizante']);
});

test('of more new cells than places the last ones count', () => {
  const events = record(...['prueba', 'mia', 'otra'].flatMap((id) => [starts(id), query(id, id), ends(id)]));
  const own = notebookOf('prueba', 'mia', 'otra');
  expect(cellsIn(withCellsOf(events, own, reference, wanted))).toEqual(['prueba', 'fija', 'deslizante']);
});

test('a new cell beside the used ones takes no place', () => {
  const ids = ['fija', 'deslizante', 'mia'];
  const events = record(...ids.flatMap((id) => [starts(id), query(id, id), ends(id)]));
  expect(cellsIn(withCellsOf(events, notebookOf(...ids), reference, wanted))).toEqual(ids);
});
