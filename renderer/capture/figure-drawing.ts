import type { Figure } from '../../main/contract/figure-schema.ts';
import type { Texts } from '../text/texts.ts';
import { numberAxis, timeAxis, type Axis } from './axis-ticks.ts';
import { barSvg, fillingsSvg, isBars, markerSvg, markOf, round } from './figure-marks.ts';
import { pictureColours as colours } from './picture-colours.ts';
import { escaped, fitted } from './svg-text.ts';

type Drawing = { readonly svg: readonly string[]; readonly height: number };
type PictureTexts = Texts['picture'];
type Place = { readonly x: number; readonly y: number; readonly width: number };
type Plot = {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly numbers: Axis;
  readonly times: Axis | null;
};

const plotHeight = 300;
const axisRoom = 64;
/** Markers on a line while there are few points. */
const mostMarkers = 40;
/** A wide guess for the proportional face at 12 px. */
const labelAdvance = 6.4;
const legendLeading = 22;
const bandOpacity = 0.12;

/** Axes, series and legend of a chart, as high as the legend needs. */
export function figureDrawing(figure: Figure, { x, y, width }: Place, texts: PictureTexts): Drawing {
  const plot = plotOf(figure, { x, y, width });
  const legend = legendSvg(figure, { x, y: plot.bottom + 66, width });
  return {
    svg: [
      fillingsSvg(),
      ...gridSvg(plot, texts),
      ...axisSvg(figure, plot),
      ...bandSvg(figure, plot),
      ...figure.series.flatMap((_, position) => seriesSvg(figure, plot, position)),
      ...legend.svg,
    ],
    height: plot.bottom + 66 + legend.height - y,
  };
}

function plotOf(figure: Figure, { x, y, width }: Place): Plot {
  const valuesOf = (isTime: boolean) =>
    figure.points.flatMap(({ values }) =>
      values.filter((value, at): value is number => value !== null && figure.series[at]?.isTime === isTime),
    );
  const times = valuesOf(true);
  return {
    left: x + axisRoom,
    right: x + width - (times.length === 0 ? 16 : axisRoom),
    top: y + 16,
    bottom: y + 16 + plotHeight,
    numbers: numberAxis(valuesOf(false)),
    times: times.length === 0 ? null : timeAxis(times),
  };
}

const yOf = ({ top, bottom }: Plot, { least, greatest }: Axis, value: number): number =>
  bottom - ((value - least) / (greatest - least)) * (bottom - top);

/** The middle of a point's slot. */
const xOf = ({ left, right }: Plot, count: number, at: number): number => left + ((at + 0.5) * (right - left)) / count;

const labelSvg = (x: number, y: number, anchor: 'start' | 'middle' | 'end', text: string): string =>
  `<text class="a" x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${escaped(text)}</text>`;

function gridSvg(plot: Plot, texts: PictureTexts): readonly string[] {
  const { left, right, numbers, times } = plot;
  const lines = numbers.ticks.flatMap((tick) => {
    const y = round(yOf(plot, numbers, tick));
    const colour = tick === 0 ? colours.edge : colours.line;
    return [
      `<path d="M${left} ${y}H${right}" stroke="${colour}" fill="none"/>`,
      labelSvg(left - 8, y + 4, 'end', texts.number(tick)),
    ];
  });
  const clock =
    times === null
      ? []
      : times.ticks.map((tick) => labelSvg(right + 8, yOf(plot, times, tick) + 4, 'start', texts.time(tick)));
  return [...lines, ...clock];
}

/** Every so many labels, so that none touches the next; a window is named by its start. */
function axisSvg({ points, xLabel }: Figure, plot: Plot): readonly string[] {
  const labels = points.map(({ label }) => fitted(label.split('–')[0] ?? label, 24));
  const longest = labels.reduce((most, label) => Math.max(most, label.length), 0);
  const slot = (plot.right - plot.left) / points.length;
  const every = Math.max(1, Math.ceil((longest * labelAdvance + 10) / slot));
  return [
    ...labels.flatMap((label, at) =>
      at % every === 0 ? [labelSvg(xOf(plot, points.length, at), plot.bottom + 18, 'middle', label)] : [],
    ),
    labelSvg((plot.left + plot.right) / 2, plot.bottom + 40, 'middle', xLabel),
  ];
}

function bandSvg({ kind, points, series }: Figure, plot: Plot): readonly string[] {
  if (kind !== 'band' || series.length < 2) return [];
  const edges = points.flatMap(({ values }, at) => {
    const [least, greatest] = [values[0], values[series.length - 1]];
    if (typeof least !== 'number' || typeof greatest !== 'number') return [];
    return [{ x: xOf(plot, points.length, at), least, greatest }];
  });
  const pathOf = (side: 'least' | 'greatest', from: typeof edges) =>
    from.map((edge) => `${round(edge.x)} ${round(yOf(plot, plot.numbers, edge[side]))}`).join('L');
  if (edges.length < 2) return [];
  const outline = `M${pathOf('greatest', edges)}L${pathOf('least', edges.toReversed())}Z`;
  return [`<path d="${outline}" fill="${colours.tide}" fill-opacity="${bandOpacity}"/>`];
}

function seriesSvg(figure: Figure, plot: Plot, position: number): readonly string[] {
  const one = figure.series[position];
  const axis = one?.isTime === true ? plot.times : plot.numbers;
  if (one === undefined || axis === null) return [];
  const { points } = figure;
  const seen = points.flatMap(({ values }, at) => {
    const value = values[position] ?? null;
    return value === null ? [] : [{ at, x: xOf(plot, points.length, at), y: yOf(plot, axis, value) }];
  });
  if (isBars(figure, one)) return barsSvg(figure, plot, position, seen);
  const mark = markOf(position);
  const hasLine = isJoined(figure, one);
  // A gap ends the line; a time stays until it moves: a step, not a slope.
  const path = seen
    .map(({ at, x, y }, index) => {
      const before = seen[index - 1];
      if (before?.at !== at - 1) return `M${round(x)} ${round(y)}`;
      return one.isTime ? `H${round(x)}V${round(y)}` : `L${round(x)} ${round(y)}`;
    })
    .join('');
  return [
    ...(hasLine ? [`<path d="${path}" fill="none" ${strokeOf(position)}/>`] : []),
    ...(!hasLine || points.length <= mostMarkers ? seen.map(({ x, y }) => markerSvg(mark, x, y)) : []),
  ];
}

/** Differences over bars stand alone, each over its bar. */
const isJoined = ({ kind }: Figure, { isDerived }: Figure['series'][number]): boolean =>
  !(kind === 'bars' && isDerived);

const strokeOf = (position: number): string => {
  const { colour, dash } = markOf(position);
  return `stroke="${colour}" stroke-width="2" stroke-dasharray="${dash}"`;
};

type Seen = readonly { readonly x: number; readonly y: number }[];

function barsSvg(figure: Figure, plot: Plot, position: number, seen: Seen): readonly string[] {
  const barred = figure.series.map((one, at) => (isBars(figure, one) ? at : -1)).filter((at) => at >= 0);
  const slot = (plot.right - plot.left) / figure.points.length;
  const width = Math.min(40, (slot * 0.76) / barred.length);
  const first = -(width * barred.length) / 2 + width * barred.indexOf(position);
  const zero = yOf(plot, plot.numbers, 0);
  return seen.map(({ x, y }) =>
    barSvg(position, x + first + 1, Math.min(y, zero), Math.max(1, width - 2), Math.abs(zero - y)),
  );
}

/** The name of each series beside its mark; as many in a line as fit. */
function legendSvg(figure: Figure, { x, y, width }: Place): Drawing {
  let [left, row] = [x, 0];
  const svg = figure.series.flatMap((one, position) => {
    const label = fitted(one.label, 60);
    const needed = 30 + label.length * labelAdvance + 18;
    if (left > x && left + needed > x + width) [left, row] = [x, row + 1];
    const [at, middle] = [left, y + row * legendLeading];
    left += needed;
    const line = isJoined(figure, one) ? `<path d="M${at} ${middle}h24" fill="none" ${strokeOf(position)}/>` : '';
    const sample = isBars(figure, one)
      ? barSvg(position, at + 5, middle - 6, 14, 12)
      : `${line}${markerSvg(markOf(position), at + 12, middle)}`;
    return [sample, labelSvg(at + 30, middle + 4, 'start', label)];
  });
  return { svg, height: (row + 1) * legendLeading };
}
