import type { Capturable } from './capture-store.ts';
import { gridText } from './grid-text.ts';

type ShownTable = {
  readonly path: string;
  readonly name: string;
  /** Told above the rows. */
  readonly sentence: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
};

/** A table of the screen that no query printed. */
export const tableCapture = ({ path, name, sentence, columns, rows }: ShownTable): Capturable => ({
  kind: 'table',
  path,
  cell: null,
  query: null,
  runId: null,
  name,
  text: `${sentence}\n${gridText(columns, rows)}`,
});
