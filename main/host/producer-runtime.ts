import { readFile } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import type { ServiceCalls } from '../../engine/api/service-calls.ts';
import { systemClock } from '../../engine/core/clock.ts';
import { SparkError } from '../../engine/core/spark-error.ts';
import type { SentRecord } from '../connectors/calls/sent-record.ts';
import { HostFailure } from '../contract/host-api.ts';
import type { KernelPorts } from '../kernel/command-port.ts';
import type { KernelEvent, StreamName } from '../kernel/kernel-messages.ts';
import { PyodideKernel } from '../kernel/pyodide-kernel.ts';
import type { PyodideFiles } from '../kernel/pyodide-process.ts';
import { SentTally, type TallyView } from './sent-tally.ts';
import { servicesOnClock } from './services-on-clock.ts';
import type { VirtualClock } from './virtual-clock.ts';

export type ProducerState = 'stopped' | 'starting' | 'running' | 'stopping';

export type ProducerStatus = TallyView & {
  readonly state: ProducerState;
  /** The script as it was named, null before the first start. */
  readonly script: string | null;
  /** As a shell sees it, null until the first end: 0, 1 after an uncaught exception, 130 after Stop. */
  readonly exitCode: number | null;
};

export type ProducerOptions = {
  /** Working folder of the scripts, absolute. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly python: PyodideFiles;
  /** Absent: the machine's. */
  readonly clock?: VirtualClock;
  /** Services for one run; `onSent` is told of every record that the broker has confirmed. */
  readonly openServices: (onSent: (records: readonly SentRecord[]) => void) => ServiceCalls;
  /** A warm interpreter, if one is ready. */
  readonly takeSpare?: () => PyodideKernel | undefined;
  readonly onChange: (status: ProducerStatus) => void;
  readonly onOutput: (name: StreamName, text: string) => void;
};

/** The only cell of a producer's kernel. */
const scriptCell = 'producer';
/** A script gets this long to end after Stop, to send what it has buffered; then its interpreter goes. */
const patienceMs = 3000;
/** Counts change with every batch; a screen is told ten times a second. */
const announceEveryMs = 100;

type Run = { readonly kernel: PyodideKernel; readonly ended: Promise<void> };

/** Runs a producer's script, `bizum-kafka.py` say, in a Python of its own, while the notebook reads what it sends. One script at a time. */
export class ProducerRuntime {
  readonly #options: ProducerOptions;
  readonly #tally: SentTally;
  #state: ProducerState = 'stopped';
  #script: string | null = null;
  #exitCode: number | null = null;
  #starting: Promise<void> | undefined;
  #run: Run | undefined;
  #announcing: NodeJS.Timeout | undefined;

  constructor(options: ProducerOptions) {
    this.#options = options;
    const clock = options.clock ?? systemClock;
    this.#tally = new SentTally(() => clock.now());
  }

  get status(): ProducerStatus {
    return { state: this.#state, script: this.#script, exitCode: this.#exitCode, ...this.#tally.view() };
  }

  /** Starts a script, its path relative to the folder; resolves when Python has begun it. Rejects when one is running, or the folder has no such file. */
  async start(script: string): Promise<void> {
    if (this.#state !== 'stopped') throw new HostFailure('conflict', 'El productor ya está en marcha.');
    this.#state = 'starting';
    this.#starting = this.#launch(script);
    try {
      await this.#starting;
    } catch (error) {
      this.#state = 'stopped';
      this.#announce();
      throw error;
    }
  }

  /** Stops the script, as Ctrl-C does; resolves when it has ended and all it had sent has left. */
  async stop(): Promise<void> {
    await this.#starting?.catch(() => undefined);
    const run = this.#run;
    if (!run) return;
    this.#state = 'stopping';
    this.#announce();
    run.kernel.interrupt();
    const impatient = setTimeout(() => void run.kernel.shutdown(), patienceMs);
    await run.ended;
    clearTimeout(impatient);
  }

  async close(): Promise<void> {
    await this.stop();
    clearTimeout(this.#announcing);
  }

  async #launch(script: string): Promise<void> {
    const path = resolve(this.#options.folder, script);
    const isInside = path.startsWith(`${this.#options.folder}${sep}`);
    const source = isInside ? await readFile(path, 'utf8').catch(() => undefined) : undefined;
    if (source === undefined) throw new HostFailure('not_found', `No existe ${script}.`);
    this.#script = script;
    this.#exitCode = null;
    this.#tally.reset();
    this.#announce();
    const { clock } = this.#options;
    const services = servicesOnClock(
      this.#options.openServices((records) => this.#onSent(records)),
      clock,
    );
    const ports: KernelPorts = { commands: { run: noSession }, services, ...(clock ? { clock } : {}) };
    const kernel = await this.#kernel(ports);
    const begun = new Promise<void>((begins) => {
      kernel.on((event) => this.#onKernel(event, begins));
    });
    const ended = kernel
      .runScript(scriptCell, { path: script, source, args: [] })
      .then(async ({ code }) => {
        await kernel.shutdown();
        await services.closeAll();
        return code;
      })
      .then((code) => this.#ended(code));
    this.#run = { kernel, ended };
    await Promise.race([begun, ended]);
  }

  async #kernel(ports: KernelPorts): Promise<PyodideKernel> {
    const { folder, env, python } = this.#options;
    const spare = this.#options.takeSpare?.();
    if (!spare) return new PyodideKernel(python, { folder, env }, ports);
    await spare.adopt({ folder, env }, ports);
    return spare;
  }

  #onKernel(event: KernelEvent, begins: () => void): void {
    if (event.kind === 'stream') this.#options.onOutput(event.name, event.text);
    if (event.kind === 'died') this.#options.onOutput('stderr', `Python ha terminado: ${event.reason}\n`);
    if (event.kind === 'busy') {
      if (this.#state === 'starting') this.#state = 'running';
      this.#announce();
      begins();
    }
  }

  #onSent(records: readonly SentRecord[]): void {
    this.#tally.add(records);
    this.#announcing ??= setTimeout(() => this.#announce(), announceEveryMs);
  }

  #ended(code: number): void {
    this.#run = undefined;
    this.#state = 'stopped';
    this.#exitCode = code;
    this.#announce();
  }

  #announce(): void {
    clearTimeout(this.#announcing);
    this.#announcing = undefined;
    this.#options.onChange(this.status);
  }
}

const noSession: KernelPorts['commands']['run'] = () =>
  Promise.reject(
    new SparkError(
      { java: 'java.lang.UnsupportedOperationException' },
      'Un productor no tiene sesión de Spark: ejecuta este programa en un cuaderno o con marea run.',
    ),
  );
