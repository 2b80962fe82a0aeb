import { hasProvenance, type EvidenceItem } from '../../main/contract/evidence-schema.ts';
import type { Figure } from '../../main/contract/figure-schema.ts';
import type { Texts } from '../text/texts.ts';
import { figureDrawing } from './figure-drawing.ts';
import { pictureColours as colours } from './picture-colours.ts';
import { shownLines } from './shown-lines.ts';
import { escaped, fitted, wrapped } from './svg-text.ts';

export type Picture = { readonly svg: string; readonly width: number; readonly height: number };

/** Address and size in pixels of an image that stands inside a picture. */
export type InnerImage = { readonly address: string; readonly width: number; readonly height: number };

export type PictureContent = {
  readonly item: EvidenceItem;
  readonly text: string;
  readonly figure: Figure | null;
  readonly image: InnerImage | null;
  /** The same for who cannot see it. */
  readonly alternative: string;
  readonly version: string;
  /** `@font-face` rules for `Hyperlegible` and `Mono`. */
  readonly fonts: string;
};

type Body = { readonly svg: readonly string[]; readonly height: number };

const margin = 30;
const leastWidth = 900;
const pad = 16;
/** JetBrains Mono at 12.5 px: every character is 0.6 em wide. */
const codeSize = 12.5;
const codeAdvance = codeSize * 0.6;
const codeLeading = 18;
/** A wide guess for the proportional face at 13 px: what is longer is cut rather than drawn over. */
const footAdvance = 6.8;
const leadLeading = 20;
const mostLeadLines = 4;
/** An image of more pixels is drawn pixel by pixel at 2×, up to what a page can show. */
const widestImage = 1200;

/** The capture as a drawing: title, what was shown, and a foot that says whose it is and where it comes from. Sizes in CSS pixels. */
export function evidencePicture(content: PictureContent, texts: Texts['picture']): Picture {
  const { item, text, figure, image, alternative, version, fonts } = content;
  const lines = figure === null && image === null ? shownLines(text, texts) : [];
  const size = image === null ? null : sizeOf(image);
  const longest = Math.max(0, ...lines.map((line) => line.length));
  const width = Math.max(leastWidth, Math.ceil(Math.max(longest * codeAdvance, size?.width ?? 0)) + 2 * (margin + pad));
  const room = width - 2 * margin;
  const lead = wrapped(leadOf(content, texts), Math.floor(room / footAdvance), mostLeadLines);
  const boxTop = 82 + (lead.length === 0 ? 0 : lead.length * leadLeading + 6);
  const body =
    figure !== null
      ? figureDrawing(figure, { x: margin + pad, y: boxTop, width: room - 2 * pad }, texts)
      : image !== null && size !== null
        ? imageBody(image.address, size, boxTop)
        : textBody(lines, boxTop);
  const ruleY = boxTop + body.height + 26;
  const height = ruleY + 64;
  const subtitle = [
    texts.kinds[item.kind],
    ...(item.source.query === null ? [] : [texts.source(item.kind, item.source.query)]),
    ...(item.source.batch === null ? [] : [texts.batch(item.source.batch)]),
  ].join(' · ');
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="t d">`,
    `<title id="t">${escaped(item.title)}</title>`,
    `<desc id="d">${escaped(alternative)}</desc>`,
    `<style>${fonts}${style}</style>`,
    `<rect width="${width}" height="${height}" fill="${colours.paper}"/>`,
    `<text class="t" x="${margin}" y="42">${escaped(fitted(item.title, Math.floor(room / 9.5)))}</text>`,
    `<text class="s" x="${margin}" y="66">${escaped(fitted(subtitle, Math.floor(room / footAdvance)))}</text>`,
    ...lead.map((line, row) => `<text class="l" x="${margin}" y="${92 + row * leadLeading}">${escaped(line)}</text>`),
    `<rect x="${margin}.5" y="${boxTop}.5" width="${room - 1}" height="${body.height}" rx="8" fill="${figure === null ? colours.sunken : colours.paper}" stroke="${colours.line}"/>`,
    ...body.svg,
    ...footSvg(item, version, { y: ruleY, width }, texts),
    '</svg>',
  ].join('\n');
  return { svg, width, height };
}

/** Of a chart its sentence, of an image from outside what it is not. */
function leadOf({ item, text, figure }: PictureContent, texts: Texts['picture']): string {
  if (figure !== null) return figure.sentence;
  return hasProvenance(item.kind) ? '' : `${texts.noProvenance} ${text}`;
}

const textBody = (lines: readonly string[], top: number): Body => ({
  svg: lines.map(
    (line, row) =>
      `<text class="c" x="${margin + pad}" y="${top + pad + 11 + row * codeLeading}" xml:space="preserve">${escaped(line)}</text>`,
  ),
  height: lines.length * codeLeading + 2 * pad - 4,
});

const imageBody = (address: string, { width, height }: Size, top: number): Body => ({
  svg: [`<image x="${margin + pad}" y="${top + pad}" width="${width}" height="${height}" href="${address}"/>`],
  height: height + 2 * pad,
});

type Size = { readonly width: number; readonly height: number };

/** A small image at its size; a large one at two of its pixels for each of ours. */
function sizeOf({ width, height }: Size): Size {
  const fits = leastWidth - 2 * (margin + pad);
  const shown = width <= fits ? width : Math.min(widestImage, Math.max(fits, width / 2));
  return { width: shown, height: Math.max(1, Math.round((height * shown) / width)) };
}

function footSvg(
  item: EvidenceItem,
  version: string,
  { y, width }: { readonly y: number; readonly width: number },
  texts: Texts['picture'],
): readonly string[] {
  const { student, source, activity } = item;
  const room = width - 2 * margin;
  const who = `${student.name} · ${student.nia}`;
  const what = activity === null ? '' : ` — ${footOf(item, texts.activity(activity), texts)}`;
  const origin = [
    ...(source.batch === null ? [] : [texts.footBatch(source.batch)]),
    ...(source.watermark === null ? [] : [texts.watermark(source.watermark)]),
    texts.clock(item.clock.mode, item.clock.at),
  ].join(' · ');
  const whatRoom = Math.floor(room / footAdvance) - who.length;
  return [
    `<rect x="${margin}" y="${y}" width="${room}" height="2" fill="${colours.tide}"/>`,
    `<text class="f" x="${margin}" y="${y + 26}"><tspan class="b">${escaped(who)}</tspan>${escaped(fitted(what, whatRoom))}</text>`,
    `<text class="f" x="${margin}" y="${y + 46}">${escaped(origin)}</text>`,
    `<text class="m" x="${width - margin}" y="${y + 46}" text-anchor="end">${escaped(texts.marea(version, item.shortHash))}</text>`,
  ];
}

const style = [
  'text{font-variant-ligatures:none;white-space:pre}',
  `.t{font:600 19px Hyperlegible,sans-serif;fill:${colours.ink}}`,
  `.s{font:400 14px Hyperlegible,sans-serif;fill:${colours.muted}}`,
  `.l{font:400 13px Hyperlegible,sans-serif;fill:${colours.ink}}`,
  `.a{font:400 12px Hyperlegible,sans-serif;fill:${colours.muted}}`,
  `.c{font:400 ${codeSize}px Mono,monospace;fill:${colours.ink}}`,
  `.f{font:400 13px Hyperlegible,sans-serif;fill:${colours.muted}}`,
  `.b{font-weight:600;fill:${colours.ink}}`,
  `.m{font:400 12px Mono,monospace;fill:${colours.muted}}`,
].join('');

function footOf({ id, evidence, title }: EvidenceItem, activity: string, texts: Texts['picture']): string {
  const [number = ''] = id.split('-');
  return evidence === null ? texts.other(activity, number) : texts.evidence(activity, number, title);
}
