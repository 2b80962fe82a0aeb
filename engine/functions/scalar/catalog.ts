import type { JsScalar } from '../../core/js-scalar.ts';
import { csvScalars } from './csv-scalars.ts';
import { decimalScalars } from './decimal-scalars.ts';
import { encodingScalars } from './encoding-scalars.ts';
import { formatScalars } from './format-scalars.ts';
import { hashScalars } from './hash-scalars.ts';
import { jsonScalars } from './json-scalars.ts';
import { mathScalars } from './math-scalars.ts';
import { momentScalars } from './moment-scalars.ts';
import { numberTextScalars } from './number-text.ts';
import { regexpScalars } from './regexp-scalars.ts';
import { stringScalars } from './string-scalars.ts';
import { textLineScalars } from './text-lines.ts';
import { timeScalars } from './time-scalars.ts';

/** Every function written in JavaScript; each is registered in every DuckDB instance. */
export const jsScalars: readonly JsScalar[] = [
  ...decimalScalars,
  ...mathScalars,
  ...momentScalars,
  ...hashScalars,
  ...stringScalars,
  ...encodingScalars,
  ...formatScalars,
  ...regexpScalars,
  ...numberTextScalars,
  ...textLineScalars,
  ...timeScalars,
  ...jsonScalars,
  ...csvScalars,
];
