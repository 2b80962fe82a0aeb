import { SparkError } from './spark-error.ts';

const powers = ['b', 'k', 'm', 'g', 't', 'p'];

/** A size as Spark's settings spell it: `134217728`, `128m`, `128MB`. */
export function byteSize(text: string): number {
  const [, digits, unit = 'b'] = /^\s*(-?\d+)([bkmgtp])?b?\s*$/i.exec(text) ?? [];
  if (digits === undefined)
    throw new SparkError(
      'NumberFormatException',
      `Size must be specified as bytes (b), kibibytes (k), mebibytes (m), gibibytes (g), tebibytes (t), or pebibytes(p). E.g. 50b, 100k, or 250m.\nFailed to parse byte string: ${text}`,
    );
  return Number(digits) * 1024 ** powers.indexOf(unit.toLowerCase());
}
