import type { EvidenceItem } from '../../main/contract/evidence-schema.ts';
import type { Texts } from '../text/texts.ts';
import { evidencePicture } from './evidence-picture.ts';
import { rasterise } from './rasterise.ts';
import { shippedFonts } from './shipped-fonts.ts';

/** A capture as PNG, from what the host says about it and the text that was shown. */
export async function drawEvidence(
  item: EvidenceItem,
  text: string,
  version: string,
  texts: Texts['picture'],
): Promise<Blob> {
  const fonts = await shippedFonts();
  return rasterise(evidencePicture({ item, text, version, fonts }, texts));
}
