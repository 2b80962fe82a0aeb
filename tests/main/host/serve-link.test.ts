import { expect, test } from 'vitest';
import type { EventName, Events } from '../../../main/contract/events.ts';
import { HostFailure, type Handlers } from '../../../main/contract/host-api.ts';
import type { Frame } from '../../../main/contract/wire-frame.ts';
import { serveLink } from '../../../main/host/serve-link.ts';

type Listener = <Name extends EventName>(name: Name, event: Events[Name]) => void;

/** A link without a network. */
class TestLink {
  readonly sent: Frame[] = [];
  readonly log: string[] = [];
  isClosed = false;
  waitingBytes = 0;
  subscribers = 0;
  tell: Listener = () => undefined;
  #onFrame: (frame: unknown) => void = () => undefined;
  #onClose: () => void = () => undefined;

  constructor(handlers: Partial<Handlers> = {}) {
    serveLink(
      {
        send: (frame) => void this.sent.push(frame),
        onFrame: (listener) => void (this.#onFrame = listener),
        onClose: (listener) => void (this.#onClose = listener),
        backlog: () => this.waitingBytes,
        close: () => this.close(),
      },
      {
        handlers: handlers as Handlers,
        subscribe: (listener) => {
          this.tell = listener;
          this.subscribers += 1;
          return () => void (this.subscribers -= 1);
        },
        log: (message) => void this.log.push(message),
      },
    );
  }

  close(): void {
    this.isClosed = true;
    this.#onClose();
  }

  receive(...frames: readonly unknown[]): this {
    for (const frame of frames) this.#onFrame(frame);
    return this;
  }

  /** What was sent about request `id`, once there is something. */
  async answer(id: number): Promise<Frame> {
    for (;;) {
      const frame = this.sent.find((sent) => 'id' in sent && sent.id === id);
      if (frame) return frame;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

const hello = { k: 'hello', version: 1 };
const ask = (id: number, name = 'app.info', input: unknown = {}) => ({ k: 'request', id, name, input });

test('host and window say hello first, with their version', () => {
  expect(new TestLink().sent).toEqual([hello]);
  expect(new TestLink().receive(ask(1)).isClosed).toBe(true);
  expect(new TestLink().receive({ k: 'hello', version: 2 }).isClosed).toBe(true);
  expect(new TestLink().receive(hello).isClosed).toBe(false);
});

test.each([
  ['nothing', undefined],
  ['text', 'hola'],
  ['another kind of frame', { k: 'nada' }],
  ['an answer, which only the host gives', { k: 'answer', id: 1, output: {} }],
  ['a request without a number', { k: 'request', name: 'app.info', input: {} }],
])('%s closes the link', (_, frame) => {
  const link = new TestLink().receive(hello, frame);
  expect(link.isClosed).toBe(true);
  expect(link.subscribers).toBe(0);
});

test.each(['nada', 'toString', '__proto__', 'constructor'])('a request by the name of %s is unknown', async (name) => {
  const link = new TestLink().receive(hello, ask(7, name));
  expect(await link.answer(7)).toMatchObject({ k: 'failure', code: 'unknown_request' });
  expect(link.isClosed).toBe(false);
});

test.each(['../fuera.ipynb', '/etc/passwd', 'a/../../b', 'a\\b', 'a\u0000', '', 'x'.repeat(401)])(
  'the path %j is no input: it is answered, and no handler sees it',
  async (path) => {
    let asked = 0;
    const handlers = { 'files.remove': async () => ((asked += 1), {}) };
    const link = new TestLink(handlers).receive(hello, ask(1, 'files.remove', { path }));
    expect(await link.answer(1)).toMatchObject({ k: 'failure', code: 'bad_request' });
    expect(asked).toBe(0);
  },
);

test('a refusal keeps its code; a fault of ours is told, logged, and does not end the link', async () => {
  const link = new TestLink({
    'files.remove': () => Promise.reject(new HostFailure('not_found', 'No está.')),
    'app.info': () => Promise.reject(new Error('se rompió')),
  }).receive(hello, ask(1, 'files.remove', { path: 'a' }), ask(2));
  expect(await link.answer(1)).toEqual({ k: 'failure', id: 1, code: 'not_found', message: 'No está.' });
  expect(await link.answer(2)).toEqual({ k: 'failure', id: 2, code: 'failed', message: 'se rompió' });
  expect(link.log.map((line) => line.split('\n')[0])).toEqual(['app.info failed: Error: se rompió']);
  expect(link.isClosed).toBe(false);
});

test('sixty-four requests may wait for an answer; one more closes the link', () => {
  const never = new TestLink({ 'app.info': () => new Promise(() => undefined) }).receive(hello);
  for (let id = 1; id <= 64; id += 1) never.receive(ask(id));
  expect(never.isClosed).toBe(false);
  expect(never.receive(ask(65)).isClosed).toBe(true);
});

test('answered requests make room for others', async () => {
  const info = { version: '1', mode: 'browser', dataFolder: '/x', language: 'es' } as const;
  const link = new TestLink({ 'app.info': async () => info }).receive(hello);
  for (let id = 1; id <= 200; id += 1) {
    link.receive(ask(id));
    if (id % 50 === 0) await link.answer(id);
  }
  expect(await link.answer(200)).toEqual({ k: 'answer', id: 200, output: info });
  expect(link.isClosed).toBe(false);
});

test('a window that does not read is cut off, and hears no more', () => {
  const link = new TestLink();
  link.receive(hello);
  link.tell('files.changed', { folder: 'caso-6' });
  expect(link.sent.at(-1)).toEqual({ k: 'event', name: 'files.changed', event: { folder: 'caso-6' } });
  link.waitingBytes = 2 ** 30;
  link.tell('files.changed', { folder: 'caso-6' });
  expect(link.isClosed).toBe(true);
  expect(link.subscribers).toBe(0);
});
