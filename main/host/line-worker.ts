import { parentPort } from 'node:worker_threads';
import { laterLinesFit } from '../../engine/sources/regular-lines.ts';
import { fileChunks } from './file-chunks.ts';
import type { LineAnswer, LineQuestion } from './line-thread.ts';

// The thread of `line-thread.ts`: one question after the other.
parentPort?.on('message', ({ id, path, from, line }: LineQuestion) => {
  const tell = (fit: boolean): void => parentPort?.postMessage({ id, fit } satisfies LineAnswer);
  laterLinesFit(fileChunks(path, from), line).then(tell, () => tell(false));
});
