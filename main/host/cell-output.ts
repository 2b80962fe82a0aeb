import type { ErrorCard } from '../contract/events.ts';
import type { CellOutput } from '../contract/notebook-schema.ts';
import type { KernelEvent, PyError } from '../kernel/kernel-messages.ts';
import { errorCard } from './error-cards.ts';

/** A kernel's output in the notebook's form; null for what is no output. A cell's error comes with its reply: `errorOutput`. */
export function cellOutput(event: KernelEvent): CellOutput | null {
  switch (event.kind) {
    case 'stream':
      return { output_type: 'stream', name: event.name, text: event.text };
    case 'result':
      return { output_type: 'execute_result', data: { ...event.data }, metadata: {}, execution_count: event.count };
    case 'display':
    case 'update_display':
      return { output_type: 'display_data', data: { ...event.data }, metadata: {} };
    default:
      return null;
  }
}

export const errorOutput = (error: PyError): CellOutput => ({
  output_type: 'error',
  ename: error.ename,
  evalue: error.evalue,
  traceback: error.traceback.split('\n'),
});

/** The card for a cell's error. */
export const cardOf = (error: PyError): ErrorCard | undefined =>
  errorCard({
    name: error.ename,
    text: error.evalue,
    ...(error.condition === undefined ? {} : { condition: error.condition }),
  });

/** Line of the cell where the learner's own code failed: the last frame, or where the syntax is wrong. */
export function errorLine(error: PyError): number | undefined {
  if (error.syntax?.line) return error.syntax.line;
  const frames = error.frames.filter((frame) => 'line' in frame);
  return frames.at(-1)?.line;
}
