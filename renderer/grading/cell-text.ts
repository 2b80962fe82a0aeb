import type { CellOutput } from '../../main/contract/notebook-schema.ts';
import { tracebackOf, withoutAnsi } from '../notebook/output-text.ts';

/** An output as plain text, whatever else it holds: nothing of a hand-in is shown as markup. */
export function outputAsText(output: CellOutput): string {
  if (output.output_type === 'stream') return withoutAnsi(output.text);
  if (output.output_type === 'error') return tracebackOf(output);
  const text = output.data['text/plain'];
  return withoutAnsi(Array.isArray(text) ? text.join('') : typeof text === 'string' ? text : '');
}
