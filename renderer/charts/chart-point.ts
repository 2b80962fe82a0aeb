import type { ChartSpec } from '../../main/contract/guide-schema.ts';

export type ChartKind = ChartSpec['kind'];

/** One line of a figure. */
export type Series = {
  readonly label: string;
  /** The difference of two columns: marked apart from what was measured. */
  readonly isDerived: boolean;
  /** Values are milliseconds since 1970, on an axis of their own. */
  readonly isTime: boolean;
  /** A part of a split: a mark that lacks it has nothing of it, which is not Spark's null. */
  readonly isPart: boolean;
};

/** One mark on the x axis. `label` for people, `values` by series in the order of the chart. */
export type ChartPoint = {
  readonly key: string;
  readonly label: string;
  readonly values: readonly (number | null)[];
  readonly isNew: boolean;
};
