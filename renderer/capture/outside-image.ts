import type { Texts } from '../text/texts.ts';
import { toBase64 } from './shipped-fonts.ts';

export type ImageRefusal = keyof Texts['outside']['refused'];

/** A file that is not taken as an image. */
export class RefusedImageError extends Error {
  readonly refusal: ImageRefusal;
  constructor(refusal: ImageRefusal) {
    super(refusal);
    this.name = 'RefusedImageError';
    this.refusal = refusal;
  }
}

const largestFile = 5_000_000;
/** More pixels than a printed page shows make a hand-in heavy and say nothing. */
const longestSide = 2_000;

const signatures = [
  { type: 'image/png', bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { type: 'image/jpeg', bytes: [0xff, 0xd8, 0xff] },
];

/** What the bytes say that it is, whatever the file is called; null: neither PNG nor JPEG. */
export const imageTypeOf = (bytes: Uint8Array): string | null =>
  signatures.find(({ bytes: first }) => first.every((byte, at) => bytes[at] === byte))?.type ?? null;

/** The pixels of a PNG or JPEG as PNG in base64, drawn anew: no place, no camera, no author comes along. Throws `RefusedImageError`. */
export async function pixelsOf(file: Blob): Promise<string> {
  if (file.size > largestFile) throw new RefusedImageError('large');
  const bytes = new Uint8Array(await file.arrayBuffer());
  const type = imageTypeOf(bytes);
  if (type === null) throw new RefusedImageError('format');
  const image = await createImageBitmap(new Blob([bytes], { type })).catch(() => {
    throw new RefusedImageError('damaged');
  });
  try {
    return await pngOf(image, image.width, image.height);
  } finally {
    image.close();
  }
}

/** A PNG in base64 of what can be drawn, made smaller where a side is longer than a page needs. */
export async function pngOf(source: CanvasImageSource, width: number, height: number): Promise<string> {
  const scale = Math.min(1, longestSide / Math.max(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  canvas.getContext('2d')?.drawImage(source, 0, 0, canvas.width, canvas.height);
  const png = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (png === null) throw new RefusedImageError('damaged');
  return toBase64(new Uint8Array(await png.arrayBuffer()));
}
