import type { MapValue, SparkValue } from '../core/spark-value.ts';

/** Options of a reader, a writer or `from_json`: names in any letter case. */
export type TextOptions = { readonly get: (name: string) => string | undefined };

export const noOptions: TextOptions = { get: () => undefined };

export function optionsOfRecord(record: Readonly<Record<string, string>>): TextOptions {
  const values = new Map(Object.entries(record).map(([name, value]) => [name.toLowerCase(), value]));
  return { get: (name) => values.get(name.toLowerCase()) };
}

/** The `map('mode', 'FAILFAST')` of SQL; anything but a literal map has no options. */
export function optionsOfLiteral(literal: SparkValue | undefined): TextOptions {
  if (literal === null || typeof literal !== 'object' || !('form' in literal) || literal.form !== 'map')
    return noOptions;
  const { entries }: MapValue = literal;
  return optionsOfRecord(
    Object.fromEntries(
      entries.flatMap(([name, value]) =>
        typeof name === 'string' && typeof value === 'string' ? [[name, value]] : [],
      ),
    ),
  );
}

export const isOn = (options: TextOptions, name: string, otherwise: boolean): boolean => {
  const value = options.get(name)?.toLowerCase();
  return value === undefined ? otherwise : value === 'true';
};

export type ParseMode = 'PERMISSIVE' | 'DROPMALFORMED' | 'FAILFAST';

/** An unknown mode is PERMISSIVE, as in Spark, which logs a warning. */
export function parseMode(options: TextOptions): ParseMode {
  const mode = options.get('mode')?.toUpperCase();
  return mode === 'DROPMALFORMED' || mode === 'FAILFAST' ? mode : 'PERMISSIVE';
}
