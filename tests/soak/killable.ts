import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export type Killable = {
  /** Lines that the program prints. */
  readonly lines: AsyncIterableIterator<string>;
  /** `kill -9`; resolves when the process is gone. */
  readonly kill: () => Promise<void>;
};

/** Runs a program in a process of its own. */
export function startKillable(program: URL, args: readonly string[]): Killable {
  const path = fileURLToPath(program);
  const child = spawn(process.execPath, ['--import', 'tsx', path, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = once(child, 'exit');
  return {
    lines: linesOf(child),
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

const linesOf = (child: ChildProcess): AsyncIterableIterator<string> =>
  createInterface(child.stdout ?? process.stdin)[Symbol.asyncIterator]();

export type KillableService = { readonly port: number; readonly startMs: number; readonly kill: () => Promise<void> };

export async function startService(kind: 'kafka' | 'mongodb', folder: string, port = 0): Promise<KillableService> {
  const { lines, kill } = startKillable(new URL('service-process.ts', import.meta.url), [kind, folder, String(port)]);
  const { value } = (await lines.next()) as { readonly value?: string };
  if (value === undefined) throw new Error(`${kind} did not start`);
  return { ...(JSON.parse(value) as { readonly port: number; readonly startMs: number }), kill };
}

/** The middle one: a single start on a busy machine may take any time. */
export function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
