import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EngineEvent } from '../../engine/api/engine-events.ts';
import { connectorsOn } from '../../main/host/connectors-on.ts';
import { LearnerProcess } from '../../main/host/learner-process.ts';
import type { BenchServices } from './bench-services.ts';

const pythonFolder = fileURLToPath(new URL('../../dist/python', import.meta.url));

/** One learner's Python and engine on the services. */
export class BenchLearner {
  readonly #learner: LearnerProcess;
  #onEvent: (event: EngineEvent) => void = () => undefined;

  private constructor(learner: (tell: BenchLearner) => LearnerProcess) {
    this.#learner = learner(this);
  }

  static async start({ services, folder }: BenchServices): Promise<BenchLearner> {
    const own = join(folder, 'learner');
    await mkdir(own);
    const env = { PATH: process.env['PATH'] ?? '', TZ: 'Europe/Madrid', PWD: own };
    const bench = new BenchLearner(
      (told) =>
        new LearnerProcess({
          folder: own,
          env,
          python: { pythonFolder },
          ...connectorsOn(services.endpoints, env),
          isWatched: () => true,
          print: () => undefined,
          emit: (event) => told.#onEvent(event),
        }),
    );
    bench.#learner.kernel.on((event) => {
      if (event.kind === 'stream' && event.name === 'stderr') process.stderr.write(event.text);
    });
    await bench.#learner.start();
    return bench;
  }

  /** Progress, and what the console sink prints. */
  onEvent(listener: (event: EngineEvent) => void): void {
    this.#onEvent = listener;
  }

  /** Runs a cell to its end; rejects with Python's traceback. */
  async run(source: string): Promise<void> {
    const reply = await this.#learner.kernel.execute('bench', source);
    if (reply.status === 'error') throw new Error(reply.error?.traceback);
  }

  close(): Promise<void> {
    return this.#learner.close();
  }
}
