import { mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { KernelPorts } from '../../../main/kernel/command-port.ts';
import type { KernelEvent } from '../../../main/kernel/kernel-messages.ts';
import { PyodideKernel } from '../../../main/kernel/pyodide-kernel.ts';
import type { PyodideFiles } from '../../../main/kernel/pyodide-process.ts';
import { buildPython } from '../../../scripts/build-python.ts';
import { RecordingPort } from './recording-port.ts';

const pythonFolder = fileURLToPath(new URL('../../../node_modules/.cache/marea/python', import.meta.url));

/** The archives of Python, built when their sources have changed. */
export async function pythonFiles(): Promise<PyodideFiles> {
  await buildPython(pythonFolder);
  return { pythonFolder };
}

/** A running kernel in a folder of its own, what it says, and text helpers over that. */
export type TestKernel = {
  readonly kernel: PyodideKernel;
  readonly folder: string;
  readonly events: KernelEvent[];
  /** Runs a cell and answers its output: stdout and stderr as they came, then the value or the last line of the traceback. */
  readonly run: (source: string, cell?: string) => Promise<string>;
};

export async function startKernel(
  ports: KernelPorts = { commands: new RecordingPort() },
  env: Readonly<Record<string, string>> = {},
): Promise<TestKernel> {
  const files = await pythonFiles();
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'kernel-')));
  const kernel = new PyodideKernel(files, { folder, env }, ports);
  const events: KernelEvent[] = [];
  kernel.on((event) => events.push(event));
  await kernel.start();
  const run = async (source: string, cell = 'cell'): Promise<string> => {
    const from = events.length;
    const reply = await kernel.execute(cell, source);
    const error = reply.error?.traceback.trimEnd().split('\n').at(-1) ?? '';
    return outputOf(events.slice(from)) + error;
  };
  return { kernel, folder, events, run };
}

/** Streams and values as one text, in order. */
export const outputOf = (events: readonly KernelEvent[]): string =>
  events
    .map((event) => {
      if (event.kind === 'stream') return event.text;
      return event.kind === 'result' || event.kind === 'display' ? String(event.data['text/plain']) : '';
    })
    .join('');
