import type { Notebook } from '../../../main/contract/notebook-schema.ts';

type RawCell = {
  readonly id: string;
  readonly cell_type: 'code' | 'markdown';
  readonly source: readonly string[];
  readonly metadata: Record<string, unknown>;
};

/** The text of a `starter.ipynb` as the host gives it: never run. */
export function starterNotebook(text: string): Notebook {
  const raw = JSON.parse(text) as { readonly cells: readonly RawCell[] };
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: raw.cells.map(({ id, cell_type, source, metadata }) => {
      const base = { id, metadata, source: source.join('') };
      return cell_type === 'code' ? { ...base, cell_type, execution_count: null, outputs: [] } : { ...base, cell_type };
    }),
  };
}
