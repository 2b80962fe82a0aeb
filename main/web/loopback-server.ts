import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { serveLink, type HostLink } from '../host/serve-link.ts';
import { securityHeaders } from './content-policy.ts';
import { LaunchTickets } from './launch-tickets.ts';
import { socketWire } from './socket-wire.ts';
import { staticFile } from './static-files.ts';

export type LoopbackOptions = {
  /** Folder of the built window. */
  readonly root: string;
  readonly link: HostLink;
  /** 0 or absent: the system chooses; a taken one falls back to that. */
  readonly port?: number;
  readonly log: (message: string) => void;
};

export type LoopbackServer = {
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  /** Opens the window as often as wanted; it holds the secret of this start, and is for its owner's eyes and files alone. */
  readonly launchUrl: string;
  /** Opens the window once: for the arguments of a browser, which others can read. */
  readonly ticketUrl: () => string;
  readonly close: () => Promise<void>;
};

/** Windows at the same time. */
const mostWindows = 8;
/** An imported notebook with pictures fits; anything larger closes the link. */
const largestFrame = 80 << 20;

/** Asks the server of a launch link for one that opens its window once; one that has no such links is opened by the launch link itself. */
export async function ticketFrom(launchUrl: string): Promise<string> {
  try {
    const response = await fetch(`${launchUrl}&${ticketWish}`, { redirect: 'manual' });
    return response.ok ? await response.text() : launchUrl;
  } catch {
    return launchUrl;
  }
}

const ticketWish = 'ticket';

type Gate = {
  readonly origin: string;
  readonly cookie: string;
  readonly token: string;
  readonly session: string;
  readonly tickets: LaunchTickets;
};

const ticketUrl = ({ origin, tickets }: Gate): string => `${origin}/?t=${tickets.make()}`;

/**
 * Browser mode: the window and its link on 127.0.0.1. The launch link holds a secret of this start and is exchanged for a cookie named by port
 * (cookies ignore ports); every request must name this very host (DNS rebinding), the upgrade also this origin: another page of this machine
 * is same-site, so the cookie alone would not keep it out.
 */
export async function startLoopbackServer(options: LoopbackOptions): Promise<LoopbackServer> {
  const token = randomBytes(32).toString('base64url');
  const session = randomBytes(32).toString('base64url');
  const sockets = new WebSocketServer({ noServer: true, maxPayload: largestFrame, perMessageDeflate: false });
  let gate: Gate = { origin: '', cookie: '', token, session, tickets: new LaunchTickets() };
  const server = createServer((request, response) => {
    answer(request, response, gate, options.root).catch((error: unknown) => {
      options.log(`request failed: ${String(error)}`);
      response.destroy();
    });
  });
  server.headersTimeout = 10_000;
  server.requestTimeout = 20_000;
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const refusal = refuseUpgrade(request, gate, sockets.clients.size);
    if (refusal) {
      options.log(`link refused: ${refusal}`);
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (client) => {
      client.on('error', (error) => options.log(`link: ${error.message}`));
      serveLink(socketWire(client), options.link);
    });
  });
  const port = await listen(server, options.port ?? 0);
  gate = { ...gate, origin: `http://127.0.0.1:${port}`, cookie: `marea_${port}` };
  return {
    origin: gate.origin,
    launchUrl: `${gate.origin}/?t=${token}`,
    ticketUrl: () => ticketUrl(gate),
    close: async () => {
      for (const client of sockets.clients) client.terminate();
      sockets.close();
      await new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      });
    },
  };
}

async function listen(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  const tryPort = (wanted: number): Promise<void> =>
    new Promise((done, fail) => {
      server.once('error', fail);
      server.listen({ host: '127.0.0.1', port: wanted, exclusive: true }, () => {
        server.off('error', fail);
        done();
      });
    });
  try {
    await tryPort(port);
  } catch (error) {
    if (port === 0) throw error;
    await tryPort(0);
  }
  return (server.address() as AddressInfo).port;
}

async function answer(request: IncomingMessage, response: ServerResponse, gate: Gate, root: string): Promise<void> {
  const deny = (status: number, text: string): void => {
    response.writeHead(status, { ...securityHeaders, 'content-type': 'text/plain; charset=utf-8' });
    response.end(text);
  };
  if (!isOwnHost(request, gate)) return deny(421, 'wrong host');
  if (request.method !== 'GET' && request.method !== 'HEAD') return deny(405, 'method not allowed');
  const url = new URL(request.url ?? '/', gate.origin);
  const offered = url.searchParams.get('t');
  if (offered !== null) {
    const isOwner = sameSecret(offered, gate.token);
    if (isOwner && url.searchParams.has(ticketWish)) {
      response.writeHead(200, { ...securityHeaders, 'content-type': 'text/plain', 'cache-control': 'no-store' });
      response.end(ticketUrl(gate));
      return;
    }
    if (!isOwner && !gate.tickets.use(offered) && !hasCookie(request, gate))
      return deny(403, 'Este enlace ya no vale. Vuelve a arrancar Marea y usa el enlace que imprime.');
    const cookie = `${gate.cookie}=${gate.session}; Path=/; HttpOnly; SameSite=Strict`;
    response.writeHead(303, { ...securityHeaders, 'set-cookie': cookie, location: '/', 'cache-control': 'no-store' });
    response.end();
    return;
  }
  if (!hasCookie(request, gate)) return deny(403, 'Abre el enlace que Marea imprimió al arrancar.');
  const file = await staticFile(root, url.pathname);
  response.writeHead(file.status, { ...file.headers });
  response.end(request.method === 'HEAD' ? undefined : file.body);
}

function refuseUpgrade(request: IncomingMessage, gate: Gate, windows: number): string | null {
  if (!isOwnHost(request, gate)) return 'host';
  if (request.headers.origin !== gate.origin) return 'origin';
  if (new URL(request.url ?? '/', gate.origin).pathname !== '/link') return 'path';
  if (!hasCookie(request, gate)) return 'cookie';
  if (windows >= mostWindows) return 'too many windows';
  return null;
}

const isOwnHost = (request: IncomingMessage, gate: Gate): boolean =>
  request.headers.host === gate.origin.slice('http://'.length);

const hasCookie = (request: IncomingMessage, gate: Gate): boolean =>
  (request.headers.cookie ?? '').split(/;\s*/).some((part) => {
    const equals = part.indexOf('=');
    return equals > 0 && part.slice(0, equals) === gate.cookie && sameSecret(part.slice(equals + 1), gate.session);
  });

/** Compares digests, so that the time taken says nothing about the secret. */
function sameSecret(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
