import type { EvidenceItem } from '../../main/contract/evidence-schema.ts';
import type { Texts } from '../text/texts.ts';
import { shownLines } from './shown-lines.ts';

export type Picture = { readonly svg: string; readonly width: number; readonly height: number };

export type PictureContent = {
  readonly item: EvidenceItem;
  readonly text: string;
  readonly version: string;
  /** `@font-face` rules for `Hyperlegible` and `Mono`. */
  readonly fonts: string;
};

/** Light whatever the window's theme: it is printed, and read in black and white. */
const colours = { ink: '#0f2a31', muted: '#4d646b', sunken: '#f5f8f8', line: '#d6e0e1', tide: '#0b6e7f' };

const margin = 30;
const leastWidth = 900;
const pad = 16;
/** JetBrains Mono at 12.5 px: every character is 0.6 em wide. */
const codeSize = 12.5;
const codeAdvance = codeSize * 0.6;
const codeLeading = 18;
/** A wide guess for the proportional face at 13 px: what is longer is cut rather than drawn over. */
const footAdvance = 6.8;

/** The capture as a drawing: title, what was printed, and a foot that says whose it is and where it comes from. Sizes in CSS pixels. */
export function evidencePicture({ item, text, version, fonts }: PictureContent, texts: Texts['picture']): Picture {
  const lines = shownLines(text, texts);
  const longest = Math.max(0, ...lines.map((line) => line.length));
  const width = Math.max(leastWidth, Math.ceil(longest * codeAdvance) + 2 * (margin + pad));
  const boxTop = 82;
  const boxHeight = lines.length * codeLeading + 2 * pad - 4;
  const ruleY = boxTop + boxHeight + 26;
  const height = ruleY + 64;
  const room = width - 2 * margin;
  const { student, source, activity } = item;
  const subtitle = [
    texts.kinds[item.kind],
    ...(source.query === null ? [] : [texts.source(item.kind, source.query)]),
    ...(source.batch === null ? [] : [texts.batch(source.batch)]),
  ].join(' · ');
  const mark = texts.marea(version, item.shortHash);
  const who = `${student.name} · ${student.nia}`;
  const what = activity === null ? '' : ` — ${footOf(item, texts.activity(activity), texts)}`;
  const origin = [
    ...(source.batch === null ? [] : [texts.footBatch(source.batch)]),
    ...(source.watermark === null ? [] : [texts.watermark(source.watermark)]),
    texts.clock(item.clock.mode, item.clock.at),
  ].join(' · ');
  const whatRoom = Math.floor(room / footAdvance) - who.length;
  const code = lines.map(
    (line, row) =>
      `<text class="c" x="${margin + pad}" y="${boxTop + pad + 11 + row * codeLeading}" xml:space="preserve">${escaped(line)}</text>`,
  );
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<style>${fonts}${style}</style>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    `<text class="t" x="${margin}" y="42">${escaped(fitted(item.title, Math.floor(room / 9.5)))}</text>`,
    `<text class="s" x="${margin}" y="66">${escaped(fitted(subtitle, Math.floor(room / footAdvance)))}</text>`,
    `<rect x="${margin}.5" y="${boxTop}.5" width="${room - 1}" height="${boxHeight}" rx="8" fill="${colours.sunken}" stroke="${colours.line}"/>`,
    ...code,
    `<rect x="${margin}" y="${ruleY}" width="${room}" height="2" fill="${colours.tide}"/>`,
    `<text class="f" x="${margin}" y="${ruleY + 26}"><tspan class="b">${escaped(who)}</tspan>${escaped(fitted(what, whatRoom))}</text>`,
    `<text class="f" x="${margin}" y="${ruleY + 46}">${escaped(origin)}</text>`,
    `<text class="m" x="${width - margin}" y="${ruleY + 46}" text-anchor="end">${escaped(mark)}</text>`,
    '</svg>',
  ].join('\n');
  return { svg, width, height };
}

const style = [
  'text{font-variant-ligatures:none;white-space:pre}',
  `.t{font:600 19px Hyperlegible,sans-serif;fill:${colours.ink}}`,
  `.s{font:400 14px Hyperlegible,sans-serif;fill:${colours.muted}}`,
  `.c{font:400 ${codeSize}px Mono,monospace;fill:${colours.ink}}`,
  `.f{font:400 13px Hyperlegible,sans-serif;fill:${colours.muted}}`,
  `.b{font-weight:600;fill:${colours.ink}}`,
  `.m{font:400 12px Mono,monospace;fill:${colours.muted}}`,
].join('');

function footOf({ id, evidence, title }: EvidenceItem, activity: string, texts: Texts['picture']): string {
  const [number = ''] = id.split('-');
  return evidence === null ? texts.other(activity, number) : texts.evidence(activity, number, title);
}

const fitted = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1))}…`;

// oxlint-disable-next-line eslint/no-control-regex -- XML has no way to write these
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

const escaped = (text: string): string =>
  text
    .replace(unwritable, '\ufffd')
    .replace(/\p{Cs}/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
