import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Handlers } from '../../../main/contract/host-api.ts';
import { startLoopbackServer, ticketFrom, type LoopbackServer } from '../../../main/web/loopback-server.ts';

let outside: string;
let folder: string;
let server: LoopbackServer;
let cookie: string;

const noLink = { handlers: {} as Handlers, subscribe: () => () => undefined, log: () => undefined };

beforeAll(async () => {
  outside = await mkdtemp(join(tmpdir(), 'marea-web-'));
  folder = join(outside, 'window');
  await mkdir(folder);
  await writeFile(join(outside, 'fuera.html'), 'no');
  await writeFile(join(folder, 'index.html'), '<!doctype html>');
  await writeFile(join(folder, 'secreto.txt'), 'no');
  const handlers = {
    'app.info': async () => ({ version: '1', mode: 'browser', dataFolder: '/x', language: 'es' }),
  } as unknown as Handlers;
  server = await startLoopbackServer({ root: folder, link: { ...noLink, handlers }, log: () => undefined });
  cookie = (await ask(server.launchUrl)).cookie;
});
afterAll(async () => {
  await server.close();
  await rm(outside, { recursive: true, force: true });
});

type Reply = {
  readonly status: number;
  readonly cookie: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
};

/** `path` goes out as it is written: a client that is not a browser tidies nothing. */
const ask = (
  url: string,
  headers: Readonly<Record<string, string>> = {},
  method = 'GET',
  path?: string,
): Promise<Reply> =>
  new Promise((resolve, reject) => {
    request(url, { method, headers, ...(path === undefined ? {} : { path }) }, (response) => {
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

  test('a browser’s link opens the window once: whoever reads it in the list of processes comes too late', async () => {
    const ticket = server.ticketUrl();
    expect(ticket).not.toContain(new URL(server.launchUrl).searchParams.get('t'));
    const opened = await ask(ticket);
    expect(opened).toMatchObject({ status: 303, cookie });
    expect(await ask(ticket)).toMatchObject({ status: 403, cookie: '' });
    // Its own window may come back to it.
    expect((await ask(ticket, { cookie })).status).toBe(303);
  });

  test('a second start gets such a link with the secret alone', async () => {
    const ticket = await ticketFrom(server.launchUrl);
    expect(ticket).not.toBe(server.launchUrl);
    // A link that opens once gives no further ones.
    expect((await ask(`${ticket}&ticket`)).headers['content-type']).toBeUndefined();
    expect(await ask(ticket)).toMatchObject({ status: 403 });
    expect((await ask(`${server.origin}/?t=otro&ticket`)).status).toBe(403);
    const gone = 'http://127.0.0.1:9/?t=x';
    expect(await ticketFrom(gone)).toBe(gone);
  });

  test.each([
    ['without the cookie', {}, 'GET', 403],
    ['with a cookie of its own making', { cookie: 'marea=1' }, 'GET', 403],
    ['for another host name', { host: 'malo.example' }, 'GET', 421],
    ['for this machine under another name', { host: 'localhost' }, 'GET', 421],
    ['that posts', {}, 'POST', 405],
    ['that asks for options', {}, 'OPTIONS', 405],
  ])('a request %s is refused', async (_, headers, method, status) => {
    expect((await ask(`${server.origin}/`, headers, method)).status).toBe(status);
  });

  test('the secret of the launch link opens nothing under another host name', async () => {
    const reply = await ask(server.launchUrl, { host: `malo.example:${new URL(server.origin).port}` });
    expect(reply).toMatchObject({ status: 421, cookie: '' });
  });

  test.each([
    ['/secreto.txt', 404],
    ['/../fuera.html', 404],
    ['/..%2f..%2fetc/passwd', 404],
    ['/%2e%2e/%2e%2e/fuera.html', 404],
    ['/..%5cfuera.html', 400],
    ['/%00', 400],
    ['/%zz', 400],
    ['/no-hay.html', 404],
    ['/', 200],
  ])('the path %s is answered with %i', async (path, status) => {
    expect((await ask(server.origin, { cookie }, 'GET', path)).status).toBe(status);
  });

  test('the page comes with a policy that loads nothing from outside and runs no WebAssembly', async () => {
    const { headers } = await ask(`${server.origin}/`, { cookie });
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; " +
        "font-src 'self'; connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'self'",
    );
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
    });
  });

  test('a taken port is left to whoever has it: another one is used', async () => {
    const options = { root: folder, link: noLink, log: () => undefined };
    const second = await startLoopbackServer({ ...options, port: Number(new URL(server.origin).port) });
    expect(second.origin).not.toBe(server.origin);
    expect((await ask(second.launchUrl)).status).toBe(303);
    // The first one's cookie opens nothing here, though a browser would send it.
    expect((await ask(`${second.origin}/`, { cookie })).status).toBe(403);
    await second.close();
  });

  test('the link opens only from this origin, with the cookie, at its path', async () => {
    expect(await openLink({ cookie, origin: 'http://127.0.0.1:1' })).toBeNull();
    expect(await openLink({ cookie, origin: server.origin.replace('127.0.0.1', 'localhost') })).toBeNull();
    expect(await openLink({ cookie })).toBeNull();
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
