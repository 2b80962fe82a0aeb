export type ResultTable = {
  readonly columns: readonly string[];
  /** Null is NULL. */
  readonly rows: readonly (readonly (string | null)[])[];
};

export type TableFormat = 'text' | 'csv' | 'json';

/** A result as it is pasted: tab-separated text, CSV by RFC 4180 with empty fields for NULL, or a JSON array of objects. */
export function tableText({ columns, rows }: ResultTable, format: TableFormat): string {
  switch (format) {
    case 'text':
      return [columns, ...rows].map((row) => row.map((value) => value ?? 'NULL').join('\t')).join('\n');
    case 'csv':
      return [columns, ...rows].map((row) => row.map((value) => csvField(value ?? '')).join(',')).join('\r\n');
    case 'json':
      return JSON.stringify(
        rows.map((row) => Object.fromEntries(columns.map((name, index) => [name, row[index] ?? null]))),
        null,
        2,
      );
  }
}

const csvField = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
