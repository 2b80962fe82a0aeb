import net from 'node:net';

/** A free port of 127.0.0.1 may be taken on ::1; another is tried this often. */
const freePortAttempts = 5;

/**
 * Listens on 127.0.0.1 and, where the machine has IPv6, on ::1 with the same port; `port` 0 takes a free one. Rejects with the system's error
 * (`EADDRINUSE`) when either address is taken.
 */
export async function bindLoopback(
  port: number,
  accept: (socket: net.Socket) => void,
): Promise<{ readonly port: number; readonly listeners: readonly net.Server[] }> {
  for (let attempt = 1; ; attempt += 1) {
    const first = await bind('127.0.0.1', port, accept);
    const bound = portOf(first);
    try {
      return { port: bound, listeners: [first, await bind('::1', bound, accept)] };
    } catch (error) {
      if (hasNoIpv6(error)) return { port: bound, listeners: [first] };
      await new Promise((resolve) => first.close(resolve));
      if (port !== 0 || attempt === freePortAttempts) throw error;
    }
  }
}

function bind(host: string, port: number, accept: (socket: net.Socket) => void): Promise<net.Server> {
  return new Promise((resolve, reject) => {
    const listener = net.createServer({ noDelay: true }, accept);
    listener.once('error', reject);
    listener.listen({ host, port }, () => {
      listener.off('error', reject);
      // A failed accept (too many open files) must not end the process: the next one may succeed.
      listener.on('error', () => {});
      resolve(listener);
    });
  });
}

function portOf(listener: net.Server): number {
  const address = listener.address();
  if (address === null || typeof address === 'string') throw new Error('the listener has no port');
  return address.port;
}

const hasNoIpv6 = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT');
