import { fork, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { EmbeddedFigures, EmbeddedKind, EmbeddedReply, EmbeddedRequest } from './embedded-messages.ts';

/** After so many ends in one session the child is not started again: something is wrong with the machine or with us. */
const maxRestarts = 3;

type Question = EmbeddedRequest extends infer Request
  ? Request extends EmbeddedRequest
    ? Omit<Request, 'id'>
    : never
  : never;
type Waiting = { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void };

/** The host's side of the child process: started with the first service, started again when it ends by itself, with the services it had. */
export class EmbeddedProcess {
  readonly #onEnd: (isBack: boolean) => void;
  readonly #running = new Map<EmbeddedKind, { readonly folder: string; readonly port: number }>();
  readonly #waiting = new Map<number, Waiting>();
  #child: ChildProcess | undefined;
  #lastId = 0;
  #restarts = 0;
  #isClosing = false;

  /** `onEnd`: the child ended by itself; told once it is back, or that it does not come back. */
  constructor(onEnd: (isBack: boolean) => void) {
    this.#onEnd = onEnd;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Answers the port that clients can connect to: the first free one of `ports`, or any. */
  async start(kind: EmbeddedKind, folder: string, ports: readonly number[]): Promise<number> {
    const port = (await this.#ask({ ask: 'start', kind, folder, ports })) as number;
    this.#running.set(kind, { folder, port });
    return port;
  }

  async stop(kind: EmbeddedKind): Promise<void> {
    this.#running.delete(kind);
    if (this.#child) await this.#ask({ ask: 'stop', kind });
  }

  figures(kind: EmbeddedKind): Promise<EmbeddedFigures> {
    return this.#ask({ ask: 'figures', kind }) as Promise<EmbeddedFigures>;
  }

  /** Forgets topics, databases or `database.collection`s; unknown ones are no error. */
  async drop(kind: EmbeddedKind, names: readonly string[]): Promise<void> {
    await this.#ask({ ask: 'drop', kind, names });
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.disconnect();
    const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
    await ended;
    clearTimeout(timer);
  }

  #ask(question: Question): Promise<unknown> {
    const child = (this.#child ??= this.#launch());
    const id = (this.#lastId += 1);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      child.send({ ...question, id }, (error) => error && this.#settle({ id, failure: { message: error.message } }));
    });
  }

  #launch(): ChildProcess {
    const child = fork(entryBesideThis(), [], { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    child.on('message', (reply: EmbeddedReply) => this.#settle(reply));
    child.on('exit', () => this.#ended(child));
    return child;
  }

  #settle(reply: EmbeddedReply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if ('failure' in reply)
      waiting?.reject(Object.assign(new Error(reply.failure.message), { code: reply.failure.code }));
    else waiting?.resolve(reply.result);
  }

  #ended(child: ChildProcess): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    for (const id of this.#waiting.keys()) this.#settle({ id, failure: { message: 'the service process ended' } });
    if (this.#isClosing) return;
    this.#restarts += 1;
    if (this.#restarts > maxRestarts) {
      this.#running.clear();
      this.#onEnd(false);
      return;
    }
    this.#bringBack().then(
      () => this.#onEnd(true),
      () => this.#onEnd(false),
    );
  }

  async #bringBack(): Promise<void> {
    for (const [kind, { folder, port }] of this.#running) await this.start(kind, folder, [port]);
  }
}

function entryBesideThis(): string {
  const bundled = fileURLToPath(new URL('./embedded-services.mjs', import.meta.url));
  return existsSync(bundled) ? bundled : fileURLToPath(new URL('./embedded-from-source.mjs', import.meta.url));
}
