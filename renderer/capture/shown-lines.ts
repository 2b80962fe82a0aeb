import type { Texts } from '../text/texts.ts';

/** What a page of the hand-in can show; the data file has everything. */
export const mostLines = 48;
export const longestLine = 200;

/** The lines that a picture shows: tabs as spaces, long lines cut, and a last line that counts what does not fit. */
export function shownLines(text: string, texts: Texts['picture']): readonly string[] {
  const lines = text.replace(/\r/g, '').replace(/\n+$/, '').replace(/^\n+/, '').split('\n').map(untabbed).map(cut);
  if (lines.length <= mostLines) return lines;
  const shown = lines.slice(0, mostLines - 1);
  const hidden = lines.slice(mostLines - 1);
  const rows = hidden.filter((line) => line.startsWith('|')).length;
  return [...shown, rows > 0 ? texts.moreRows(rows) : texts.moreLines(hidden.length)];
}

/** As terminals do: to the next multiple of eight. */
const untabbed = (line: string): string =>
  line.split('\t').reduce((before, piece) => before + ' '.repeat(8 - (before.length % 8)) + piece);

const cut = (line: string): string => (line.length <= longestLine ? line : `${line.slice(0, longestLine - 1)}…`);
