import { Area, Bar, Line } from 'recharts';
import type { ChartKind, Series } from './chart-point.ts';

type Look = { readonly colour: string; readonly dash: string };

/** Colour is never the only sign: each series has its own order, shape or line as well. */
const looks: readonly [Look, ...Look[]] = [
  { colour: 'var(--tide)', dash: '0' },
  { colour: 'var(--faint)', dash: '6 3' },
  { colour: 'var(--ink)', dash: '2 3' },
  { colour: 'var(--late)', dash: '8 3 2 3' },
];
/** The edges of a band step back behind what lies between them. */
const edgeLooks: Readonly<Record<'least' | 'greatest', Look>> = {
  least: { colour: 'var(--faint)', dash: '2 3' },
  greatest: { colour: 'var(--faint)', dash: '6 3' },
};

export function lookOf(kind: ChartKind, position: number, count: number): Look {
  if (kind !== 'band') return looks[position % looks.length] ?? looks[0];
  if (position === 0) return edgeLooks.least;
  return position === count - 1 ? edgeLooks.greatest : (looks[(position - 1) % looks.length] ?? looks[0]);
}

export const timeAxis = 'time';
export const bandKey = 'band';
/** Points of a line are marked while there are few. */
const mostDots = 40;
const bandOpacity = 0.14;

/** The room between the first series and the last, behind everything else. */
export const drawBand = () => (
  <Area
    key={bandKey}
    dataKey={bandKey}
    type="linear"
    stroke="none"
    fill="var(--tide)"
    fillOpacity={bandOpacity}
    tooltipType="none"
    activeDot={false}
    isAnimationActive={false}
  />
);

/** `series`: how many there are; `points`: how many marks each has. */
export function drawSeries(kind: ChartKind, one: Series, position: number, series: number, points: number) {
  const look = lookOf(kind, position, series);
  const shared = { dataKey: String(position), name: one.label, isAnimationActive: false };
  if (one.isTime) {
    // A watermark stays until it moves: a step, not a slope.
    return (
      <Line
        key={position}
        {...shared}
        yAxisId={timeAxis}
        type="stepAfter"
        stroke={look.colour}
        strokeWidth={2}
        strokeDasharray={look.dash}
        dot={points <= mostDots ? dotOf(look, 3) : false}
      />
    );
  }
  if (kind === 'bars' && !one.isDerived)
    return <Bar key={position} {...shared} fill={look.colour} radius={[3, 3, 0, 0]} maxBarSize={26} />;
  if (kind === 'bars' || points <= mostDots) {
    const isMarkers = kind === 'bars';
    return (
      <Line
        key={position}
        {...shared}
        type="linear"
        stroke={isMarkers ? 'none' : look.colour}
        strokeWidth={2}
        strokeDasharray={look.dash}
        dot={dotOf(look, isMarkers ? 4.5 : 3)}
      />
    );
  }
  // An area without a fill: recharts measures the length of every line it draws, which costs more than the drawing.
  return (
    <Area
      key={position}
      {...shared}
      type="linear"
      stroke={look.colour}
      strokeWidth={2}
      strokeDasharray={look.dash}
      fill="none"
      dot={false}
    />
  );
}

const dotOf = ({ colour }: Look, radius: number) => ({
  r: radius,
  fill: colour,
  stroke: 'var(--surface)',
  strokeWidth: 1.5,
  strokeDasharray: '0',
});
