import type { EventName, Events } from '../../main/contract/events.ts';
import { HostFailure, type FailureCode, type Host } from '../../main/contract/host-api.ts';
import { frameSchema, protocolVersion, type Frame } from '../../main/contract/wire-frame.ts';

type Listener = (event: unknown) => void;
type Waiting = { readonly resolve: (output: unknown) => void; readonly reject: (failure: HostFailure) => void };

/** First wait before a new attempt, and the longest. */
const firstBackOffMs = 400;
const longestBackOffMs = 5_000;
/** A request made while the link is down waits this long for it to heal. */
const patienceMs = 4_000;

const failureCodes: readonly FailureCode[] = [
  'bad_request',
  'unknown_request',
  'not_found',
  'conflict',
  'denied',
  'failed',
  'closed',
];
const failureCode = (code: string): FailureCode => failureCodes.find((known) => known === code) ?? 'failed';

/** The host of browser mode: JSON frames over one WebSocket that heals by itself. `origin` is the page's own; its cookie opens the link. */
export function webSocketHost(origin: string, openSocket = (url: string) => new WebSocket(url)): Host {
  return new WebSocketHost(() => openSocket(`${origin.replace(/^http/, 'ws')}/link`));
}

class WebSocketHost implements Host {
  readonly #open: () => WebSocket;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Map<EventName, Set<Listener>>();
  readonly #linkListeners = new Set<(state: 'open' | 'closed') => void>();
  #socket: WebSocket | null = null;
  #isOpen = false;
  #opened: Promise<void> = Promise.resolve();
  #announceOpen: () => void = () => undefined;
  #nextId = 1;
  #backOffMs = firstBackOffMs;

  constructor(open: () => WebSocket) {
    this.#open = open;
    this.#expectOpening();
    this.#connect();
  }

  // The names keep the types of the contract at the call; inside, every payload is `unknown`.
  request: Host['request'] = async (name, input) => {
    if (!this.#isOpen) await Promise.race([this.#opened, new Promise((resolve) => setTimeout(resolve, patienceMs))]);
    const socket = this.#socket;
    if (!this.#isOpen || socket === null) throw new HostFailure('closed', 'closed');
    const id = this.#nextId++;
    const answer = new Promise<unknown>((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#send(socket, { k: 'request', id, name, input });
    return (await answer) as never;
  };

  on: Host['on'] = (name, listener) => {
    const listeners = this.#listeners.get(name) ?? new Set<Listener>();
    this.#listeners.set(name, listeners);
    const heard: Listener = (event) => listener(event as Events[typeof name]);
    listeners.add(heard);
    return () => listeners.delete(heard);
  };

  onLink: Host['onLink'] = (listener) => {
    this.#linkListeners.add(listener);
    return () => this.#linkListeners.delete(listener);
  };

  #expectOpening(): void {
    this.#opened = new Promise((resolve) => {
      this.#announceOpen = resolve;
    });
  }

  #connect(): void {
    const socket = this.#open();
    this.#socket = socket;
    socket.addEventListener('open', () => {
      this.#send(socket, { k: 'hello', version: protocolVersion });
      this.#becomeOpen();
    });
    socket.addEventListener('message', (message) => this.#receive(String(message.data)));
    socket.addEventListener('close', () => this.#lose(socket));
  }

  #becomeOpen(): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.#backOffMs = firstBackOffMs;
    this.#announceOpen();
    for (const listener of this.#linkListeners) listener('open');
  }

  #lose(socket: WebSocket): void {
    if (socket !== this.#socket) return;
    this.#socket = null;
    if (this.#isOpen) {
      this.#isOpen = false;
      this.#expectOpening();
    }
    for (const listener of this.#linkListeners) listener('closed');
    for (const waiting of this.#waiting.values()) waiting.reject(new HostFailure('closed', 'closed'));
    this.#waiting.clear();
    setTimeout(() => this.#connect(), this.#backOffMs);
    this.#backOffMs = Math.min(longestBackOffMs, this.#backOffMs * 2);
  }

  #send(socket: WebSocket, frame: Frame): void {
    socket.send(JSON.stringify(frame));
  }

  #receive(text: string): void {
    const frame = parseFrame(text);
    if (frame === null) return;
    switch (frame.k) {
      case 'hello':
        // The host was replaced by another version: its own window speaks its language.
        if (frame.version !== protocolVersion) location.reload();
        return;
      case 'answer':
        this.#take(frame.id)?.resolve(frame.output);
        return;
      case 'failure':
        this.#take(frame.id)?.reject(new HostFailure(failureCode(frame.code), frame.message));
        return;
      case 'event':
        for (const listener of this.#listeners.get(frame.name as EventName) ?? []) listener(frame.event);
        return;
      case 'request':
        return;
    }
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }
}

function parseFrame(text: string): Frame | null {
  try {
    return frameSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
