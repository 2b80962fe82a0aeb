import { createHash } from 'node:crypto';
import {
  binaryType,
  doubleType,
  floatType,
  integerType,
  longType,
  stringType,
  type DataType,
} from '../../core/data-type.ts';
import type { JsScalar } from '../../core/js-scalar.ts';
import type { SparkValue } from '../../core/spark-value.ts';
import { xxhashBytes, xxhashInt, xxhashLong } from './xxhash.ts';
import { bytesOf, textOf } from './scalar-arguments.ts';

const rotate = (value: number, bits: number): number => (value << bits) | (value >>> (32 - bits));
const mixK = (k: number): number => Math.imul(rotate(Math.imul(k, 0xcc9e2d51), 15), 0x1b873593);
const mixH = (h: number, k: number): number => (Math.imul(rotate(h ^ k, 13), 5) + 0xe6546b64) | 0;

function finish(h: number, length: number): number {
  let value = h ^ length;
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) | 0;
}

/** Spark's Murmur3 (x86, 32 bits). */
export const murmurInt = (value: number, seed: number): number => finish(mixH(seed, mixK(value)), 4);

export function murmurLong(value: bigint, seed: number): number {
  const low = Number(BigInt.asIntN(32, value));
  const high = Number(BigInt.asIntN(32, value >> 32n));
  return finish(mixH(mixH(seed, mixK(low)), mixK(high)), 8);
}

/** The bytes left over after whole words are mixed one by one, which is Spark's own reading of Murmur3. */
export function murmurBytes(bytes: Uint8Array, seed: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const aligned = bytes.length - (bytes.length % 4);
  let hash = seed;
  for (let i = 0; i < aligned; i += 4) hash = mixH(hash, mixK(view.getInt32(i, true)));
  for (let i = aligned; i < bytes.length; i += 1) hash = mixH(hash, mixK(view.getInt8(i)));
  return finish(hash, bytes.length);
}

const cell = new DataView(new ArrayBuffer(8));

/** Java's bits of a number; -0.0 hashes as 0.0, every NaN alike. */
export function doubleBits(value: number): bigint {
  cell.setFloat64(0, value === 0 ? 0 : value);
  return Number.isNaN(value) ? 0x7ff8000000000000n : cell.getBigInt64(0);
}
export function floatBits(value: number): number {
  cell.setFloat32(0, value === 0 ? 0 : value);
  return Number.isNaN(value) ? 0x7fc00000 : cell.getInt32(0);
}

/** `BigInteger.toByteArray` of a decimal's digits: two's complement, most significant byte first, as short as its sign allows. */
export function integerBytes(digits: string): Uint8Array {
  const value = BigInt(digits);
  let length = 1;
  while (BigInt.asIntN(length * 8, value) !== value) length += 1;
  return Uint8Array.from({ length }, (_, i) => Number(BigInt.asUintN(8, value >> BigInt(8 * (length - 1 - i)))));
}

let crcTable: readonly number[] | undefined;
const makeCrcTable = (): readonly number[] =>
  Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    return c >>> 0;
  });

function crc32(bytes: Uint8Array): bigint {
  crcTable ??= makeCrcTable();
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crcTable[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return BigInt((crc ^ 0xffffffff) >>> 0);
}

const digest = (bytes: Uint8Array, bits: number): string | null =>
  [0, 224, 256, 384, 512].includes(bits)
    ? createHash(`sha${bits === 0 ? 256 : bits}`)
        .update(bytes)
        .digest('hex')
    : null;

const hash = (kind: string, type: DataType, compute: (value: SparkValue, seed: number) => number): JsScalar => ({
  name: `spark_hash_${kind}`,
  takes: [type, integerType],
  returns: integerType,
  evaluate: (value = null, seed) => compute(value, Number(seed)),
});
const xxhash = (kind: string, type: DataType, compute: (value: SparkValue, seed: bigint) => bigint): JsScalar => ({
  name: `spark_xxhash_${kind}`,
  takes: [type, longType],
  returns: longType,
  evaluate: (value = null, seed) => BigInt.asIntN(64, compute(value, BigInt.asUintN(64, seed as bigint))),
});

export const hashScalars: readonly JsScalar[] = [
  hash('int', integerType, (value, seed) => murmurInt(Number(value), seed)),
  hash('long', longType, (value, seed) => murmurLong(value as bigint, seed)),
  hash('float', floatType, (value, seed) => murmurInt(floatBits(Number(value)), seed)),
  hash('double', doubleType, (value, seed) => murmurLong(doubleBits(Number(value)), seed)),
  hash('bytes', binaryType, (value, seed) => murmurBytes(bytesOf(value), seed)),
  hash('decimal', stringType, (value, seed) => murmurBytes(integerBytes(textOf(value)), seed)),
  xxhash('int', integerType, (value, seed) => xxhashInt(Number(value), seed)),
  xxhash('long', longType, (value, seed) => xxhashLong(value as bigint, seed)),
  xxhash('float', floatType, (value, seed) => xxhashInt(floatBits(Number(value)), seed)),
  xxhash('double', doubleType, (value, seed) => xxhashLong(doubleBits(Number(value)), seed)),
  xxhash('bytes', binaryType, (value, seed) => xxhashBytes(bytesOf(value), seed)),
  xxhash('decimal', stringType, (value, seed) => xxhashBytes(integerBytes(textOf(value)), seed)),
  {
    name: 'java_sha2',
    takes: [binaryType, integerType],
    returns: stringType,
    evaluate: (bytes, bits) => digest(bytesOf(bytes), Number(bits)),
  },
  { name: 'java_crc32', takes: [binaryType], returns: longType, evaluate: (bytes) => crc32(bytesOf(bytes)) },
];
