import { readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { systemClock } from '../../engine/core/clock.ts';
import type { KernelEvent } from '../kernel/kernel-messages.ts';
import { PyodideKernel } from '../kernel/pyodide-kernel.ts';
import type { PyodideFiles } from '../kernel/pyodide-process.ts';
import { dataFolderOf } from './data-folder.ts';
import type { LearnerProcess } from './learner-process.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** A `marea run`: everything is the caller's own, as `python program.py` would have it. */
export type RunOptions = {
  /** As typed. */
  readonly file: string;
  readonly args: readonly string[];
  /** Absolute. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly python: PyodideFiles;
  /** Absent: the machine's. It stands still until the program starts. */
  readonly clock?: VirtualClock;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
};

/** The only cell of a headless run. */
const programCell = 'program';

/** Runs a program or, cell by cell, a notebook. Answers Python's exit code. Active queries end with the program, as a Spark driver's do. */
export async function runProgram(options: RunOptions): Promise<number> {
  const text = await readFile(resolve(options.folder, options.file), 'utf8').catch(() => undefined);
  if (text === undefined) {
    options.stderr(
      `marea: can't open file '${resolve(options.folder, options.file)}': [Errno 2] No such file or directory\n`,
    );
    return 2;
  }
  const place = {
    folder: options.folder,
    otherFolders: [dirname(resolve(options.folder, options.file))].filter((folder) => folder !== options.folder),
    env: options.env,
  };
  // Python starts in its thread while this one loads the engine and DuckDB.
  const clock = options.clock ? { clock: options.clock } : {};
  options.clock?.pause();
  const kernel = new PyodideKernel(options.python, place, {
    commands: { run: () => Promise.reject(new Error('no session yet')) },
    ...clock,
  });
  const starting = kernel.start();
  const [{ LearnerProcess: Learner }, { HostServices, servicesFolder }, { connectorsOn }] = await Promise.all([
    import('./learner-process.ts'),
    import('./host-services.ts'),
    import('./connectors-on.ts'),
  ]);
  const services = new HostServices({
    folder: servicesFolder(dataFolderOf(options.env)),
    clock: options.clock ?? systemClock,
  });
  const learner = new Learner({
    ...place,
    ...clock,
    ...connectorsOn(services.endpoints, options.env),
    python: options.python,
    kernel,
    isWatched: () => false,
    print: (output) => options.stdout(output),
    emit: () => undefined,
  });
  learner.kernel.on((event) => writeEvent(event, options));
  try {
    await Promise.all([starting, learner.start()]);
    options.clock?.resume();
    if (/\.ipynb$/i.test(options.file)) return await runNotebook(learner, text, options);
    const reply = await learner.kernel.runScript(programCell, { path: options.file, source: text, args: options.args });
    return reply.code;
  } finally {
    await learner.close();
    await services.close();
  }
}

async function runNotebook(learner: LearnerProcess, text: string, options: RunOptions): Promise<number> {
  const { parseNotebook } = await import('../workspace/notebook-file.ts');
  const cells = parseNotebook(text).cells.filter((cell) => cell.cell_type === 'code' && cell.source.trim() !== '');
  for (const [index, cell] of cells.entries()) {
    const reply = await learner.kernel.execute(cell.id, cell.source, `${basename(options.file)}[${index + 1}]`);
    if (reply.status === 'error') {
      options.stderr(`${reply.error?.traceback ?? ''}\n`);
      return 1;
    }
  }
  return 0;
}

function writeEvent(event: KernelEvent, { stdout, stderr }: RunOptions): void {
  switch (event.kind) {
    case 'stream':
      (event.name === 'stdout' ? stdout : stderr)(event.text);
      break;
    case 'result':
    case 'display': {
      const text = event.data['text/plain'];
      if (typeof text === 'string') stdout(`${text}\n`);
      break;
    }
    case 'died':
      stderr(`marea: Python ended: ${event.reason}\n`);
      break;
    default:
      break;
  }
}
