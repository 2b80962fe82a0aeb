import { arrayType, binaryType, stringType } from '../../core/data-type.ts';
import type { JsScalar } from '../../core/js-scalar.ts';

/** Stands for a line that is no text: malformed in every format, so it becomes a bad record. */
const unreadable = '\ufffd';

const newline = 0x0a;

/** Lines as Spark splits them, at the byte 0x0A, each read on its own as Jackson reads it: UTF-8, or UTF-16 where its first bytes say so. */
export function textLines(bytes: Uint8Array): readonly string[] {
  const lines: string[] = [];
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(newline, start);
    lines.push(lineText(bytes.subarray(start, end < 0 ? bytes.length : end)));
    start = end < 0 ? bytes.length : end + 1;
  }
  return lines;
}

function lineText(bytes: Uint8Array): string {
  const [first, second = 0] = bytes;
  const isLittle = first === 0xff && second === 0xfe;
  const isBig = (first === 0xfe && second === 0xff) || (first === 0 && second !== 0);
  try {
    const encoding = isLittle ? 'utf-16le' : isBig ? 'utf-16be' : 'utf-8';
    // A UTF-16LE line ends before the zero of its own line feed.
    const whole = encoding === 'utf-8' ? bytes : bytes.subarray(0, bytes.length - (bytes.length % 2));
    const text = new TextDecoder(encoding, { fatal: true }).decode(whole).replace(/\r$/, '');
    return text.includes('\0') ? unreadable : text;
  } catch {
    return unreadable;
  }
}

/** Only for files that DuckDB refuses: 0.2 µs a byte. */
export const textLineScalars: readonly JsScalar[] = [
  {
    name: 'marea_text_lines',
    takes: [binaryType],
    returns: arrayType(stringType),
    evaluate: (bytes) => textLines(bytes as Uint8Array),
  },
];
