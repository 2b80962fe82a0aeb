import { execFile } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../../engine/core/clock.ts';
import { connectorsOn } from '../../../../main/host/connectors-on.ts';
import { HostServices } from '../../../../main/host/host-services.ts';
import { LearnerProcess } from '../../../../main/host/learner-process.ts';
import { pythonFiles } from '../../kernel/start-kernel.ts';

/** A learner's notebook on services of its own, with a Spark session under the name `spark`. */
export class InteropLearner {
  readonly services: HostServices;
  readonly folder: string;
  readonly #learner: LearnerProcess;
  readonly #printed: { text: string };

  private constructor(services: HostServices, folder: string, learner: LearnerProcess, printed: { text: string }) {
    this.services = services;
    this.folder = folder;
    this.#learner = learner;
    this.#printed = printed;
  }

  static async start(): Promise<InteropLearner> {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'interop-')));
    const services = new HostServices({ folder: join(folder, '.services'), clock: systemClock });
    // Whatever servers this machine runs, a test has its own.
    for (const kind of ['kafka', 'relational', 'mongodb'] as const) services.choose(kind, { mode: 'embedded' });
    const env = { TZ: 'Europe/Madrid', PWD: folder };
    const printed = { text: '' };
    const learner = new LearnerProcess({
      folder,
      env,
      python: await pythonFiles(),
      ...connectorsOn(services.endpoints, env),
      isWatched: () => false,
      print: (text) => void (printed.text += text),
      emit: () => undefined,
    });
    learner.kernel.on((event) => {
      if (event.kind === 'stream') printed.text += event.text;
    });
    await learner.start();
    const started = new InteropLearner(services, folder, learner, printed);
    await started.run(
      'from pyspark.sql import SparkSession\nspark = SparkSession.builder.master("local[2]").config("spark.sql.shuffle.partitions", 2).getOrCreate()',
    );
    return started;
  }

  /** Where other programs reach the broker of the course's address. */
  async broker(): Promise<string> {
    const [endpoint] = await this.services.endpoints.kafka('localhost:9092');
    if (!endpoint) throw new Error('no broker');
    return `${endpoint.host}:${endpoint.port}`;
  }

  async mongodbUri(): Promise<string> {
    return (await this.services.endpoints.mongodb('mongodb://localhost:27017')).uri;
  }

  /** Runs a cell to its end and answers what it printed. Rejects with Python's traceback. */
  async run(source: string): Promise<string> {
    this.#printed.text = '';
    const reply = await this.#learner.kernel.execute('cell', source);
    if (reply.status === 'error') throw new Error(reply.error?.traceback);
    return this.#printed.text;
  }

  async close(): Promise<void> {
    await this.#learner.close();
    await this.services.close();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** What a client program prints, given its input; rejects with what it says when it fails. */
export function runClient(program: string, args: readonly string[], input = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(program, [...args], { timeout: 20_000 }, (error, stdout, stderr) =>
      error ? reject(new Error(`${program}: ${error.message}\n${stderr}`)) : resolve(stdout),
    );
    child.stdin?.end(input);
  });
}

export const kafkaOptions = '.option("kafka.bootstrap.servers", "localhost:9092")';
