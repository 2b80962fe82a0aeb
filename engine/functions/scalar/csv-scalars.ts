import { arrayType, booleanType, stringType } from '../../core/data-type.ts';
import type { JsScalar } from '../../core/js-scalar.ts';
import { textOf } from './scalar-arguments.ts';

export type CsvCut = {
  readonly separator: string;
  readonly quote: string;
  readonly escape: string;
  readonly trimsLeading: boolean;
  readonly trimsTrailing: boolean;
  /** Stands for a quoted value with nothing inside. */
  readonly emptyValue: string;
};
type Piece = { readonly text: string; readonly end: number };

/**
 * The values of one CSV record, as the univocity parser of Spark cuts them: a value is quoted when its first character is the quote; inside, the escape character
 * makes the next quote (or itself) a plain one. A quote that neither escapes nor closes leaves the value as it was written, quotes included.
 */
export function splitCsvRecord(text: string, cut: CsvCut): string[] {
  const values: string[] = [];
  let at = 0;
  for (;;) {
    const value = readValue(text, at, cut);
    values.push(value.text);
    if (value.end >= text.length) return values;
    at = value.end + cut.separator.length;
  }
}

function readValue(text: string, start: number, cut: CsvCut): Piece {
  let first = start;
  if (cut.trimsLeading) while (isBlank(text, first) && !text.startsWith(cut.separator, first)) first += 1;
  if (cut.quote !== '' && text.startsWith(cut.quote, first)) return readQuoted(text, first, cut);
  return untilSeparator(text, cut.trimsLeading ? first : start, cut);
}

function untilSeparator(text: string, start: number, cut: CsvCut): Piece {
  const found = text.indexOf(cut.separator, start);
  const end = found < 0 ? text.length : found;
  const value = text.slice(start, end);
  return { text: cut.trimsTrailing ? withoutTrailingBlanks(value) : value, end };
}

function withoutTrailingBlanks(text: string): string {
  let end = text.length;
  while (end > 0 && text.charAt(end - 1) <= ' ') end -= 1;
  return text.slice(0, end);
}

const isBlank = (text: string, at: number): boolean => at < text.length && text.charAt(at) <= ' ';

function readQuoted(text: string, start: number, cut: CsvCut): Piece {
  const { quote, escape } = cut;
  let value = '';
  for (let at = start + 1; at < text.length; at += 1) {
    const [character, next] = [text.charAt(at), text.charAt(at + 1)];
    const escapes = character === escape && (next === quote || (next === escape && escape !== quote));
    if (escapes) {
      value += next;
      at += 1;
    } else if (character === quote) {
      const end = endBehindQuote(text, at + 1, cut);
      return end === undefined
        ? untilSeparator(text, start, cut)
        : { text: value === '' ? cut.emptyValue : value, end };
    } else value += character;
  }
  // A quote that never closes takes the rest of the record.
  return { text: value, end: text.length };
}

/** Only blanks may stand between a closing quote and the separator. */
function endBehindQuote(text: string, start: number, cut: CsvCut): number | undefined {
  let at = start;
  while (isBlank(text, at) && !text.startsWith(cut.separator, at)) at += 1;
  return at >= text.length || text.startsWith(cut.separator, at) ? at : undefined;
}

/** Records of a whole file: lines, except that a quoted value may hold line ends. */
export function splitCsvRecords(text: string, quote: string, escape: string): string[] {
  const records: string[] = [];
  let [start, quoted] = [0, false];
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (quoted && character === escape && escape !== quote && text.charAt(at + 1) === quote) at += 1;
    else if (quote !== '' && character === quote) quoted = !quoted;
    else if (!quoted && (character === '\n' || character === '\r')) {
      records.push(text.slice(start, at));
      if (character === '\r' && text.charAt(at + 1) === '\n') at += 1;
      start = at + 1;
    }
  }
  if (start < text.length) records.push(text.slice(start));
  return records;
}

const words = arrayType(stringType);

/** CSV that has quotes in it: the rest is cut in SQL. */
export const csvScalars: readonly JsScalar[] = [
  {
    name: 'marea_csv_split',
    takes: [stringType, stringType, stringType, stringType, booleanType, booleanType, stringType],
    returns: words,
    evaluate: (text, separator, quote, escape, trimsLeading, trimsTrailing, emptyValue) =>
      splitCsvRecord(textOf(text), {
        separator: textOf(separator),
        quote: textOf(quote),
        escape: textOf(escape),
        trimsLeading: trimsLeading === true,
        trimsTrailing: trimsTrailing === true,
        emptyValue: textOf(emptyValue),
      }),
  },
  {
    name: 'marea_csv_records',
    takes: [stringType, stringType, stringType],
    returns: words,
    evaluate: (text, quote, escape) => splitCsvRecords(textOf(text), textOf(quote), textOf(escape)),
  },
];
