import { SparkError } from './spark-error.ts';

/** `UUID.fromString(text).toString()`: five hexadecimal numbers, each cut to the digits that it has room for. */
export function javaUuid(text: string): string {
  if (text.length > 36) throw new SparkError('IllegalArgumentException', 'UUID string too large');
  const parts = text.split('-');
  if (parts.length !== 5 || parts.includes(''))
    throw new SparkError('IllegalArgumentException', `Invalid UUID string: ${text}`);
  const digits = [8, 4, 4, 4, 12];
  return parts.map((part, index) => lastDigits(part, digits[index] ?? 0)).join('-');
}

function lastDigits(part: string, digits: number): string {
  if (!/^[0-9a-f]+$/i.test(part))
    throw new SparkError('NumberFormatException', `For input string: "${part}" under radix 16`);
  return part.toLowerCase().padStart(digits, '0').slice(-digits);
}
