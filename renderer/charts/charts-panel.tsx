import { memo, useMemo } from 'react';
import type { ChartSpec } from '../../main/contract/guide-schema.ts';
import { nameOfQuery, type LiveState } from '../queries/query-store.ts';
import type { QueryView } from '../queries/query-view.ts';
import { useModel, useTexts } from '../store/use-model.ts';
import type { Texts } from '../text/texts.ts';
import { ChartCard } from './chart-card.tsx';
import { chartData, type ChartOrigin } from './chart-data.ts';
import type { ChartPoint, Series } from './chart-point.ts';
import { usePacedLive } from './use-paced-live.ts';
import { valueText } from './value-text.ts';

const noCharts: readonly ChartSpec[] = [];

/** The activity's own figures, and how many rows each batch brought. */
export const ChartsPanel = memo(function ChartsPanel({
  path,
  charts = noCharts,
}: {
  readonly path: string;
  readonly charts?: readonly ChartSpec[] | undefined;
}) {
  const live = usePacedLive(useModel().queries(path).state);
  return (
    <div className="charts scroll">
      {charts.map((spec) => (
        <ActivityChart key={spec.id} path={path} spec={spec} live={live} />
      ))}
      <RowsPerBatch path={path} live={live} />
    </div>
  );
});

const sentenceOf = ({ from, x }: ChartSpec, charts: Texts['charts']) => {
  if (from === 'progress') return charts.batchesSentence;
  return x.end === undefined ? charts.pointsSentence : charts.windowsSentence;
};

type ActivityChartProps = { readonly path: string; readonly spec: ChartSpec; readonly live: LiveState };

function ActivityChart({ path, spec, live }: ActivityChartProps) {
  const { charts, format } = useTexts();
  const { queries, results } = live;
  const data = useMemo(
    () => chartData(spec, { queries, results, blocks: [], hiddenLines: 0 }),
    [spec, queries, results],
  );
  const series = data?.series ?? noSeries;
  const last = data?.points.at(-1);
  const values =
    last === undefined
      ? ''
      : series
          .map((one, position) => ({ one, value: last.values[position] ?? null }))
          .filter(({ one, value }) => !one.isPart || value !== null)
          .map(({ one, value }) => `${one.label} ${valueText(one, value, format, charts.noValue)}`)
          .join(', ');
  const sentence =
    data === null || last === undefined ? null : sentenceOf(spec, charts)(data.points.length, last.label, values);
  const origin =
    data === null ? null : data.query === null ? charts.fromBatch : charts.from(data.query.name, data.query.batchId);
  const cut =
    data !== null && data.points.length < data.total && data.points.length >= 1_000
      ? ` ${charts.shownOf(data.points.length, data.total)}`
      : '';
  return (
    <ChartCard
      path={path}
      origin={data?.query ?? null}
      title={spec.title}
      kind={spec.kind}
      xLabels={spec.x.end === undefined ? [spec.x.label] : [spec.x.label, spec.x.endLabel ?? spec.x.end]}
      sentence={sentence}
      note={origin === null ? null : `${origin}.${cut}`}
      empty={waitsForWatermark(live, charts.appendWaits, charts.appendMissing, format.duration) ?? spec.empty}
      points={data?.points ?? noPoints}
      series={series}
    />
  );
}

/** In append mode a window appears only when the watermark has passed its end: say so, and how much is missing. */
function waitsForWatermark(
  live: LiveState,
  waits: string,
  missing: (time: string) => string,
  write: (ms: number) => string,
): string | null {
  const query = live.queries.findLast(
    (one) =>
      one.status === 'running' && one.outputMode === 'append' && one.stateRows !== null && one.batches.length > 0,
  );
  if (query === undefined || (query.rows?.rows.total ?? 0) > 0) return null;
  return query.waitsMs === null ? waits : `${waits} ${missing(write(query.waitsMs))}`;
}

const noPoints: readonly ChartPoint[] = [];
const noSeries: readonly Series[] = [];

function originOf(query: QueryView | undefined): ChartOrigin | null {
  const last = query?.batches.at(-1);
  if (query === undefined || last === undefined) return null;
  return { name: nameOfQuery(query), runId: query.runId, batchId: last.batchId };
}

function RowsPerBatch({ path, live }: { readonly path: string; readonly live: LiveState }) {
  const { charts } = useTexts();
  const query = live.queries.findLast((one) => one.batches.length > 0);
  const batches = query?.batches;
  const points = useMemo(
    () =>
      (batches ?? []).map((batch, position, all): ChartPoint => ({
        key: String(batch.batchId),
        label: String(batch.batchId),
        values: [batch.inputRows],
        isNew: position === all.length - 1,
      })),
    [batches],
  );
  const series = useMemo(
    () => [{ label: charts.rowsPerBatchSeries, isDerived: false, isTime: false, isPart: false }],
    [charts],
  );
  const last = batches?.at(-1);
  const origin = useMemo(() => originOf(query), [query]);
  const rows = (batches ?? []).reduce((sum, batch) => sum + batch.inputRows, 0);
  return (
    <ChartCard
      path={path}
      origin={origin}
      title={charts.rowsPerBatch}
      kind="bars"
      xLabels={[charts.batchAxis]}
      sentence={last === undefined ? null : charts.rowsSentence(points.length, rows, last.batchId, last.inputRows)}
      note={null}
      empty={charts.rowsEmpty}
      points={points}
      series={series}
    />
  );
}
