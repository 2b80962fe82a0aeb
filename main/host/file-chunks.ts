import { readFileSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';

const chunkBytes = 1 << 20;

/** The bytes from `from` on. A small file comes in one piece; of a large one the next piece is read while the last one is looked at, and then takes its place. */
export async function* fileChunks(path: string, from = 0): AsyncIterable<Uint8Array> {
  if (statSync(path).size <= chunkBytes) {
    const rest = readFileSync(path).subarray(from);
    if (rest.length > 0) yield rest;
    return;
  }
  const file = await open(path, 'r');
  try {
    let [current, other] = [Buffer.allocUnsafe(chunkBytes), Buffer.allocUnsafe(chunkBytes)];
    let position = from;
    let reading = file.read(current, 0, chunkBytes, position);
    for (;;) {
      const { bytesRead } = await reading;
      if (bytesRead === 0) return;
      position += bytesRead;
      const piece = current.subarray(0, bytesRead);
      [current, other] = [other, current];
      reading = file.read(current, 0, chunkBytes, position);
      // Whoever breaks off is told by `close`.
      reading.catch(() => undefined);
      yield piece;
    }
  } finally {
    await file.close();
  }
}
