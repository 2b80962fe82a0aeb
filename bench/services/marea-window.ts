import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';
import type { EventName, Events } from '../../main/contract/events.ts';
import type { RequestInput, RequestName, RequestOutput } from '../../main/contract/requests.ts';
import { protocolVersion, type Frame } from '../../main/contract/wire-frame.ts';

const launcher = fileURLToPath(new URL('../../dist/marea.js', import.meta.url));

type Asked = { readonly resolve: (output: unknown) => void; readonly reject: (error: Error) => void };

/** A built Marea in browser mode, and a window's end of its link without the window. */
export class MareaWindow {
  readonly #child: ChildProcess;
  readonly #socket: WebSocket;
  readonly #asked = new Map<number, Asked>();
  readonly #listeners = new Set<(name: string, event: unknown) => void>();
  #lastId = 0;

  private constructor(child: ChildProcess, socket: WebSocket) {
    this.#child = child;
    this.#socket = socket;
    socket.on('message', (data) => {
      if (Buffer.isBuffer(data)) this.#receive(JSON.parse(data.toString('utf8')) as Frame);
    });
  }

  static async open(dataFolder: string): Promise<MareaWindow> {
    const child = spawn(process.execPath, [launcher, 'serve', '--no-open', '--data', dataFolder], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, TZ: 'Europe/Madrid' },
    });
    const link = await launchLink(child);
    const greeting = await fetch(link, { redirect: 'manual' });
    const { origin, host } = new URL(link);
    const cookie = greeting.headers.get('set-cookie')?.split(';')[0] ?? '';
    const socket = new WebSocket(`ws://${host}/link`, { origin, headers: { cookie } });
    await once(socket, 'open');
    const window = new MareaWindow(child, socket);
    window.#send({ k: 'hello', version: protocolVersion });
    return window;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  request<Name extends RequestName>(name: Name, input: RequestInput<Name>): Promise<RequestOutput<Name>> {
    const id = (this.#lastId += 1);
    this.#send({ k: 'request', id, name, input });
    return new Promise<unknown>((resolve, reject) => this.#asked.set(id, { resolve, reject })) as Promise<
      RequestOutput<Name>
    >;
  }

  /** The embedded servers, whatever real ones this machine has; answers where each is. */
  async useEmbedded(): Promise<(kind: 'kafka' | 'mongodb') => string> {
    for (const kind of ['kafka', 'relational', 'mongodb'] as const) {
      await this.request('services.configure', { kind, choice: { mode: 'embedded' } });
      await this.request('services.start', { kind });
    }
    const { services } = await this.request('services.list', {});
    return (wanted) => services.find(({ kind }) => kind === wanted)?.address ?? '';
  }

  /** Runs a cell of the notebook to its end. */
  async run(path: string, cell: string, source: string): Promise<void> {
    const ended = this.hears('cell.finished', (event) => event.cell === cell);
    await this.request('kernel.execute', { path, cell, source });
    await ended;
  }

  on<Name extends EventName>(name: Name, listener: (event: Events[Name]) => void): void {
    this.#listeners.add((heard, event) => heard === name && listener(event as Events[Name]));
  }

  /** The next event of the name that fits. */
  hears<Name extends EventName>(name: Name, fits: (event: Events[Name]) => boolean): Promise<Events[Name]> {
    return new Promise((resolve) => {
      const listener = (heard: string, event: unknown): void => {
        if (heard !== name || !fits(event as Events[Name])) return;
        this.#listeners.delete(listener);
        resolve(event as Events[Name]);
      };
      this.#listeners.add(listener);
    });
  }

  async close(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#socket.close();
    this.#child.kill('SIGTERM');
    await ended;
  }

  #send(frame: Frame): void {
    this.#socket.send(JSON.stringify(frame));
  }

  #receive(frame: Frame): void {
    if (frame.k === 'event') for (const listener of this.#listeners) listener(frame.name, frame.event);
    if (frame.k === 'answer') this.#asked.get(frame.id)?.resolve(frame.output);
    if (frame.k === 'failure') this.#asked.get(frame.id)?.reject(new Error(`${frame.code}: ${frame.message}`));
  }
}

/** Reads on behind the link: a program whose output nobody takes any more ends. */
function launchLink(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    child.stdout?.on('data', (bytes: Buffer) => {
      printed += String(bytes);
      const link = /http:\/\/127\.0\.0\.1:\d+\/\?t=\S+/.exec(printed);
      if (link) resolve(link[0]);
    });
    child.once('exit', () => reject(new Error(`Marea did not start: ${printed}`)));
  });
}
