import { beforeEach, describe, expect, test, vi } from 'vitest';
import { webSocketHost } from '../../../renderer/host/web-socket-host.ts';

class FakeSocket extends EventTarget {
  readonly sent: unknown[] = [];
  readonly url: string;
  constructor(url: string) {
    super();
    this.url = url;
  }
  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }
  open(): void {
    this.dispatchEvent(new Event('open'));
  }
  receive(frame: unknown): void {
    this.dispatchEvent(
      Object.assign(new Event('message'), { data: typeof frame === 'string' ? frame : JSON.stringify(frame) }),
    );
  }
  lose(): void {
    this.dispatchEvent(new Event('close'));
  }
}

let sockets: FakeSocket[];
const connect = () =>
  webSocketHost('http://127.0.0.1:9', (url) => {
    const socket = new FakeSocket(url);
    sockets.push(socket);
    return socket as unknown as WebSocket;
  });

beforeEach(() => {
  vi.useFakeTimers();
  sockets = [];
  return () => vi.useRealTimers();
});

describe('the link', () => {
  test('greets first, then asks; the answer belongs to its question', async () => {
    const host = connect();
    expect(sockets[0]?.url).toBe('ws://127.0.0.1:9/link');
    sockets[0]?.open();
    const first = host.request('app.info', {});
    const second = host.request('query.list', { path: 'a' });
    await vi.advanceTimersByTimeAsync(0);
    expect(sockets[0]?.sent).toEqual([
      { k: 'hello', version: 1 },
      { k: 'request', id: 1, name: 'app.info', input: {} },
      { k: 'request', id: 2, name: 'query.list', input: { path: 'a' } },
    ]);
    sockets[0]?.receive({ k: 'answer', id: 2, output: { events: [] } });
    sockets[0]?.receive({ k: 'failure', id: 1, code: 'denied', message: 'no' });
    await expect(second).resolves.toEqual({ events: [] });
    await expect(first).rejects.toMatchObject({ code: 'denied', message: 'no' });
  });

  test('a request made before the link is open waits for it', async () => {
    const host = connect();
    const asked = host.request('app.info', {});
    await vi.advanceTimersByTimeAsync(100);
    sockets[0]?.open();
    await vi.advanceTimersByTimeAsync(0);
    sockets[0]?.receive({ k: 'answer', id: 1, output: { version: '1' } });
    await expect(asked).resolves.toEqual({ version: '1' });
  });

  test('when it breaks, calls in flight fail, and it heals with growing pauses', async () => {
    const host = connect();
    const states: string[] = [];
    host.onLink((state) => states.push(state));
    sockets[0]?.open();
    const asked = host.request('app.info', {}).catch((error: { code: string }) => error.code);
    await vi.advanceTimersByTimeAsync(0);
    sockets[0]?.lose();
    await expect(asked).resolves.toBe('closed');
    await vi.advanceTimersByTimeAsync(400);
    expect(sockets).toHaveLength(2);
    sockets[1]?.lose();
    await vi.advanceTimersByTimeAsync(799);
    expect(sockets).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1);
    sockets[2]?.open();
    expect(states).toEqual(['open', 'closed', 'closed', 'open']);
  });

  test('events reach their listeners until they leave; rubbish is ignored', () => {
    const host = connect();
    const heard = vi.fn<(event: { readonly folder: string }) => void>();
    const end = host.on('files.changed', heard);
    sockets[0]?.open();
    sockets[0]?.receive('{"k":"nonsense"');
    sockets[0]?.receive({ k: 'event', name: 'files.changed', event: { folder: 'a' } });
    end();
    sockets[0]?.receive({ k: 'event', name: 'files.changed', event: { folder: 'b' } });
    expect(heard.mock.calls).toEqual([[{ folder: 'a' }]]);
  });
});
