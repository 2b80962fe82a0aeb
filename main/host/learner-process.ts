import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BatchScript } from '../../engine/api/batch-script.ts';
import type { EngineEvent } from '../../engine/api/engine-events.ts';
import type { InputWitness } from '../../engine/api/input-witness.ts';
import type { ServiceCalls } from '../../engine/api/service-calls.ts';
import type { SinkFormat } from '../../engine/api/sink.ts';
import type { SourceFormat } from '../../engine/api/source.ts';
import { systemClock } from '../../engine/core/clock.ts';
import type { CellId } from '../../engine/core/ids.ts';
import type { Command } from '../../engine/plan/command.ts';
import { Engine } from '../../engine/session/engine.ts';
import type { CommandCaller, CommandPort } from '../kernel/command-port.ts';
import { PyodideKernel } from '../kernel/pyodide-kernel.ts';
import type { PyodideFiles } from '../kernel/pyodide-process.ts';
import { pythonCallbacks } from '../kernel/python-callbacks.ts';
import { nodeFiles } from './node-files.ts';
import { QueryHolds } from './query-holds.ts';
import { servicesOnClock } from './services-on-clock.ts';
import type { VirtualClock } from './virtual-clock.ts';
import { queryWait } from './waiting-command.ts';

export type LearnerOptions = {
  /** Working folder, absolute. */
  readonly folder: string;
  /** Other real folders Python may see. */
  readonly otherFolders?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly python: PyodideFiles;
  /** Python and engine follow it; absent: the machine's. A spare or a given kernel must have been started with it. */
  readonly clock?: VirtualClock;
  /** Formats beside the engine's own. */
  readonly sources?: readonly SourceFormat[];
  readonly sinks?: readonly SinkFormat[];
  /** What `kafka`, `mysql.connector` and `pymongo` reach; closed with the learner. */
  readonly services?: ServiceCalls;
  /** With a root, neither Python nor the engine sees anything outside it. */
  readonly root?: string;
  /** A spare interpreter to adopt. */
  readonly spare?: PyodideKernel;
  /** An interpreter that was started for this very place; without this or a spare, one is made. */
  readonly kernel?: PyodideKernel;
  /** Is told of all input of streaming queries. */
  readonly witness?: InputWitness;
  /** Steers the batches of all queries. */
  readonly script?: BatchScript;
  /** When it aborts, whoever in the cell waits for a query goes on, as if the query had nothing more to do. */
  readonly released?: (cell: string | null) => AbortSignal;
  readonly isWatched: () => boolean;
  /** Text for the learner's stdout that the engine wrote (console sink). */
  readonly print: (text: string, cell: CellId | undefined) => void;
  readonly emit: (event: EngineEvent) => void;
  /** Told before and after each command: the window shows what a cell waits for. */
  readonly onCommand?: (command: Command, caller: CommandCaller, phase: 'begins' | 'ends') => void;
};

/** One learner's Python and the Spark application behind it. */
export class LearnerProcess {
  readonly kernel: PyodideKernel;
  readonly engine: Engine;
  readonly #temporaryFolder: string;
  readonly #services: ServiceCalls | undefined;
  readonly #adopting: Promise<void> | undefined;

  constructor(options: LearnerOptions) {
    this.#temporaryFolder = mkdtempSync(join(tmpdir(), 'marea-'));
    const commands: CommandPort = { run: (command, caller, signal) => this.#run(command, caller, signal, options) };
    const { clock } = options;
    this.#services = options.services && servicesOnClock(options.services, clock);
    const ports = {
      commands,
      ...(clock ? { clock } : {}),
      ...(this.#services ? { services: this.#services } : {}),
    };
    const holds = clock && new QueryHolds(clock);
    const place = {
      folder: options.folder,
      env: options.env,
      ...(options.otherFolders ? { otherFolders: options.otherFolders } : {}),
    };
    if (options.spare) {
      this.kernel = options.spare;
      this.#adopting = options.spare.adopt(place, ports);
    } else {
      this.kernel = options.kernel ?? new PyodideKernel(options.python, place, ports);
      this.kernel.connect(ports);
    }
    this.engine = new Engine({
      clock: clock?.forHolders ?? systemClock,
      filesFrom: (folder) => nodeFiles(folder, options.root, this.#temporaryFolder),
      python: pythonCallbacks(this.kernel),
      print: options.print,
      emit: (event) => {
        holds?.record(event);
        options.emit(event);
      },
      isWatched: options.isWatched,
      sources: options.sources ?? [],
      sinks: options.sinks ?? [],
      localZone: options.env['TZ'] || Intl.DateTimeFormat().resolvedOptions().timeZone,
      temporaryFolder: this.#temporaryFolder,
      cores: cpus().length,
      ...(options.witness ? { witness: options.witness } : {}),
      ...(options.script ? { script: options.script } : {}),
    });
  }

  /** Resolves when Python is ready; DuckDB opens meanwhile. */
  async start(): Promise<void> {
    const [python] = await Promise.allSettled([this.#adopting ?? this.kernel.start(), this.engine.warmUp()]);
    if (python.status === 'rejected') throw python.reason as Error;
  }

  /** Stops queries and Python. Temporary checkpoints and frames go with it. */
  async close(): Promise<void> {
    await this.engine.close();
    await this.kernel.shutdown();
    await this.#services?.closeAll();
    rmSync(this.#temporaryFolder, { recursive: true, force: true });
  }

  async #run(
    command: Command,
    caller: CommandCaller,
    signal: AbortSignal,
    options: LearnerOptions,
  ): ReturnType<CommandPort['run']> {
    options.onCommand?.(command, caller, 'begins');
    const wait = queryWait(command);
    const until = wait && options.released ? AbortSignal.any([signal, options.released(caller.cell)]) : signal;
    const run = (): ReturnType<CommandPort['run']> => this.engine.run(command, caller, until);
    try {
      // With a limit the engine sleeps on the clock, and lets go there.
      return await (wait && wait.limitMs === undefined && options.clock ? options.clock.lettingGo(run) : run());
    } finally {
      options.onCommand?.(command, caller, 'ends');
    }
  }
}
