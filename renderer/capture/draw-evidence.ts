import type { EvidenceItem } from '../../main/contract/evidence-schema.ts';
import type { RequestOutput } from '../../main/contract/requests.ts';
import type { Texts } from '../text/texts.ts';
import type { Capturable } from './capture-store.ts';
import { evidencePicture, type InnerImage } from './evidence-picture.ts';
import { rasterise } from './rasterise.ts';
import { shippedFonts } from './shipped-fonts.ts';
import { escaped } from './svg-text.ts';

/** A capture as PNG, from what the host says about it and what was shown. */
export async function drawEvidence(
  item: EvidenceItem,
  { text, figure, image }: Capturable,
  version: string,
  texts: Texts['picture'],
): Promise<Blob> {
  const [fonts, inner] = await Promise.all([shippedFonts(), image === undefined ? null : innerImage(image)]);
  const content = { item, text, figure: figure ?? null, image: inner, alternative: text, version, fonts };
  return rasterise(evidencePicture(content, texts));
}

/** A kept capture as SVG that needs nothing else. One that holds an image is its PNG: of that nothing but pixels was kept. */
export async function evidenceSvg(
  { item, data, png, alternative }: RequestOutput<'evidence.read'>,
  version: string,
  texts: Texts['picture'],
): Promise<string> {
  if (data.image !== undefined) return pixelSvg(item.title, alternative, await innerImage(png));
  const { text, figure } = data;
  const fonts = await shippedFonts();
  return evidencePicture({ item, text, figure: figure ?? null, image: null, alternative, version, fonts }, texts).svg;
}

const pixelSvg = (title: string, alternative: string, { address, width, height }: InnerImage): string =>
  [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width / 2}" height="${height / 2}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="t d">`,
    `<title id="t">${escaped(title)}</title>`,
    `<desc id="d">${escaped(alternative)}</desc>`,
    `<image width="${width}" height="${height}" href="${address}"/>`,
    '</svg>',
  ].join('\n');

async function innerImage(png: string): Promise<InnerImage> {
  const address = `data:image/png;base64,${png}`;
  const image = new Image();
  image.src = address;
  await image.decode();
  return { address, width: image.naturalWidth, height: image.naturalHeight };
}
