import type { StructType } from '../core/data-type.ts';
import type { Row } from '../core/spark-value.ts';
import { cellText, escaped } from './cell-text.ts';
import { cut, type ShowOptions } from './show-string.ts';

const html = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#x27;');

/** `_repr_html_` of a frame when `spark.sql.repl.eagerEval.enabled` is on. `rows`: one more than `numRows` where there are more. */
export function htmlString(rows: readonly Row[], schema: StructType, options: Omit<ShowOptions, 'vertical'>): string {
  const count = Math.max(0, options.numRows);
  const header = schema.fields.map((field) => `<th>${html(escaped(field.name))}</th>`).join('');
  const lines = rows.slice(0, count).map((row) => {
    const cells = schema.fields.map((field, i) =>
      cut(escaped(cellText(row[i] ?? null, field.type, options.zone)), options.truncate),
    );
    return `<tr>${cells.map((text) => `<td>${html(text)}</td>`).join('')}</tr>\n`;
  });
  const table = `<table border='1'>\n<tr>${header}</tr>\n${lines.join('')}</table>\n`;
  return rows.length > count ? `${table}only showing top ${count} ${count === 1 ? 'row' : 'rows'}\n` : table;
}
