import { CartesianGrid, ComposedChart, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { useTexts } from '../store/use-model.ts';
import type { ChartKind, ChartPoint, Series } from './chart-point.ts';
import { bandKey, drawBand, drawSeries, timeAxis } from './draw-series.tsx';
import { valueText } from './value-text.ts';

type SeriesChartProps = {
  /** As `drawnKind` says. */
  readonly kind: ChartKind;
  readonly points: readonly ChartPoint[];
  readonly series: readonly Series[];
  /** Read aloud: what the figure shows. */
  readonly label: string;
};

/** Rows of the last batch are drawn in full, older ones step back. */
const olderOpacity = 0.55;
const height = 186;
/** More bars than these are thinner than their gaps, and slow: they become lines. */
const mostBars = 48;
export const drawnKind = (kind: ChartKind, points: number): ChartKind =>
  kind === 'bars' && points > mostBars ? 'lines' : kind;
const tick = { fontSize: 11, fill: 'var(--muted)' };

/** Bars, lines or a band over one axis; times have a second one. Money and counts start at 0. At most 1,000 points, no animation. */
export function SeriesChart({ kind, points, series, label }: SeriesChartProps) {
  const { charts, format } = useTexts();
  const hasTime = series.some((one) => one.isTime);
  const isBelowZero = points.some((point) =>
    point.values.some((value, position) => series[position]?.isTime !== true && value !== null && value < 0),
  );
  return (
    <div className="chart-drawing" role="figure" aria-label={label}>
      <ResponsiveContainer width="100%" height={height}>
        <ComposedChart
          data={drawnData(kind, points)}
          margin={{ top: 8, right: 4, bottom: 0, left: 0 }}
          barGap={2}
          barCategoryGap="24%"
        >
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="label"
            tickFormatter={startOfLabel}
            tick={tick}
            tickLine={false}
            axisLine={{ stroke: 'var(--line-strong)' }}
            minTickGap={10}
            interval="preserveStartEnd"
          />
          <YAxis
            tick={tick}
            tickLine={false}
            axisLine={false}
            width={44}
            tickFormatter={(value: number) => format.number(value)}
            allowDecimals={false}
            tickCount={5}
          />
          {hasTime ? (
            <YAxis
              yAxisId={timeAxis}
              orientation="right"
              domain={['dataMin', 'dataMax']}
              tick={tick}
              tickLine={false}
              axisLine={false}
              width={44}
              tickFormatter={(value: number) => format.shortClock(value)}
              tickCount={4}
            />
          ) : null}
          {isBelowZero ? <ReferenceLine y={0} stroke="var(--line-strong)" /> : null}
          <Tooltip
            isAnimationActive={false}
            cursor={{ fill: 'var(--tide-wash)', opacity: 0.6 }}
            contentStyle={{
              background: 'var(--raised)',
              border: '1px solid var(--line-strong)',
              borderRadius: 8,
              fontSize: 12.5,
              color: 'var(--ink)',
            }}
            itemStyle={{ color: 'var(--ink)' }}
            formatter={(value, _name, item) => {
              const one = series[Number(item.dataKey)];
              return typeof value === 'number' && one ? valueText(one, value, format, charts.noValue) : String(value);
            }}
          />
          {kind === 'band' ? drawBand() : null}
          {series.map((one, position) => drawSeries(kind, one, position, series.length, points.length))}
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
}

/** What recharts reads: a column for each series by its position, and both edges of the band. */
function drawnData(kind: ChartKind, points: readonly ChartPoint[]) {
  const hasNew = points.some((point) => point.isNew);
  return points.map((point) => ({
    label: point.label,
    fillOpacity: hasNew && !point.isNew ? olderOpacity : 1,
    ...(kind === 'band' ? { [bandKey]: [point.values[0] ?? null, point.values.at(-1) ?? null] } : {}),
    ...Object.fromEntries(point.values.map((value, position) => [position, value])),
  }));
}

/** A window is named by its start; the tooltip and the table have both ends. */
const startOfLabel = (label: string): string => label.split('–')[0] ?? label;
