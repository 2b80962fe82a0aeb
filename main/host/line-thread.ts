import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

export type LineQuestion = { readonly id: number; readonly path: string; readonly from: number; readonly line: RegExp };
export type LineAnswer = { readonly id: number; readonly fit: boolean };

/** One thread for the whole process, started by the first large file. It keeps nobody alive. */
let thread: Worker | undefined;
const waiting = new Map<number, (fit: boolean) => void>();
let last = 0;

/** `laterLinesFit` in another thread. A thread that fails says no, which costs time and nothing else. */
export function linesFitAfter(path: string, from: number, line: RegExp): Promise<boolean> {
  thread ??= start();
  const { promise, id } = question();
  thread.ref();
  thread.postMessage({ id, path, from, line } satisfies LineQuestion);
  return promise;
}

function question(): { readonly promise: Promise<boolean>; readonly id: number } {
  last += 1;
  const id = last;
  return { id, promise: new Promise((resolve) => waiting.set(id, resolve)) };
}

function start(): Worker {
  const bundled = fileURLToPath(new URL('./line-worker.mjs', import.meta.url));
  const worker = new Worker(
    existsSync(bundled) ? bundled : fileURLToPath(new URL('./line-worker-from-source.mjs', import.meta.url)),
  );
  const answer = (id: number, fit: boolean): void => {
    waiting.get(id)?.(fit);
    waiting.delete(id);
    if (waiting.size === 0) worker.unref();
  };
  worker.on('message', ({ id, fit }: LineAnswer) => answer(id, fit));
  worker.on('error', () => undefined);
  worker.on('exit', () => {
    if (thread === worker) thread = undefined;
    for (const id of waiting.keys()) answer(id, false);
  });
  return worker;
}
