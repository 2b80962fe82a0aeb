import {
  Area,
  Bar,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { useTexts } from '../store/use-model.ts';
import type { ChartPoint } from './chart-data.ts';

export type Series = { readonly label: string; readonly isDerived: boolean };

type SeriesChartProps = {
  readonly kind: 'bars' | 'lines';
  readonly points: readonly ChartPoint[];
  readonly series: readonly Series[];
  /** Read aloud: what the figure shows. */
  readonly label: string;
};

/** Colour is never the only sign: each series has its own order, shape or line as well. */
export const seriesLooks = [
  { colour: 'var(--tide)', dash: '0' },
  { colour: 'var(--faint)', dash: '6 3' },
  { colour: 'var(--ink)', dash: '2 3' },
  { colour: 'var(--late)', dash: '8 3 2 3' },
] as const;

export const lookOf = (position: number): (typeof seriesLooks)[number] =>
  seriesLooks[position % seriesLooks.length] ?? seriesLooks[0];

/** Rows of the last batch are drawn in full, older ones step back. */
/** Points of a line are marked while there are few. */
const mostDots = 40;
const olderOpacity = 0.55;
const height = 186;
/** More bars than these are thinner than their gaps, and slow: they become lines. */
export const mostBars = 48;
const tick = { fontSize: 11, fill: 'var(--muted)' };

/** Bars or lines over one axis. Money and counts start at 0. At most 1,000 points, no animation. */
export function SeriesChart({ kind: wanted, points, series, label }: SeriesChartProps) {
  const kind = points.length > mostBars ? 'lines' : wanted;
  const { format } = useTexts();
  const hasNew = points.some((point) => point.isNew);
  const data = points.map((point) => ({
    label: point.label,
    fillOpacity: hasNew && !point.isNew ? olderOpacity : 1,
    ...Object.fromEntries(point.values.map((value, position) => [position, value])),
  }));
  const isBelowZero = points.some((point) => point.values.some((value) => value !== null && value < 0));
  return (
    <div className="chart-drawing" role="figure" aria-label={label}>
      <ResponsiveContainer width="100%" height={height}>
        <ComposedChart data={data} margin={{ top: 8, right: 4, bottom: 0, left: 0 }} barGap={2} barCategoryGap="24%">
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
            formatter={(value) => (typeof value === 'number' ? format.number(value, 2) : String(value))}
          />
          {series.map((one, position) => drawSeries(kind, one, position, points.length))}
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
}

/** A window is named by its start; the tooltip and the table have both ends. */
const startOfLabel = (label: string): string => label.split('–')[0] ?? label;

function drawSeries(kind: 'bars' | 'lines', one: Series, position: number, count: number) {
  const look = lookOf(position);
  if (kind === 'bars' && !one.isDerived) {
    return (
      <Bar
        key={position}
        dataKey={String(position)}
        name={one.label}
        fill={look.colour}
        radius={[3, 3, 0, 0]}
        maxBarSize={26}
        isAnimationActive={false}
      />
    );
  }
  if (kind === 'bars' || count <= mostDots) {
    const isMarkers = kind === 'bars';
    const dot = { r: isMarkers ? 4.5 : 3, fill: look.colour, stroke: 'var(--surface)', strokeWidth: 1.5 };
    return (
      <Line
        key={position}
        dataKey={String(position)}
        name={one.label}
        type="linear"
        stroke={isMarkers ? 'none' : look.colour}
        strokeWidth={2}
        strokeDasharray={look.dash}
        dot={{ ...dot, strokeDasharray: '0' }}
        isAnimationActive={false}
      />
    );
  }
  // An area without a fill: recharts measures the length of every line it draws, which costs more than the drawing.
  return (
    <Area
      key={position}
      dataKey={String(position)}
      name={one.label}
      type="linear"
      stroke={look.colour}
      strokeWidth={2}
      strokeDasharray={look.dash}
      fill="none"
      dot={false}
      isAnimationActive={false}
    />
  );
}
