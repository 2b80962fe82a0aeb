import type { CellOutput } from '../../main/contract/notebook-schema.ts';

/** An output flood keeps its beginning, where the cause is, and its end, where it stopped. */
export const floodHeadLines = 500;
export const floodTailLines = 500;
/** Few endless lines must not fill the disk either: the file stays under 2 MB. */
const longestStream = 600_000;

/** Says how many lines are hidden; must look like `… 1234 words …` in every language, because it is read back. */
export type HiddenMark = (hidden: number) => string;
const hiddenPattern = /^… (\d+) \D+ …$/;

/** Keeps the first 500 and the last 500 lines; text that was cut before can be lengthened and cut again. */
export function cutFlood(text: string, hiddenMark: HiddenMark): string {
  const lines = text.split('\n');
  // The last piece is the line being written, empty after a line break.
  if (lines.length > floodHeadLines + floodTailLines + 2) return cutLines(lines, hiddenMark);
  if (text.length <= longestStream) return text;
  const half = longestStream / 2;
  return `${text.slice(0, half)}\n…\n${text.slice(-half)}`;
}

function cutLines(lines: readonly string[], hiddenMark: HiddenMark): string {
  const marked = hiddenPattern.exec(lines[floodHeadLines] ?? '');
  const before = marked === null ? 0 : Number(marked[1]);
  const head = lines.slice(0, floodHeadLines);
  const rest = lines.slice(floodHeadLines + (marked === null ? 0 : 1));
  const tail = rest.slice(-floodTailLines - 1);
  const hidden = before + rest.length - tail.length;
  return [...head, hiddenMark(hidden), ...tail].join('\n');
}

// oxlint-disable-next-line eslint/no-control-regex -- escape sequences begin with a control character
const ansiPattern = /\u001b\[[0-9;?]*[ -/]*[@-~]|\u001b\][^\u0007]*(?:\u0007|\u001b\\)/g;

export const withoutAnsi = (text: string): string => text.replace(ansiPattern, '');

export type ErrorData = Extract<CellOutput, { readonly output_type: 'error' }>;

/** How Python reports a cell that the learner stopped. */
export const isStopped = (error: ErrorData): boolean => error.ename === 'KeyboardInterrupt';

/** What Python wrote about an exception, as plain text. */
export const tracebackOf = (error: ErrorData): string =>
  error.traceback.length > 0 ? withoutAnsi(error.traceback.join('\n')) : `${error.ename}: ${error.evalue}`;

/** An exception as it is captured: what was raised, in one line where the traceback below tells all of it. */
export function errorText(error: ErrorData): string {
  const raised = withoutAnsi(`${error.ename}: ${error.evalue}`);
  const original = tracebackOf(error);
  if (original === raised) return raised;
  const isTold = original.includes(withoutAnsi(error.evalue).trim());
  return `${isTold ? raised.split('\n')[0] : raised}\n\n${original}`;
}

/** A carriage return goes back to the start of the line, as terminals and Jupyter show progress bars. */
const withoutOverwritten = (text: string): string => text.replaceAll('\r\n', '\n').replace(/[^\n]*\r(?=[^\n])/g, '');

/** Adds one output; text of the same stream joins what is there, as nbformat asks. */
export function appendOutput(
  outputs: readonly CellOutput[],
  added: CellOutput,
  hiddenMark: HiddenMark,
): readonly CellOutput[] {
  if (added.output_type !== 'stream') return [...outputs, added];
  const last = outputs.at(-1);
  const continues = last?.output_type === 'stream' && last.name === added.name;
  const joined = (continues ? last.text : '') + withoutAnsi(added.text);
  const stream: CellOutput = {
    ...added,
    text: cutFlood(joined.includes('\r') ? withoutOverwritten(joined) : joined, hiddenMark),
  };
  return [...(continues ? outputs.slice(0, -1) : outputs), stream];
}
