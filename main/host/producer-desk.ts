import { join, posix } from 'node:path';
import type { Emit } from '../contract/host-api.ts';
import type { ProducerState } from '../contract/service-schema.ts';
import { ProducerRuntime, type ProducerOptions } from './producer-runtime.ts';

/** What a panel shows of a script's output. */
const keptOutput = 20_000;

export type DeskOptions = Omit<ProducerOptions, 'onChange' | 'onOutput' | 'folder'> & {
  readonly dataFolder: string;
  readonly emit: Emit;
};

/** The Productor tab: one script of the data folder at a time, with the end of its output. */
export class ProducerDesk {
  readonly #options: DeskOptions;
  #runtime: ProducerRuntime | undefined;
  #script: string | null = null;
  #output = '';

  constructor(options: DeskOptions) {
    this.#options = options;
  }

  state(): ProducerState {
    const status = this.#runtime?.status;
    return {
      state: status?.state ?? 'stopped',
      script: this.#script,
      exitCode: status?.exitCode ?? null,
      sent: status?.sent ?? 0,
      perSecond: status?.perSecond ?? 0,
      last: [...(status?.last ?? [])],
      output: this.#output,
    };
  }

  /** `path` relative to the data folder; the script runs in the folder where it lies. */
  async start(path: string): Promise<ProducerState> {
    const before = this.#runtime;
    if (before === undefined || before.status.state === 'stopped') {
      this.#output = '';
      this.#script = path;
      this.#runtime = this.#makeRuntime(join(this.#options.dataFolder, posix.dirname(path)));
    }
    await this.#runtime?.start(posix.basename(path));
    return this.state();
  }

  async stop(): Promise<ProducerState> {
    await this.#runtime?.stop();
    return this.state();
  }

  async close(): Promise<void> {
    await this.#runtime?.close();
  }

  #makeRuntime(folder: string): ProducerRuntime {
    const announce = (): void => this.#options.emit('producer.changed', this.state());
    return new ProducerRuntime({
      ...this.#options,
      folder,
      onChange: announce,
      onOutput: (_name, text) => {
        this.#output = (this.#output + text).slice(-keptOutput);
        announce();
      },
    });
  }
}
