import type { SparkValue } from '../../core/spark-value.ts';

/** An argument that the function declares as a string. */
export const textOf = (value: SparkValue | undefined): string => value as string;

/** An argument that the function declares as binary. */
export const bytesOf = (value: SparkValue | undefined): Uint8Array => value as Uint8Array;
