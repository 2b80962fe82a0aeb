import type { Difference } from '../../main/contract/grading-schema.ts';

export type DiffLine = {
  readonly side: 'handedIn' | 'replayed';
  readonly cells: readonly { readonly text: string; readonly differs: boolean }[];
};

type Rows = Pick<Difference, 'onlyHandedIn' | 'onlyReplayed'>;

/** Each row of the hand-in above the row of the replay that is most like it, with the cells in which they part; rows like no other stand alone. */
export function diffLines({ onlyHandedIn, onlyReplayed }: Rows): readonly DiffLine[] {
  const left = [...onlyReplayed];
  const paired = onlyHandedIn.flatMap((row) => {
    const at = mostLike(row, left);
    const [twin] = at < 0 ? [] : left.splice(at, 1);
    return [lineOf('handedIn', row, twin), ...(twin === undefined ? [] : [lineOf('replayed', twin, row)])];
  });
  return [...paired, ...left.map((row) => lineOf('replayed', row, undefined))];
}

/** -1: none shares a cell with it. */
function mostLike(row: readonly string[], candidates: readonly (readonly string[])[]): number {
  const shared = candidates.map((other) => row.filter((text, index) => text === other[index]).length);
  const most = Math.max(0, ...shared);
  return most === 0 ? -1 : shared.indexOf(most);
}

const lineOf = (side: DiffLine['side'], row: readonly string[], twin: readonly string[] | undefined): DiffLine => ({
  side,
  cells: row.map((text, index) => ({ text, differs: twin !== undefined && twin[index] !== text })),
});
