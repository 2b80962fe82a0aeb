import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads';
import { forbidCodeGenerationInWorkers } from './confinement.ts';
import type { FolderMount, FromWorker, ToWorker, WorkerSetup } from './kernel-messages.ts';
import { newControl } from './shared-control.ts';

/** Room for what a class needs; a learner's endless list stops here with a `MemoryError`. */
const memoryLimitBytes = 512 * 2 ** 20;
/** With the default 4 MB a deep recursion kills the interpreter; with 64 it is a `RecursionError`. */
const stackSizeMb = 64;

export type PyodideFiles = {
  /** Folder with `python-stdlib.zip` and `marea-python.zip`, as `buildPython` writes them. */
  readonly pythonFolder: string;
  /** Folder of the `pyodide` package; absent: the installed one. */
  readonly pyodideFolder?: string;
  /** Absent: beside this file, bundled or source. */
  readonly workerFile?: string;
};

export type WorkerPlace = {
  readonly mounts: readonly FolderMount[];
  /** Python's spelling. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly clock?: SharedArrayBuffer;
};

/** A running interpreter: its thread, its bridge and the memory both sides see. */
export type PyodideProcess = {
  readonly control: Int32Array;
  readonly bridge: MessagePort;
  readonly send: (message: ToWorker) => void;
  readonly onMessage: (listener: (message: FromWorker) => void) => void;
  readonly onExit: (listener: (reason: string) => void) => void;
  readonly terminate: () => Promise<void>;
};

/** Starts the thread; Python is ready when it says so. */
export function startPyodide(files: PyodideFiles, place: WorkerPlace): PyodideProcess {
  forbidCodeGenerationInWorkers();
  const control = newControl();
  const { port1, port2 } = new MessageChannel();
  const setup: WorkerSetup = {
    control: control.buffer as SharedArrayBuffer,
    bridge: port2,
    pyodideFolder: files.pyodideFolder ?? installedPyodide(),
    stdlib: join(files.pythonFolder, 'python-stdlib.zip'),
    packages: join(files.pythonFolder, 'marea-python.zip'),
    memoryLimitBytes,
    ...place,
  };
  const worker = new Worker(files.workerFile ?? workerBesideThis(), {
    workerData: setup,
    transferList: [port2],
    resourceLimits: { stackSizeMb },
  });
  return {
    control,
    bridge: port1,
    send: (message) => worker.postMessage(message),
    onMessage: (listener) => void worker.on('message', listener),
    onExit: (listener) => {
      worker.on('error', (error) => listener(error.message.slice(0, 2000)));
      worker.on('exit', (code) => listener(`exit ${code}`));
    },
    terminate: async () => {
      port1.close();
      await worker.terminate();
    },
  };
}

const installedPyodide = (): string => dirname(createRequire(import.meta.url).resolve('pyodide/package.json'));

function workerBesideThis(): string {
  const bundled = fileURLToPath(new URL('./pyodide-worker.mjs', import.meta.url));
  return existsSync(bundled) ? bundled : fileURLToPath(new URL('./pyodide-worker-from-source.mjs', import.meta.url));
}
