import { isUtf8 } from 'node:buffer';

const newline = 10;

/** One character for each byte: a quote or a backslash is never part of a longer UTF-8 character. */
const textOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');

/** The first line without its newline, one character for each byte; null where there is nothing. */
export async function firstLine(chunks: AsyncIterable<Uint8Array>): Promise<string | null> {
  let head: Uint8Array = new Uint8Array();
  for await (const chunk of chunks) {
    const end = chunk.indexOf(newline);
    head = Buffer.concat([head, end < 0 ? chunk : chunk.subarray(0, end)]);
    if (end >= 0) return textOf(head);
  }
  return head.length === 0 ? null : textOf(head);
}

/**
 * Whether all lines are UTF-8 and fit `line`: sticky, over one character for each byte, with the newline, which the last line may lack.
 * `last`: the line that holds the byte with this number is the last one looked at.
 */
export async function linesFit(
  chunks: AsyncIterable<Uint8Array>,
  line: RegExp,
  last = Number.POSITIVE_INFINITY,
): Promise<boolean> {
  const lines = new FittingLines(line);
  let begin = 0;
  for await (const chunk of chunks) {
    const end = begin + chunk.length > last ? chunk.indexOf(newline, Math.max(0, last - begin)) : -1;
    if (!lines.take(end < 0 ? chunk : chunk.subarray(0, end + 1))) return false;
    if (end >= 0) break;
    begin += chunk.length;
  }
  return lines.end();
}

/** `linesFit` for the lines after the first newline: the chunks begin somewhere inside a line. */
export async function laterLinesFit(chunks: AsyncIterable<Uint8Array>, line: RegExp): Promise<boolean> {
  const lines = new FittingLines(line);
  let isInside = true;
  for await (const chunk of chunks) {
    const begin = isInside ? chunk.indexOf(newline) + 1 : 0;
    if (isInside && begin === 0) continue;
    isInside = false;
    if (!lines.take(chunk.subarray(begin))) return false;
  }
  return lines.end();
}

class FittingLines {
  readonly #line: RegExp;
  #rest: Uint8Array = new Uint8Array();

  constructor(line: RegExp) {
    this.#line = line;
  }

  /** False once a line does not fit. The next chunk may take the place of this one. */
  take(chunk: Uint8Array): boolean {
    const first = this.#rest.length === 0 ? 0 : chunk.indexOf(newline) + 1;
    const last = chunk.lastIndexOf(newline) + 1;
    if (first > 0 && !this.#fit(Buffer.concat([this.#rest, chunk.subarray(0, first)]))) return false;
    if (last > first && !this.#fit(chunk.subarray(first, last))) return false;
    this.#rest = last > 0 ? Uint8Array.from(chunk.subarray(last)) : Buffer.concat([this.#rest, chunk]);
    return true;
  }

  end(): boolean {
    return this.#rest.length === 0 || this.#fit(Buffer.concat([this.#rest, Buffer.of(newline)]));
  }

  /** The expression goes from where it stopped last, so all lines fit when it stops at their end. */
  #fit(bytes: Uint8Array): boolean {
    if (!isUtf8(bytes)) return false;
    const text = textOf(bytes);
    let end = 0;
    this.#line.lastIndex = 0;
    while (this.#line.test(text)) end = this.#line.lastIndex;
    return end === text.length;
  }
}
