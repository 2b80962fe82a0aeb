import { isOn, type TextOptions } from './text-options.ts';

/** How CSV text is cut and written. Defaults are Spark's. */
export type CsvFormat = {
  readonly separator: string;
  /** Empty: no character quotes. */
  readonly quote: string;
  readonly escape: string;
  /** Empty: no line is a comment. */
  readonly comment: string;
  readonly nullValue: string;
  /** What a reader makes of a pair of quotes with nothing inside. */
  readonly emptyValue: string;
  readonly trimsLeading: boolean;
  readonly trimsTrailing: boolean;
};

const special: Readonly<Record<string, string>> = {
  '\\t': '\t',
  '\\r': '\r',
  '\\b': '\b',
  '\\f': '\f',
  '\\"': '"',
  "\\'": "'",
  '\\\\': '\\',
  '\\u0000': '\0',
};
const character = (text: string): string => special[text] ?? text;
/** The character that switches quoting or escaping off. */
const orOff = (text: string): string => (text === '\0' ? '' : text);

/** `trims`: whether blanks around values go when the options do not say; Spark's writer trims, its reader does not. */
export function csvFormat(options: TextOptions, trims: boolean): CsvFormat {
  return {
    separator: character(options.get('sep') ?? options.get('delimiter') ?? ','),
    quote: orOff(character(options.get('quote') ?? '"')),
    escape: orOff(character(options.get('escape') ?? '\\')),
    comment: orOff(character(options.get('comment') ?? '')),
    nullValue: options.get('nullValue') ?? '',
    emptyValue: options.get('emptyValue') ?? '',
    trimsLeading: isOn(options, 'ignoreLeadingWhiteSpace', trims),
    trimsTrailing: isOn(options, 'ignoreTrailingWhiteSpace', trims),
  };
}

export const hasHeader = (options: TextOptions): boolean => isOn(options, 'header', false);
