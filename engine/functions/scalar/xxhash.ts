const prime1 = 0x9e3779b185ebca87n;
const prime2 = 0xc2b2ae3d27d4eb4fn;
const prime3 = 0x165667b19e3779f9n;
const prime4 = 0x85ebca77c2b2ae63n;
const prime5 = 0x27d4eb2f165667c5n;

const wrap = (value: bigint): bigint => BigInt.asUintN(64, value);
const rotate = (value: bigint, bits: bigint): bigint => wrap((value << bits) | (value >> (64n - bits)));

function finish(hash: bigint): bigint {
  let value = wrap((hash ^ (hash >> 33n)) * prime2);
  value = wrap((value ^ (value >> 29n)) * prime3);
  return value ^ (value >> 32n);
}

/** XXH64 as Spark's `xxhash64` folds its arguments: 64-bit unsigned, `seed` is the hash so far. */
export const xxhashInt = (value: number, seed: bigint): bigint =>
  finish(withWord(wrap(seed + prime5 + 4n), BigInt(value >>> 0)));

export const xxhashLong = (value: bigint, seed: bigint): bigint =>
  finish(withDoubleWord(wrap(seed + prime5 + 8n), BigInt.asUintN(64, value)));

const withWord = (hash: bigint, word: bigint): bigint =>
  wrap(rotate(hash ^ wrap(word * prime1), 23n) * prime2 + prime3);

const withDoubleWord = (hash: bigint, word: bigint): bigint =>
  wrap(rotate(hash ^ wrap(rotate(wrap(word * prime2), 31n) * prime1), 27n) * prime1 + prime4);

const round = (lane: bigint, word: bigint): bigint => wrap(rotate(wrap(lane + word * prime2), 31n) * prime1);

export function xxhashBytes(bytes: Uint8Array, seed: bigint): bigint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { hash: start, offset: done } =
    bytes.length >= 32 ? stripes(view, seed) : { hash: wrap(seed + prime5), offset: 0 };
  let hash = wrap(start + BigInt(bytes.length));
  let offset = done;
  for (; offset + 8 <= bytes.length; offset += 8) hash = withDoubleWord(hash, view.getBigUint64(offset, true));
  if (offset + 4 <= bytes.length) {
    hash = withWord(hash, BigInt(view.getUint32(offset, true)));
    offset += 4;
  }
  for (; offset < bytes.length; offset += 1)
    hash = wrap(rotate(hash ^ wrap(BigInt(view.getUint8(offset)) * prime5), 11n) * prime1);
  return finish(hash);
}

/** Blocks of 32 bytes in four lanes. */
function stripes(view: DataView, seed: bigint): { readonly hash: bigint; readonly offset: number } {
  const lanes = [wrap(seed + prime1 + prime2), wrap(seed + prime2), seed, wrap(seed - prime1)];
  let offset = 0;
  for (; offset + 32 <= view.byteLength; offset += 32) {
    for (let i = 0; i < 4; i += 1) lanes[i] = round(lanes[i] ?? 0n, view.getBigUint64(offset + 8 * i, true));
  }
  let hash = 0n;
  lanes.forEach((lane, i) => (hash = wrap(hash + rotate(lane, [1n, 7n, 12n, 18n][i] ?? 0n))));
  for (const lane of lanes) hash = wrap((hash ^ round(0n, lane)) * prime1 + prime4);
  return { hash, offset };
}
