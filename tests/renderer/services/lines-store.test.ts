import { beforeEach, expect, test, vi } from 'vitest';
import { recordedHost } from '../../../renderer/host/recorded-host.ts';
import { LinesStore } from '../../../renderer/services/lines-store.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

function storeOver() {
  const sent: string[] = [];
  const host = recordedHost((emit) => ({
    'lines.send': async ({ port, text }) => {
      sent.push(text);
      emit('lines.line', { port, direction: 'sent', text, atMs: 1_000 });
      return {};
    },
    'lines.list': async () => ({ servers: [{ port: 9999, clients: 1, waiting: 0 }] }),
    'lines.open': async () => ({}),
  }));
  return { host, sent, store: new LinesStore(host) };
}

test('lines that went out and came in are one transcript, in order', async () => {
  const { host, store } = storeOver();
  await store.send(9999, 'Hola');
  host.emit('lines.line', { port: 9999, direction: 'received', text: 'eco', atMs: 2_000 });
  await vi.runAllTimersAsync();
  expect(store.state.get().transcript.map(({ direction, text }) => [direction, text])).toEqual([
    ['sent', 'Hola'],
    ['received', 'eco'],
  ]);
});

test('a line sent twice is remembered once, as the newest', async () => {
  const { store } = storeOver();
  for (const text of ['uno', 'dos', 'uno']) await store.send(9999, text);
  expect(store.state.get().history).toEqual(['dos', 'uno']);
});

test('a long paste keeps only the end of the transcript', async () => {
  const { host, store } = storeOver();
  for (let n = 0; n < 1_200; n++) host.emit('lines.line', { port: 9999, direction: 'sent', text: String(n), atMs: n });
  await vi.runAllTimersAsync();
  expect(store.state.get().transcript.length).toBe(1_000);
  expect(store.state.get().transcript.at(-1)?.text).toBe('1199');
});

test('emptying the transcript of a port leaves that of another', async () => {
  const { host, store } = storeOver();
  for (const port of [9999, 9998]) host.emit('lines.line', { port, direction: 'sent', text: 'x', atMs: 1 });
  store.clear(9999);
  expect(store.state.get().transcript.map(({ port }) => port)).toEqual([9998]);
});

test('after the link came back the open ports are asked for again', async () => {
  const { host, store } = storeOver();
  host.setLink('closed');
  host.setLink('open');
  await vi.runAllTimersAsync();
  expect(store.state.get().servers).toEqual([{ port: 9999, clients: 1, waiting: 0 }]);
});
