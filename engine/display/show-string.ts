import type { StructType } from '../core/data-type.ts';
import type { Row } from '../core/spark-value.ts';
import { cellText, escaped } from './cell-text.ts';

export type ShowOptions = {
  /** How many rows to show; below 0 counts as 0. */
  readonly numRows: number;
  /** Longest cell; 0 = do not cut, and align to the left. */
  readonly truncate: number;
  readonly vertical: boolean;
  /** Session time zone. */
  readonly zone: string;
};

/** Spark's `showString`. `rows`: at least `numRows + 1` of them where there are more, so that the footer can be decided. */
export function showString(rows: readonly Row[], schema: StructType, options: ShowOptions): string {
  const count = Math.max(0, options.numRows);
  const shown = rows.slice(0, count).map((row) => row.map((value, i) => cell(value, i)));
  const header = schema.fields.map((field) => escaped(field.name));
  const table = options.vertical ? verticalTable(header, shown) : gridTable(header, shown, options.truncate > 0);
  if (rows.length > count) return `${table}only showing top ${count} ${count === 1 ? 'row' : 'rows'}\n`;
  return options.vertical && rows.length === 0 ? `${table}(0 rows)\n` : table;

  function cell(value: Row[number], column: number): string {
    const type = schema.fields[column]?.type ?? { kind: 'void' };
    return cut(escaped(cellText(value, type, options.zone)), options.truncate);
  }
}

export function cut(text: string, truncate: number): string {
  if (truncate <= 0 || text.length <= truncate) return text;
  // Too short for an ellipsis.
  return truncate < 4 ? text.slice(0, truncate) : `${text.slice(0, truncate - 3)}...`;
}

const minimumWidth = 3;

/** Characters that take two columns in a terminal, by Spark's own list. */
const fullWidth =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE10-\uFE19\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]/g;
const displayWidth = (text: string): number => text.length + (text.match(fullWidth)?.length ?? 0);

const widest = (texts: readonly string[]): number =>
  texts.reduce((width, text) => Math.max(width, displayWidth(text)), minimumWidth);

const padding = (text: string, width: number): string => ' '.repeat(Math.max(0, width - displayWidth(text)));

function gridTable(header: readonly string[], rows: readonly (readonly string[])[], isRightAligned: boolean): string {
  const widths = header.map((name, i) => widest([name, ...rows.map((row) => row[i] ?? '')]));
  const rule = `+${widths.map((width) => '-'.repeat(width)).join('+')}+\n`;
  const line = (cells: readonly string[]): string => {
    const padded = cells.map((text, i) => {
      const space = padding(text, widths[i] ?? 0);
      return isRightAligned ? space + text : text + space;
    });
    return `|${padded.join('|')}|\n`;
  };
  return `${rule}${line(header)}${rule}${rows.map(line).join('')}${rule}`;
}

function verticalTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const nameWidth = widest(header);
  const dataWidth = widest(rows.flat());
  return rows
    .map((row, i) => {
      const title = `-RECORD ${i}`.padEnd(nameWidth + dataWidth + 5, '-');
      const lines = header.map((name, column) => {
        const text = row[column] ?? '';
        return ` ${name}${padding(name, nameWidth)} | ${text}${padding(text, dataWidth)} \n`;
      });
      return `${title}\n${lines.join('')}`;
    })
    .join('');
}
