import type { EngineEvent } from '../../../engine/api/engine-events.ts';
import type { ReplayedCell, ReplayedQuery } from '../../grading/replay-outcome.ts';
import type { QueryPlace, ReplayPlan, ReplayStep } from '../../grading/replay-plan.ts';
import type { ExecuteReply, KernelEvent } from '../../kernel/kernel-messages.ts';
import type { PyodideKernel } from '../../kernel/pyodide-kernel.ts';
import type { VirtualClock } from '../virtual-clock.ts';
import type { ReplayInputs } from './replay-inputs.ts';
import type { ReplayScript } from './replay-script.ts';

export type RunPorts = {
  readonly kernel: Pick<PyodideKernel, 'execute' | 'interrupt'>;
  readonly clock: VirtualClock;
  readonly script: ReplayScript;
  readonly inputs: ReplayInputs;
  readonly afterBatch: () => Promise<void>;
  /** Stops a run of a query; nothing happens to one that is over. */
  readonly stop: (runId: string) => Promise<void>;
  /** Batches without data that become due are run too: for a notebook whose record is another's. */
  readonly isFollowed: boolean;
};

type Batch = Extract<ReplayStep, { readonly kind: 'batch' }>;

/** A cell that a learner stopped gets this long to end by itself once nothing it waits for is left. */
const graceMs = 200;

/** Runs a plan's steps one after the other, and keeps what cells and queries show. */
export class ReplayRun {
  readonly #ports: RunPorts;
  readonly #texts = new Map<string, string>();
  readonly #replies = new Map<string, ExecuteReply>();
  readonly #queries = new Map<string, ReplayedQuery>();
  readonly #released = new Map<string, AbortController>();
  #running: { readonly cell: string; readonly reply: Promise<unknown> } | undefined;
  #isRunning = false;
  #letTimeGo: (() => void) | undefined;

  constructor(ports: RunPorts) {
    this.#ports = ports;
  }

  /** Aborts when what a cell waits for will not come any more. */
  readonly released = (cell: string | null): AbortSignal => this.#releaseOf(cell ?? '').signal;

  onEngine(event: EngineEvent): void {
    this.#ports.script.record(event);
    if (event.kind === 'query_started' && event.cell !== null) {
      const { cell, name } = event;
      const ordinal = [...this.#queries.values()].filter((query) => query.cell === cell).length;
      this.#queries.set(event.runId, { cell, ordinal, name, console: '', error: null });
    }
    const query = 'runId' in event ? this.#queries.get(event.runId) : undefined;
    if (query === undefined || !('runId' in event)) return;
    if (event.kind === 'console_text')
      this.#queries.set(event.runId, { ...query, console: query.console + event.text });
    if (event.kind === 'query_terminated') this.#queries.set(event.runId, { ...query, error: event.error });
  }

  onKernel(event: KernelEvent): void {
    if (event.kind === 'clear' && event.cell !== null) this.#texts.delete(event.cell);
    if (!('cell' in event) || event.cell === null) return;
    const text = event.kind === 'stream' ? event.text : plainText(event);
    if (text !== '') this.#texts.set(event.cell, (this.#texts.get(event.cell) ?? '') + text);
  }

  async run({ steps }: ReplayPlan): Promise<void> {
    this.#holdTime();
    try {
      for (const step of steps) await this.#step(step);
    } finally {
      this.#letTimeGo?.();
      this.#ports.script.end();
    }
  }

  get queries(): readonly ReplayedQuery[] {
    return [...this.#queries.values()];
  }

  get cells(): readonly ReplayedCell[] {
    return [...this.#replies].map(([cell, { error }]) => ({
      cell,
      text: this.#texts.get(cell) ?? '',
      error: error ? { name: error.ename, message: error.evalue } : null,
    }));
  }

  async #step(step: ReplayStep): Promise<void> {
    switch (step.kind) {
      case 'items':
        return this.#ports.inputs.ready(step.items, step.folders);
      case 'cell_start':
        await this.#until(step.atMs);
        this.#start(step.cell, step.source);
        return;
      case 'cell_end':
        return this.#finish(step.cell, step.isCutOff);
      case 'batch':
        return this.#batch(step);
      case 'stop': {
        const runId = this.#ports.script.runOf(step.query);
        if (runId !== undefined && !this.#ports.script.hasEnded(runId))
          await this.#lettingTimeGo(() => this.#ports.stop(runId));
        return;
      }
      case 'idle': {
        const runId = this.#ports.isFollowed ? undefined : await this.#readyRun(step.query);
        if (runId !== undefined) await this.#lettingTimeGo(() => this.#ports.script.run(runId, { kind: 'idle' }));
        return;
      }
    }
  }

  #start(cell: string, source: string): void {
    this.#isRunning = true;
    const reply = this.#ports.kernel.execute(cell, source).then((given) => {
      this.#replies.set(cell, given);
      this.#isRunning = false;
      this.#ports.script.stir();
    });
    this.#running = { cell, reply };
  }

  /** A query that the cell does not start, or that is over, has no turn. */
  async #readyRun(query: QueryPlace): Promise<string | undefined> {
    const { script } = this.#ports;
    await this.#lettingTimeGo(() => script.until(() => script.runOf(query) !== undefined || !this.#isRunning));
    const runId = script.runOf(query);
    return runId !== undefined && (await this.#lettingTimeGo(() => script.isReady(runId))) ? runId : undefined;
  }

  async #batch(step: Batch): Promise<void> {
    const { script, inputs, isFollowed } = this.#ports;
    if (isFollowed && !step.hasNewData) return;
    const runId = await this.#readyRun(step.query);
    if (runId === undefined) return;
    await this.#until(step.atMs);
    await inputs.forBatch(step.reads);
    const { batchTimeMs: timestampMs, ends } = step;
    await this.#lettingTimeGo(() => script.run(runId, { kind: 'batch', timestampMs, ends, isFollowed }));
    await this.#ports.afterBatch();
  }

  async #finish(cell: string, isCutOff: boolean): Promise<void> {
    this.#releaseOf(cell).abort();
    if (this.#running?.cell !== cell) return;
    const { reply } = this.#running;
    const timer = isCutOff ? setTimeout(() => this.#ports.kernel.interrupt(), graceMs) : undefined;
    await this.#lettingTimeGo(() => reply);
    clearTimeout(timer);
    this.#running = undefined;
  }

  /** Passes through whatever sleeps until then. */
  async #until(atMs: number): Promise<void> {
    const leftMs = atMs - this.#ports.clock.now();
    if (leftMs > 0) await this.#lettingTimeGo(() => this.#ports.clock.advance(leftMs));
  }

  #holdTime(): void {
    this.#letTimeGo = this.#ports.clock.hold();
  }

  async #lettingTimeGo<Answer>(wait: () => Promise<Answer>): Promise<Answer> {
    this.#letTimeGo?.();
    try {
      return await wait();
    } finally {
      this.#holdTime();
    }
  }

  #releaseOf(cell: string): AbortController {
    const known = this.#released.get(cell) ?? new AbortController();
    this.#released.set(cell, known);
    return known;
  }
}

function plainText(event: KernelEvent): string {
  if (event.kind !== 'result' && event.kind !== 'display') return '';
  const text = event.data['text/plain'];
  return typeof text === 'string' ? `${text}\n` : '';
}
