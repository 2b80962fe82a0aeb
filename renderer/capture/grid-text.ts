/** A table as Spark's `show` prints it. */
export function gridText(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [columns, ...rows].map((row) => columns.map((_, at) => oneLine(row[at] ?? '')));
  const widths = columns.map((_, at) => Math.max(1, ...lines.map((line) => line[at]?.length ?? 0)));
  const rule = `+${widths.map((width) => '-'.repeat(width)).join('+')}+`;
  const [head = '', ...body] = lines.map(
    (line) => `|${line.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('|')}|`,
  );
  return `${[rule, head, rule, ...body, rule].join('\n')}\n`;
}

const oneLine = (value: string): string => value.replace(/\s*[\r\n]+\s*/g, ' ').replaceAll('\t', ' ');
