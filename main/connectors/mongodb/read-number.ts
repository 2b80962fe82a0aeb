import { Decimal128 } from 'bson';
import { javaDoubleText } from '../../../engine/core/java-number-text.ts';
import { SparkError } from '../../../engine/core/spark-error.ts';
import type { DecimalValue } from '../../../engine/core/spark-value.ts';
import { bigDecimal, bigDecimalOf128, wholePart } from './decimal-text.ts';
import type { TypedBson } from './typed-bson.ts';

export type BsonNumber = Extract<TypedBson, { kind: 'int32' | 'int64' | 'double' | 'decimal128' }>;

const longRange = { least: -(2n ** 63n), greatest: 2n ** 63n - 1n };

/** What the connector takes for a number: numbers, dates and timestamps in milliseconds, and text that reads as a decimal. */
export function numberOf(value: TypedBson): BsonNumber | undefined {
  switch (value.kind) {
    case 'int32':
    case 'int64':
    case 'double':
    case 'decimal128':
      return value;
    case 'date':
      return { kind: 'int64', value: Number.isNaN(value.ms) ? longRange.greatest : BigInt(value.ms) };
    case 'timestamp':
      return { kind: 'int64', value: BigInt(value.seconds) * 1000n };
    case 'string':
      return decimalInText(value.value);
    default:
      return undefined;
  }
}

function decimalInText(text: string): BsonNumber | undefined {
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+|inf(?:inity)?|nan)(?:e[+-]?\d+)?$/i.test(text)) return undefined;
  try {
    return { kind: 'decimal128', text: Decimal128.fromString(text).toString() };
  } catch {
    return undefined;
  }
}

export function doubleOf(value: BsonNumber): number {
  return value.kind === 'decimal128' ? Number(value.text) : Number(value.value);
}

/** Java's `longValue()`: doubles are cut and stop at the ends of the range, longer decimals keep their low 64 bits. */
export function longOf(value: BsonNumber): bigint {
  switch (value.kind) {
    case 'int32':
    case 'int64':
      return BigInt(value.value);
    case 'double':
      return cutDouble(value.value, longRange.least, longRange.greatest);
    case 'decimal128':
      return Number.isFinite(Number(value.text))
        ? BigInt.asIntN(64, wholePart(bigDecimal(value.text)))
        : cutDouble(Number(value.text), longRange.least, longRange.greatest);
  }
}

/** Java's `intValue()`. */
export function integerOf(value: BsonNumber): number {
  if (value.kind === 'double' || (value.kind === 'decimal128' && !Number.isFinite(Number(value.text))))
    return Number(cutDouble(doubleOf(value), -(2n ** 31n), 2n ** 31n - 1n));
  return Number(BigInt.asIntN(32, longOf(value)));
}

function cutDouble(value: number, least: bigint, greatest: bigint): bigint {
  if (Number.isNaN(value)) return 0n;
  if (value >= Number(greatest)) return greatest;
  return value <= Number(least) ? least : BigInt(Math.trunc(value));
}

/** Java's `BigDecimal` of the number; a double by its shortest text. */
export function decimalOf(value: BsonNumber): DecimalValue {
  switch (value.kind) {
    case 'int32':
    case 'int64':
      return bigDecimal(String(value.value));
    case 'decimal128':
      return bigDecimalOf128(value.text);
    case 'double':
      if (Number.isFinite(value.value)) return bigDecimal(javaDoubleText(value.value));
      throw new SparkError(
        'NumberFormatException',
        `Character ${Number.isNaN(value.value) ? 'N' : 'I'} is neither a decimal digit number, decimal point, nor "e" notation exponential mark.`,
      );
  }
}
