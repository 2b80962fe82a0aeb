import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Handlers } from '../../../main/contract/host-api.ts';
import { startLoopbackServer, type LoopbackServer } from '../../../main/web/loopback-server.ts';

let folder: string;
let server: LoopbackServer;
let cookie: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'marea-web-'));
  await writeFile(join(folder, 'index.html'), '<!doctype html>');
  await writeFile(join(folder, 'secreto.txt'), 'no');
  const handlers = {
    'app.info': async () => ({ version: '1', mode: 'browser', dataFolder: '/x', language: 'es' }),
  } as unknown as Handlers;
  server = await startLoopbackServer({
    root: folder,
    link: { handlers, subscribe: () => () => undefined, log: () => undefined },
    log: () => undefined,
  });
  cookie = (await ask(server.launchUrl)).cookie;
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

type Reply = {
  readonly status: number;
  readonly cookie: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
};

const ask = (url: string, headers: Readonly<Record<string, string>> = {}, method = 'GET'): Promise<Reply> =>
  new Promise((resolve, reject) => {
    request(url, { method, headers }, (response) => {
      response.resume();
      resolve({
        status: response.statusCode ?? 0,
        cookie: (response.headers['set-cookie']?.[0] ?? '').split(';')[0] ?? '',
        headers: response.headers,
      });
    })
      .on('error', reject)
      .end();
  });

const openLink = (headers: Readonly<Record<string, string>>, path = '/link'): Promise<WebSocket | null> =>
  new Promise((resolve) => {
    const socket = new WebSocket(server.origin.replace('http', 'ws') + path, { headers });
    socket.on('open', () => resolve(socket));
    socket.on('error', () => resolve(null));
  });

/** Frames up to the answer to request 1, or to the end of the link. */
const framesUntilAnswer = (socket: WebSocket, send: string): Promise<string[]> =>
  new Promise((resolve) => {
    const frames: string[] = [];
    socket.on('message', (data: Buffer) => {
      frames.push(data.toString());
      if (frames.at(-1)?.includes('"id":1')) resolve(frames);
    });
    socket.on('close', () => resolve([...frames, 'closed']));
    socket.send(send);
  });

describe('browser mode lets in only the window it opened', () => {
  test('the launch link is exchanged for a cookie and leaves the address', async () => {
    const reply = await ask(server.launchUrl);
    expect(reply.status).toBe(303);
    expect(reply.headers.location).toBe('/');
    expect(reply.headers['set-cookie']?.[0]).toMatch(/HttpOnly; SameSite=Strict/);
    expect((await ask(`${server.origin}/?t=otro`)).status).toBe(403);
  });

  test.each([
    ['without the cookie', {}, 'GET', '/', 403],
    ['for another host name', { host: 'malo.example' }, 'GET', '/', 421],
    ['with another method', {}, 'POST', '/', 405],
  ])('a request %s is refused', async (_, headers, method, path, status) => {
    expect((await ask(server.origin + path, headers, method)).status).toBe(status);
  });

  test.each(['/secreto.txt', '/..%2f..%2fetc/passwd', '/%00', '/no-hay.html'])('%s is not served', async (path) => {
    expect((await ask(server.origin + path, { cookie })).status).toBeGreaterThanOrEqual(400);
  });

  test('the page comes with a policy that loads nothing from outside and runs no WebAssembly', async () => {
    const policy = String((await ask(`${server.origin}/`, { cookie })).headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'; script-src 'self';");
    expect(policy).not.toMatch(/wasm|unsafe-eval|https?:/);
  });

  test('the link opens only from this origin, with the cookie, at its path', async () => {
    expect(await openLink({ cookie, origin: 'http://127.0.0.1:1' })).toBeNull();
    expect(await openLink({ origin: server.origin })).toBeNull();
    expect(await openLink({ cookie, origin: server.origin }, '/otra')).toBeNull();
    const socket = await openLink({ cookie, origin: server.origin });
    expect(socket).not.toBeNull();
    socket?.terminate();
  });
});

describe('frames of the link', () => {
  const hello = JSON.stringify({ k: 'hello', version: 1 });
  const opened = async (): Promise<WebSocket> => {
    const socket = await openLink({ cookie, origin: server.origin });
    if (!socket) throw new Error('the link did not open');
    socket.send(hello);
    return socket;
  };

  test.each([
    ['an unknown request', { k: 'request', id: 1, name: 'app.nada', input: {} }, 'unknown_request'],
    ['bad input', { k: 'request', id: 1, name: 'notebook.open', input: { path: '../x' } }, 'bad_request'],
    ['a good request', { k: 'request', id: 1, name: 'app.info', input: {} }, '"answer"'],
  ])('%s is answered', async (_, frame, answer) => {
    const socket = await opened();
    const frames = await framesUntilAnswer(socket, JSON.stringify(frame));
    expect(frames.join()).toContain(answer);
    socket.terminate();
  });

  test.each(['no es JSON', '{"k":"nada"}'])('rubbish closes it: %s', async (text) => {
    const socket = await opened();
    expect((await framesUntilAnswer(socket, text)).at(-1)).toBe('closed');
  });
});
