import type { Notebook } from '../contract/notebook-schema.ts';
import type { Logged } from '../workspace/logged-events.ts';

/**
 * The record of a student as if it were that of the reference: what was done in the reference's cells stays; a cell of the student's own that started a query takes the
 * place of one of the `wanted` cells that the student did not use, in the order of both.
 */
export function withCellsOf(
  events: readonly Logged[],
  own: Notebook,
  reference: Notebook,
  wanted: readonly string[],
): readonly Logged[] {
  const started = new Set(events.flatMap((event) => (event.kind === 'query_started' ? (event.cell ?? []) : [])));
  const free = wanted.filter((cell) => !started.has(cell));
  const known = new Set(reference.cells.map(({ id }) => id));
  const added = own.cells.map(({ id }) => id).filter((id) => started.has(id) && !known.has(id));
  // The last ones: the activity comes after the case that it builds on.
  const places = new Map(added.slice(-free.length || added.length).map((cell, index) => [cell, free[index]]));
  return events.map((event) => {
    if (!('cell' in event) || event.cell === null) return event;
    const place = places.get(event.cell);
    return place === undefined ? event : { ...event, cell: place };
  });
}
