import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../engine/core/clock.ts';
import { connectorsOn, type Connectors } from '../../main/host/connectors-on.ts';
import { HostServices } from '../../main/host/host-services.ts';
import { LearnerProcess } from '../../main/host/learner-process.ts';
import type { PyodideFiles } from '../../main/kernel/pyodide-process.ts';
import { LineServer } from '../../main/services/lines/line-server.ts';
import { directive, judge } from './judge.mjs';

/** What a program printed, and how it differs from real Spark's recording (null: not at all). */
export type Verdict = { readonly difference: string | null; readonly stderr: string; readonly seconds: number };

/** A program that hangs fails; the slowest recording needs about 10 s here. */
const limitMs = 60_000;

/** The embedded servers for all programs of one run, whatever real ones this machine has. */
export async function conformanceServices(): Promise<{
  readonly services: HostServices;
  readonly close: () => Promise<void>;
}> {
  const folder = await mkdtemp(join(tmpdir(), 'conformance-services-'));
  const services = new HostServices({ folder, clock: systemClock });
  for (const kind of ['kafka', 'relational', 'mongodb'] as const) services.choose(kind, { mode: 'embedded' });
  const close = async (): Promise<void> => {
    await services.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { services, close };
}

/** Spark has some formats only with their packages: a recording without `# jars` was made without them. */
function packagesOf(program: string, connectors: Connectors): Connectors {
  if (directive(program, 'jars') !== null) return connectors;
  const isBuiltIn = ({ format }: { readonly format: string }): boolean => format !== 'kafka' && format !== 'mongodb';
  return { ...connectors, sources: connectors.sources.filter(isBuiltIn), sinks: connectors.sinks.filter(isBuiltIn) };
}

/** Runs a program in a fresh session and folder of this process, and compares its stdout with the recording beside it. */
export async function runConformance(file: string, python: PyodideFiles, services: HostServices): Promise<Verdict> {
  const program = await readFile(file, 'utf8');
  const expected = await readFile(file.replace(/\.py$/, '.out'), 'utf8');
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'conformance-')));
  const output = { out: '', err: '' };
  const began = performance.now();
  const feed = directive(program, 'feed');
  const lines = feed === null ? undefined : await feedLines(join(folder, feed));
  const env = {
    ...ownEnvironment(),
    TZ: directive(program, 'tz') ?? 'Europe/Madrid',
    LANG: 'C.UTF-8',
    PWD: folder,
    ...lines?.env,
  };
  const learner = new LearnerProcess({
    folder,
    env,
    python,
    ...packagesOf(program, connectorsOn(services.endpoints, env)),
    isWatched: () => false,
    print: (text) => void (output.out += text),
    emit: () => undefined,
  });
  learner.kernel.on((event) => {
    if (event.kind === 'stream') output[event.name === 'stdout' ? 'out' : 'err'] += event.text;
  });
  try {
    await learner.start();
    const code = await Promise.race([
      learner.kernel.runScript('program', { path: file, source: program, args: [] }).then((reply) => reply.code),
      timeLimit(),
    ]);
    const printed = output.out.replaceAll(folder, '<folder>') + (code === 0 ? '' : `\n[exit ${code}]\n`);
    return {
      difference: judge(program, expected, printed),
      stderr: output.err,
      seconds: (performance.now() - began) / 1000,
    };
  } finally {
    await learner.close();
    await lines?.close();
    await rm(folder, { recursive: true, force: true });
  }
}

const feedPollMs = 20;

/** A line server that sends what the program appends to a file; the program finds its port in the environment. */
async function feedLines(
  file: string,
): Promise<{ readonly env: Readonly<Record<string, string>>; readonly close: () => Promise<void> }> {
  const server = await LineServer.listen(0);
  let sent = 0;
  const timer = setInterval(() => {
    const complete = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
    void server.send(complete.slice(sent));
    sent = complete.length;
  }, feedPollMs);
  const close = (): Promise<void> => {
    clearInterval(timer);
    return server.close();
  };
  return { env: { LINE_SERVER_PORT: String(server.status.port) }, close };
}

const timeLimit = (): Promise<number> => new Promise((resolve) => setTimeout(() => resolve(124), limitMs).unref());

const ownEnvironment = (): Record<string, string> =>
  Object.fromEntries(
    Object.entries(process.env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );

/** Runs each task when fewer than `width` others run; a program mostly waits, so one more than the cores keeps them busy. */
export function inTurns(width = cpus().length + 1): <T>(task: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (task) => {
    if (running >= width) await new Promise<void>((go) => waiting.push(go));
    running += 1;
    try {
      return await task();
    } finally {
      running -= 1;
      waiting.shift()?.();
    }
  };
}
