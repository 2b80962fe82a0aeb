import { BadPngError, checkPng } from '../workspace/png-text.ts';
import { cutLines, escaped } from './report-text.ts';

/** Only a whole PNG is given to whatever draws the page; of anything else its text is shown. */
export function pictureHtml(png: Uint8Array, text: string): string {
  try {
    checkPng(png);
    return `<img alt="${escaped(text)}" src="data:image/png;base64,${Buffer.from(png).toString('base64')}">`;
  } catch (error) {
    if (!(error instanceof BadPngError)) throw error;
    return `<p class="missing">La imagen está dañada y no se dibuja.</p><pre class="output">${cutLines(text)}</pre>`;
  }
}
