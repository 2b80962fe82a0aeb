import type { Figure } from '../../main/contract/figure-schema.ts';
import { pictureColours as colours } from './picture-colours.ts';

/** How a series looks where there is no colour: its own marker, its own dashes, its own filling. */
export type Mark = {
  readonly colour: string;
  readonly dash: string;
  readonly shape: 'circle' | 'square' | 'diamond' | 'triangle';
  /** For bars: what is drawn over white. */
  readonly filling: 'full' | 'empty' | 'stripes' | 'dots';
};

const marks: readonly [Mark, ...Mark[]] = [
  { colour: colours.tide, dash: 'none', shape: 'circle', filling: 'full' },
  { colour: colours.faint, dash: '6 3', shape: 'square', filling: 'stripes' },
  { colour: colours.ink, dash: '2 3', shape: 'diamond', filling: 'empty' },
  { colour: colours.late, dash: '8 3 2 3', shape: 'triangle', filling: 'dots' },
];

export const markOf = (position: number): Mark => marks[position % marks.length] ?? marks[0];

export const isBars = ({ kind }: Figure, { isTime, isDerived }: Figure['series'][number]): boolean =>
  kind === 'bars' && !isTime && !isDerived;

/** A marker of about ten pixels. */
export function markerSvg({ colour, shape }: Mark, x: number, y: number): string {
  const paint = `fill="${colour}" stroke="${colours.paper}" stroke-width="1.5"`;
  const at = (dx: number, dy: number) => `${round(x + dx)},${round(y + dy)}`;
  switch (shape) {
    case 'circle':
      return `<circle cx="${round(x)}" cy="${round(y)}" r="4.5" ${paint}/>`;
    case 'square':
      return `<rect x="${round(x - 4)}" y="${round(y - 4)}" width="8" height="8" ${paint}/>`;
    case 'diamond':
      return `<polygon points="${at(0, -6)} ${at(6, 0)} ${at(0, 6)} ${at(-6, 0)}" ${paint}/>`;
    case 'triangle':
      return `<polygon points="${at(0, -5.5)} ${at(5.5, 4.5)} ${at(-5.5, 4.5)}" ${paint}/>`;
  }
}

/** A bar or a sample of one. `filling` names a pattern of `fillingsSvg`. */
export const barSvg = (position: number, x: number, y: number, width: number, height: number): string =>
  `<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}" fill="${fillOf(position)}" stroke="${markOf(position).colour}" stroke-width="1.5"/>`;

function fillOf(position: number): string {
  const { filling, colour } = markOf(position);
  if (filling === 'full') return colour;
  return filling === 'empty' ? colours.paper : `url(#${filling})`;
}

/** The patterns that bars refer to. */
export const fillingsSvg = (): string =>
  `<defs>${marks
    .filter(({ filling }) => filling === 'stripes' || filling === 'dots')
    .map(({ filling, colour }) => {
      const drawn =
        filling === 'stripes'
          ? `<path d="M0 6L6 0" stroke="${colour}" stroke-width="1.6"/>`
          : `<circle cx="3" cy="3" r="1.4" fill="${colour}"/>`;
      return `<pattern id="${filling}" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="${colours.paper}"/>${drawn}</pattern>`;
    })
    .join('')}</defs>`;

export const round = (value: number): number => Math.round(value * 100) / 100;
