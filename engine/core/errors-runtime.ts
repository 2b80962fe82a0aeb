import type { ErrorRow } from './error-row.ts';

/** Errors of running queries: sources, sinks, checkpoints, state, values at run time. */
export const runtimeErrors = {
  PATH_NOT_FOUND: {
    class: 'AnalysisException',
    sqlState: '42K03',
    message: (p: { path: string }) => `Path does not exist: ${p.path}.`,
  },
  NOT_SUPPORTED_BY_MAREA: {
    class: 'UnsupportedOperationException',
    sqlState: '0A000',
    blame: 'marea',
    message: (p: { feature: string }) =>
      `Marea does not have ${p.feature}. Spark 3.5 does: run this notebook on real Spark.`,
  },
} as const satisfies Record<string, ErrorRow>;
