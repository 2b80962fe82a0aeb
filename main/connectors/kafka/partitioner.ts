/** Chooses partitions as Kafka's own producer does; one for each write. */
export class Partitioner {
  private readonly sticky = new Map<string, { readonly partition: number; bytes: number }>();

  /** `count`: partitions of the topic. A key always goes to the same one; records without a key stay together up to a batch's size. */
  partitionOf(topic: string, key: Uint8Array | null, bytes: number, count: number): number {
    if (key !== null) return (murmur2(key) & 0x7fffffff) % count;
    const current = this.sticky.get(topic);
    if (current !== undefined && current.bytes < stickyBytes) {
      current.bytes += bytes;
      return current.partition;
    }
    const partition = Math.floor(Math.random() * count);
    this.sticky.set(topic, { partition, bytes });
    return partition;
  }
}

/** Kafka's `batch.size`. */
const stickyBytes = 16_384;

/** The hash of Kafka's producers, 32 bits. */
export function murmur2(data: Uint8Array): number {
  const m = 0x5bd1e995;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  let hash = 0x9747b28c ^ data.length;
  const whole = data.length & ~3;
  for (let at = 0; at < whole; at += 4) {
    let k = Math.imul(view.getInt32(at, true), m);
    k = Math.imul(k ^ (k >>> 24), m);
    hash = Math.imul(hash, m) ^ k;
  }
  for (let at = data.length - 1; at >= whole; at -= 1) hash ^= (data[at] ?? 0) << (8 * (at - whole));
  if (whole < data.length) hash = Math.imul(hash, m);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, m);
  return hash ^ (hash >>> 15);
}
