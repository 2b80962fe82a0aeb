/** A line that both texts have, or only the learner's, or only the original. */
export type DiffLine = { readonly kind: 'same' | 'mine' | 'original'; readonly text: string };

type Lines = readonly string[];

/** Cells of the table below; two texts that would need more are shown one after the other. */
const mostPairs = 1_000_000;

/** What was taken out comes before what takes its place. An empty text has no lines. */
export function diffLines(mine: string, original: string): readonly DiffLine[] {
  const [a, b] = [linesOf(mine), linesOf(original)];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let tail = 0;
  while (tail < a.length - start && tail < b.length - start && a.at(-1 - tail) === b.at(-1 - tail)) tail += 1;
  return [
    ...as('same', a.slice(0, start)),
    ...diffMiddle(a.slice(start, a.length - tail), b.slice(start, b.length - tail)),
    ...as('same', a.slice(a.length - tail)),
  ];
}

const linesOf = (text: string): Lines => (text === '' ? [] : text.split('\n'));
const as = (kind: DiffLine['kind'], lines: Lines): readonly DiffLine[] => lines.map((text) => ({ kind, text }));

/** Keeps a longest common subsequence of the lines. */
function diffMiddle(a: Lines, b: Lines): readonly DiffLine[] {
  if (a.length * b.length > mostPairs) return [...as('mine', a), ...as('original', b)];
  const lengthAt = commonLengths(a, b);
  const found: DiffLine[] = [];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    const [ours = '', theirs = ''] = [a[i], b[j]];
    if (ours === theirs) {
      found.push({ kind: 'same', text: ours });
      i += 1;
      j += 1;
    } else if (lengthAt(i + 1, j) >= lengthAt(i, j + 1)) {
      found.push({ kind: 'mine', text: ours });
      i += 1;
    } else {
      found.push({ kind: 'original', text: theirs });
      j += 1;
    }
  }
  return [...found, ...as('mine', a.slice(i)), ...as('original', b.slice(j))];
}

/** Length of the longest common subsequence of what follows line `i` of `a` and line `j` of `b`. */
function commonLengths(a: Lines, b: Lines): (i: number, j: number) => number {
  const width = b.length + 1;
  const table = new Uint32Array((a.length + 1) * width);
  const lengthAt = (i: number, j: number): number => table[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      table[i * width + j] =
        a[i] === b[j] ? lengthAt(i + 1, j + 1) + 1 : Math.max(lengthAt(i + 1, j), lengthAt(i, j + 1));
  return lengthAt;
}
