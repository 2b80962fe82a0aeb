import type { ErrorRow } from './error-row.ts';

/** Errors of analysis: names, types, operators, streaming support. Texts of Spark 3.5.7, pinned by the recordings in tests/conformance. */
export const analysisErrors = {
  'UNRESOLVED_COLUMN.WITH_SUGGESTION': {
    class: 'AnalysisException',
    sqlState: '42703',
    message: (p: { objectName: string; proposal: string }) =>
      `A column or function parameter with name ${p.objectName} cannot be resolved. Did you mean one of the following? [${p.proposal}].`,
  },
  'UNRESOLVED_COLUMN.WITHOUT_SUGGESTION': {
    class: 'AnalysisException',
    sqlState: '42703',
    message: (p: { objectName: string }) =>
      `A column or function parameter with name ${p.objectName} cannot be resolved. `,
  },
  AMBIGUOUS_REFERENCE: {
    class: 'AnalysisException',
    sqlState: '42704',
    message: (p: { name: string; referenceNames: string }) =>
      `Reference ${p.name} is ambiguous, could be: ${p.referenceNames}.`,
  },
} as const satisfies Record<string, ErrorRow>;
