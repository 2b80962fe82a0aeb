/** Rows in each of `count` partitions after `repartition(count)`: every input partition deals its rows out in turn, from a place of its own. */
export function roundRobinSizes(inputs: readonly number[], count: number): readonly number[] {
  const sizes = Array.from({ length: count }, () => 0);
  for (const [partition, rows] of inputs.entries()) {
    const start = firstInt(partition, count);
    const all = Math.floor(rows / count);
    for (let turn = 0; turn < count; turn += 1) {
      const target = (start + 1 + turn) % count;
      sizes[target] = (sizes[target] ?? 0) + all + (turn < rows % count ? 1 : 0);
    }
  }
  return sizes;
}

/** `new XORShiftRandom(seed).nextInt(bound)`. */
export function firstInt(seed: number, bound: number): number {
  let state = hashSeed(seed);
  const next = (bits: number): number => {
    state = BigInt.asIntN(64, state ^ BigInt.asIntN(64, state << 21n));
    state ^= BigInt.asUintN(64, state) >> 35n;
    state = BigInt.asIntN(64, state ^ BigInt.asIntN(64, state << 4n));
    return Number(state & ((1n << BigInt(bits)) - 1n));
  };
  // Java's Random: powers of two take the high bits, others leave out what would not be even.
  let drawn = next(31);
  if ((bound & (bound - 1)) === 0) return Number((BigInt(bound) * BigInt(drawn)) >> 31n);
  while (drawn - (drawn % bound) + (bound - 1) > 0x7fffffff) drawn = next(31);
  return drawn % bound;
}

/** Spark hashes a seed twice with MurmurHash3, so that near seeds give far states. */
function hashSeed(seed: number): bigint {
  const bytes = new DataView(new ArrayBuffer(8));
  bytes.setBigInt64(0, BigInt(seed));
  const low = murmur3(bytes, 0x3c074a61);
  const high = murmur3(bytes, low);
  return (BigInt(high) << 32n) | (BigInt(low) & 0xffffffffn);
}

function murmur3(bytes: DataView, seed: number): number {
  let hash = seed;
  for (let at = 0; at < bytes.byteLength; at += 4) {
    const word = rotate(Math.imul(bytes.getInt32(at, true), 0xcc9e2d51), 15);
    hash = (Math.imul(rotate(hash ^ Math.imul(word, 0x1b873593), 13), 5) + 0xe6546b64) | 0;
  }
  hash ^= bytes.byteLength;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

const rotate = (value: number, bits: number): number => (value << bits) | (value >>> (32 - bits));
