import type { ErrorRow } from './error-row.ts';

/** Errors of SQL text, DDL schemas and interval strings. */
export const parserErrors = {
  UNSUPPORTED_DATATYPE: {
    class: 'ParseException',
    sqlState: '0A000',
    message: (p: { typeName: string }) => `Unsupported data type ${p.typeName}.`,
  },
} as const satisfies Record<string, ErrorRow>;
