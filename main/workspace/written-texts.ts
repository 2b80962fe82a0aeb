import type { Notebook } from '../contract/notebook-schema.ts';

/** Text cells that the student wrote: those that are not as the starter has them, and those it does not have. */
export function writtenTexts(
  { cells }: Notebook,
  starter: Notebook | null,
): { readonly cell: string; readonly text: string }[] {
  const given = new Map(starter?.cells.map((cell) => [cell.id, cell.source]));
  // A program that gives cells new ids leaves their text.
  const texts = new Set(given.values());
  return cells
    .filter(({ cell_type, id, source }) => cell_type === 'markdown' && given.get(id) !== source && !texts.has(source))
    .filter(({ source }) => source.trim() !== '')
    .map(({ id, source }) => ({ cell: id, text: source }));
}
