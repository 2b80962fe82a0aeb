import type { Picture } from './evidence-picture.ts';

/** Pixels for each CSS pixel: sharp on paper and on dense screens. */
const scale = 2;

/** Draws a picture as PNG. Rejects where the browser cannot. */
export async function rasterise({ svg, width, height }: Picture): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = width * scale;
    canvas.height = height * scale;
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise<Blob>((resolve, reject) =>
      canvas.toBlob((png) => (png === null ? reject(new Error('no picture')) : resolve(png)), 'image/png'),
    );
  } finally {
    URL.revokeObjectURL(address);
  }
}
