import type { Capturable } from '../capture/capture-store.ts';
import { gridText } from '../capture/grid-text.ts';
import type { Texts } from '../text/texts.ts';
import type { ChartOrigin } from './chart-data.ts';
import type { ChartKind, ChartPoint, Series } from './chart-point.ts';
import { cellsOfLabel } from './point-cells.ts';
import { valueText } from './value-text.ts';

export type ShownChart = {
  readonly path: string;
  readonly origin: ChartOrigin | null;
  readonly title: string;
  /** As it is drawn. */
  readonly kind: ChartKind;
  readonly xLabels: readonly string[];
  readonly sentence: readonly [string, string];
  readonly note: string | null;
  readonly points: readonly ChartPoint[];
  readonly series: readonly Series[];
};

/** A chart with the sentence and the rows that it shows. */
export function chartCapture(
  { path, origin, title, kind, xLabels, sentence, note, points, series }: ShownChart,
  { charts, format }: Pick<Texts, 'charts' | 'format'>,
): Capturable {
  const rows = points.map(({ label, values }) => [
    ...cellsOfLabel(label, xLabels.length),
    ...series.map((one, at) => valueText(one, values[at], format, charts.noValue)),
  ]);
  const told = [`${title}.`, ...sentence, ...(note === null ? [] : [note])].join(' ');
  return {
    kind: 'chart',
    path,
    cell: null,
    query: origin?.name ?? null,
    runId: origin?.runId ?? null,
    ...(origin === null ? {} : { batch: origin.batchId }),
    name: title,
    text: `${told}\n\n${gridText([...xLabels, ...series.map(({ label }) => label)], rows)}`,
    figure: {
      kind,
      sentence: [...sentence, ...(note === null ? [] : [note])].join(' '),
      xLabel: xLabels[0] ?? '',
      series: series.map(({ label, isTime, isDerived }) => ({ label, isTime, isDerived })),
      points: points.map(({ label, values }) => ({ label, values: [...values] })),
    },
  };
}
