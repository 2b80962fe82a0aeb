import { analysisErrors } from './errors-analysis.ts';
import { collectionErrors } from './errors-collection.ts';
import { parserErrors } from './errors-parser.ts';
import { runtimeErrors } from './errors-runtime.ts';
import { sessionErrors } from './errors-session.ts';
import { tableErrors } from './errors-tables.ts';
import { valueErrors } from './errors-value.ts';

/** Every error with a code, one row each. */
export const errorCatalog = {
  ...analysisErrors,
  ...parserErrors,
  ...runtimeErrors,
  ...sessionErrors,
  ...tableErrors,
  ...valueErrors,
  ...collectionErrors,
} as const;

export type ErrorCode = keyof typeof errorCatalog;
export type ErrorParameters<Code extends ErrorCode> = Parameters<(typeof errorCatalog)[Code]['message']>[0];
