import { assertNever } from '../../engine/core/assert-never.ts';
import { systemClock } from '../../engine/core/clock.ts';
import type { EmbeddedFigures, EmbeddedKind, EmbeddedReply, EmbeddedRequest } from './embedded-messages.ts';

/** The child process of the host in which the Kafka broker and the MongoDB server run. It ends with the host. */

type Server = {
  readonly port: number;
  readonly figures: () => EmbeddedFigures;
  /** Topics, or `database.collection` and `database`. */
  readonly drop: (name: string) => Promise<void>;
  readonly stop: () => Promise<void>;
};

const servers = new Map<EmbeddedKind, Server>();

async function startServer(kind: EmbeddedKind, folder: string, port: number): Promise<Server> {
  switch (kind) {
    case 'kafka': {
      const { KafkaBroker } = await import('./kafka/broker.ts');
      const broker = await KafkaBroker.start({ folder, port, clock: systemClock });
      return {
        port: broker.port,
        figures: () => broker.status(),
        drop: async (name) => void (await broker.deleteTopic(name)),
        stop: () => broker.stop(),
      };
    }
    case 'mongodb': {
      const { MongoServer } = await import('./mongodb/mongo-server.ts');
      const server = await MongoServer.start({ folder, port, clock: systemClock });
      return {
        port: server.port,
        figures: () => server.status(),
        drop: async (name) => {
          const dot = name.indexOf('.');
          if (dot < 0) server.dropDatabase(name);
          else server.dropCollection(name.slice(0, dot), name.slice(dot + 1));
        },
        stop: () => server.stop(),
      };
    }
    default:
      return assertNever(kind, 'service');
  }
}

/** The first of the ports that is free; any free one when all are taken. */
async function startSomewhere(kind: EmbeddedKind, folder: string, ports: readonly number[]): Promise<Server> {
  for (const port of [...ports, 0]) {
    try {
      return await startServer(kind, folder, port);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (port === 0 || (code !== 'EADDRINUSE' && code !== 'EACCES')) throw error;
    }
  }
  throw new Error('no port is free');
}

async function answer(request: EmbeddedRequest): Promise<unknown> {
  const server = servers.get(request.kind);
  switch (request.ask) {
    case 'start': {
      const started = server ?? (await startSomewhere(request.kind, request.folder, request.ports));
      servers.set(request.kind, started);
      return started.port;
    }
    case 'stop':
      servers.delete(request.kind);
      return server?.stop();
    case 'figures': {
      const { bytes, connections } = server?.figures() ?? { bytes: 0, connections: 0 };
      return { bytes, connections };
    }
    case 'drop':
      for (const name of request.names) await server?.drop(name);
      return undefined;
    default:
      return assertNever(request, 'request');
  }
}

/** Requests are answered in their order: a start and a stop never overlap. */
let last: Promise<unknown> = Promise.resolve();

process.on('message', (request: EmbeddedRequest) => {
  last = last.then(async () => {
    const reply = await answer(request).then(
      (result): EmbeddedReply => ({ id: request.id, result }),
      (error: NodeJS.ErrnoException): EmbeddedReply => ({
        id: request.id,
        failure: { message: error.message, ...(error.code === undefined ? {} : { code: error.code }) },
      }),
    );
    process.send?.(reply);
  });
});

async function end(): Promise<void> {
  await Promise.allSettled([...servers.values()].map((server) => server.stop()));
  process.exit(0);
}

process.on('disconnect', () => void end());
// Ctrl+C in a terminal reaches the whole group: the host decides when we end.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => void end());
