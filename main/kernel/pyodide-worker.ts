import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import type { loadPyodide as LoadPyodide, PyodideAPI } from 'pyodide';
import { refuseSockets, restrictedGlobals } from './confinement.ts';
import { followClock } from './follow-clock.ts';
import type { BridgeToPython, FromWorker, ToWorker, WorkerSetup } from './kernel-messages.ts';
import { capWasmMemory } from './memory-cap.ts';
import { SynchronousBridge } from './synchronous-bridge.ts';

/** Pyodide's own failures carry its whole source in one line. */
const logLimit = 2000;
const packagesHome = '/marea/python.zip';

/** The functions of `marea_kernel.worker` that this thread calls. */
type PythonKernel = {
  readonly install: (bridge: unknown) => void;
  readonly run_cell: (source: string, cell: string, run: number, path: string | undefined) => Promise<string>;
  /** No coroutine: a program may run an event loop of its own. */
  readonly run_script: (source: string, path: string, argsJson: string, cell: string, run: number) => string;
  readonly run_callback: (json: string) => boolean;
  readonly cancel: (run: number) => void;
  readonly prepare: (envJson: string, folder: string) => void;
};

const setup = workerData as WorkerSetup;
const host = parentPort as MessagePort;
const control = new Int32Array(setup.control);
const tell = (message: FromWorker): void => host.postMessage(message);
const bridge = new SynchronousBridge(setup.bridge, control, tell, setup.clock !== undefined);
const brief = (error: unknown): string => String(error instanceof Error ? error.message : error).slice(0, logLimit);
const log = (text: string): void => tell({ kind: 'log', text: text.slice(0, logLimit) });

/** `os._exit`, or the interpreter breaking down outside any call of ours. */
const endsPython = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'Exit' || 'pyodide_fatal_error' in error);

function onStray(error: unknown): void {
  if (endsPython(error)) tell({ kind: 'fatal', reason: brief(error) });
  else log(`uncaught: ${brief(error)}`);
}
process.on('uncaughtException', onStray);
process.on('unhandledRejection', onStray);

/** The host's word for what Python sees of it: an object without a prototype, so that it leads nowhere else. */
function bridgeForPython(): object {
  return Object.assign(Object.create(null) as object, {
    output: (json: string) => tell({ kind: 'output', json }),
    begin: (operation: string, input: string, timeoutMs: number) => bridge.begin(operation, input, timeoutMs),
    begin_sleep: (ms: number) => bridge.beginSleep(ms),
    follows_clock: setup.clock !== undefined,
    call_later: (action: () => void, ms: number) => bridge.callLater(action, ms),
    wait: () => bridge.wait(),
    abandon: () => bridge.abandon(),
    next_callback: () => bridge.nextCallback(),
    callback_done: (id: number, json: string) => bridge.callbackDone(id, json),
    acknowledge: () => bridge.acknowledge(),
  });
}

async function startPython(): Promise<PyodideAPI> {
  if (setup.clock) followClock(setup.clock);
  capWasmMemory(setup.memoryLimitBytes);
  const { loadPyodide } = (await import(pathToFileURL(`${setup.pyodideFolder}/pyodide.mjs`).href)) as {
    readonly loadPyodide: typeof LoadPyodide;
  };
  const python = await loadPyodide({
    indexURL: setup.pyodideFolder,
    stdLibURL: setup.stdlib,
    jsglobals: restrictedGlobals(),
    env: { ...setup.env, PYTHONPATH: packagesHome },
    stdout: log,
    stderr: log,
    fsInit: async (fs) => {
      fs.mkdirTree('/marea');
      fs.writeFile(packagesHome, readFileSync(setup.packages));
    },
  });
  // Whatever C writes past Python's own streams; without a handler every such write throws in a worker.
  const write = (bytes: Uint8Array): number => {
    log(Buffer.from(bytes).toString());
    return bytes.length;
  };
  python.setStdout({ write });
  python.setStderr({ write });
  refuseSockets(python);
  for (const { host: folder, guest } of setup.mounts) mount(python, folder, guest);
  python.FS.chdir(setup.folder);
  python.unregisterJsModule('pyodide_js');
  python.registerJsModule('pyodide_js', emptyPyodideModule());
  python.setInterruptBuffer(control);
  return python;
}

/** What is left of Pyodide's own module: the one switch that its `asyncio.run` asks for. */
function emptyPyodideModule(): object {
  const bare = (fields: object): object => Object.assign(Object.create(null) as object, fields);
  return bare({ _api: bare({ config: bare({ enableRunUntilComplete: false }) }) });
}

function mount(python: PyodideAPI, folder: string, guest: string): void {
  python.FS.mkdirTree(guest);
  python.mountNodeFS(guest, folder);
}

const python = await startPython().catch((error: unknown) => {
  tell({ kind: 'fatal', reason: brief(error) });
  throw error;
});
const kernel = python.pyimport('marea_kernel.worker') as PythonKernel;
kernel.install(bridgeForPython());

/** A call into Python from the event loop: whatever escapes must not end the thread. */
function guarded(action: () => unknown): void {
  try {
    action();
  } catch (error) {
    log(brief(error));
  }
}

setup.bridge.on('message', (message: BridgeToPython) => {
  const callback = bridge.received(message);
  if (callback !== undefined) guarded(() => kernel.run_callback(callback));
});

async function run(message: Extract<ToWorker, { kind: 'execute' | 'script' }>): Promise<void> {
  bridge.startRun(message.run);
  try {
    if (message.kind === 'execute') {
      const json = await kernel.run_cell(message.source, message.cell, message.run, message.path);
      tell({ kind: 'done', run: message.run, json });
    } else {
      const { source, path, args } = message.script;
      const json = kernel.run_script(source, path, JSON.stringify(args), message.cell, message.run);
      tell({ kind: 'script_done', run: message.run, json });
    }
  } catch (error) {
    // Python's own exceptions come back as data: what arrives here is the interpreter breaking down.
    tell({ kind: 'fatal', reason: brief(error) });
  } finally {
    bridge.endRun();
  }
}

let queue: Promise<void> = Promise.resolve();
host.on('message', (message: ToWorker) => {
  switch (message.kind) {
    case 'execute':
    case 'script':
      queue = queue.then(() => run(message));
      break;
    case 'interrupt':
      guarded(() => kernel.cancel(message.run));
      break;
    case 'prepare':
      guarded(() => {
        for (const { host: folder, guest } of message.mounts) mount(python, folder, guest);
        kernel.prepare(JSON.stringify(message.env), message.folder);
      });
      tell({ kind: 'prepared' });
      break;
  }
});

tell({ kind: 'ready', python: python.runPython('__import__("platform").python_version()') as string });
