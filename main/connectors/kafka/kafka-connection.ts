import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type Broker from 'kafkajs/src/broker/index.js';
import type { ProtocolRequest, RequestQueue } from 'kafkajs/src/broker/index.js';
import type { SocketTarget } from 'kafkajs/src/cluster/connectionPoolBuilder.js';
import type { Endpoint } from '../../../engine/api/endpoint.ts';
import { KafkaRefusal, KafkaUnavailable } from './kafka-error.ts';
import type { KafkaSecurity } from './kafka-security.ts';

/** The parts of kafkajs below its consumers and producers: sockets, versions, login, requests. */
export type KafkaModules = Awaited<ReturnType<typeof loadModules>>;

export type ServerNode = { readonly nodeId: number; readonly host: string; readonly port: number };

/** Longer than a server on this machine or network needs to accept. */
const connectTimeoutMs = 3000;
/** Kafka's `request.timeout.ms`. */
const requestTimeoutMs = 30_000;

/** kafkajs is loaded with the first connection: it takes 40 ms. */
const loadModules = async () => {
  const [broker, builder, protocol, encoder, errors, crc, loggers] = await Promise.all([
    import('kafkajs/src/broker/index.js'),
    import('kafkajs/src/cluster/connectionPoolBuilder.js'),
    import('kafkajs/src/protocol/requests/index.js'),
    import('kafkajs/src/protocol/encoder.js'),
    import('kafkajs/src/protocol/error.js'),
    import('kafkajs/src/protocol/recordBatch/crc32C/index.js'),
    import('kafkajs/src/loggers/index.js'),
  ]);
  return {
    Broker: broker.default,
    connectionPoolBuilder: builder.default,
    requests: protocol.default.requests,
    Encoder: encoder.default,
    errorCodes: errors.default.errorCodes,
    crc32c: crc.default,
    logger: loggers.default.createLogger({ level: 0, logCreator: () => () => undefined }),
  };
};

let modules: Promise<KafkaModules> | undefined;
const kafkaModules = (): Promise<KafkaModules> => (modules ??= loadModules());

/**
 * Sockets to the servers of one cluster. Opened when something is asked, opened anew after a break; never in the way of the process's end.
 * `endpoints` is asked again whenever no known server answers.
 */
export class KafkaConnection {
  readonly modules: KafkaModules;
  private readonly endpoints: () => Promise<readonly Endpoint[]>;
  private readonly pools: ReturnType<KafkaModules['connectionPoolBuilder']>;
  private readonly sockets = new Set<Socket>();
  private readonly brokers = new Map<string, Promise<Broker>>();
  private nodes = new Map<number, ServerNode>();
  private opening: Promise<Broker> | undefined;

  constructor(loaded: KafkaModules, endpoints: () => Promise<readonly Endpoint[]>, security: KafkaSecurity) {
    this.modules = loaded;
    this.endpoints = endpoints;
    this.pools = loaded.connectionPoolBuilder({
      brokers: [],
      clientId: 'marea',
      logger: loaded.logger,
      ...security,
      connectionTimeout: connectTimeoutMs,
      requestTimeout: requestTimeoutMs,
      enforceRequestTimeout: false,
      socketFactory: (target) => this.openSocket(target),
    });
  }

  static async open(endpoints: () => Promise<readonly Endpoint[]>, security: KafkaSecurity): Promise<KafkaConnection> {
    return new KafkaConnection(await kafkaModules(), endpoints, security);
  }

  /** The servers that the last metadata named. */
  learnNodes(nodes: readonly ServerNode[]): void {
    this.nodes = new Map(nodes.map((node) => [node.nodeId, node]));
  }

  /** Sends to one server by its number, or to any; answers what `decode` made of the bytes. Rejects with `KafkaUnavailable`. */
  async ask<Answer>(
    nodeId: number | 'any',
    api: { readonly name: string; readonly key: number },
    options: object,
    decode?: (payload: Buffer) => Answer,
    timeoutMs = requestTimeoutMs,
  ): Promise<Answer> {
    return this.send<Answer>(
      nodeId,
      (broker) => {
        const asked = this.request(broker, api, options);
        return decode === undefined
          ? asked
          : { ...asked, response: { ...asked.response, decode: async (payload) => decode(payload) } };
      },
      timeoutMs,
    );
  }

  /** kafkajs' form of a request, in the newest version that both sides know. */
  request(broker: Broker, api: { readonly name: string; readonly key: number }, options: object): ProtocolRequest {
    const definition = this.modules.requests[api.name];
    if (definition === undefined) throw new Error(`internal error: kafkajs has no request ${api.name}`);
    return broker.lookupRequest(api.key, definition)(options);
  }

  /** As `ask`, for a request made by the caller. */
  async send<Answer>(
    nodeId: number | 'any',
    request: (broker: Broker) => ProtocolRequest,
    timeoutMs = requestTimeoutMs,
  ): Promise<Answer> {
    try {
      return (await this.within(timeoutMs, this.exchange(nodeId, request))) as Answer;
    } catch (error) {
      throw translated(error);
    }
  }

  /** The error a server answered with, by its code. */
  refusal(code: number, message?: string): KafkaRefusal {
    const known = this.modules.errorCodes.find((row) => row.code === code);
    return new KafkaRefusal(code, known?.type ?? `ERROR_${code}`, message ?? `${known?.message ?? 'Unknown error'}.`);
  }

  /** Breaks every socket; what waits for an answer rejects. The next request connects anew. */
  break(reason: string): void {
    for (const socket of this.sockets) socket.destroy(new Error(reason));
    this.sockets.clear();
  }

  private async exchange(nodeId: number | 'any', request: (broker: Broker) => ProtocolRequest): Promise<unknown> {
    const broker = nodeId === 'any' ? await this.anyBroker() : await this.brokerOf(nodeId);
    const asked = request(broker);
    // Errors inside an answer belong to single topics: whoever asked looks at them.
    const whole = { ...asked.response, parse: async (answer: unknown) => answer };
    return broker.connectionPool.send({ ...asked, response: whole, logResponseError: false });
  }

  private openSocket({ host, port, ssl, onConnect }: SocketTarget): Socket {
    const socket = ssl
      ? connectTls({ host, port, servername: host, ...ssl }, onConnect)
      : connect({ host, port }, onConnect);
    socket.setNoDelay(true);
    socket.unref();
    this.sockets.add(socket);
    socket.once('close', () => this.sockets.delete(socket));
    return socket;
  }

  /** A server that is connected, else the first that accepts: those of the last metadata, then those of the address. */
  private anyBroker(): Promise<Broker> {
    return (this.opening ??= this.findAny().finally(() => {
      this.opening = undefined;
    }));
  }

  private async findAny(): Promise<Broker> {
    for (const opened of this.brokers.values()) {
      const broker = await opened.catch(() => undefined);
      if (broker?.isConnected()) return broker;
    }
    let failure: unknown = new KafkaUnavailable('no server was named');
    const known = [...this.nodes.values()];
    const isKnown = (address: Endpoint): boolean =>
      known.some(({ host, port }) => host === address.host && port === address.port);
    for (const address of [...known, ...(await this.endpoints()).filter((address) => !isKnown(address))]) {
      try {
        return await this.connected(address);
      } catch (error) {
        failure = error;
      }
    }
    throw failure;
  }

  private brokerOf(nodeId: number): Promise<Broker> {
    const node = this.nodes.get(nodeId);
    if (node === undefined) throw new KafkaUnavailable(`server ${nodeId} is not known`);
    return this.connected(node);
  }

  private async connected({ host, port }: { readonly host: string; readonly port: number }): Promise<Broker> {
    const key = `${host}:${port}`;
    const made = this.brokers.get(key) ?? this.makeBroker(host, port);
    this.brokers.set(key, made);
    const broker = await made;
    if (!broker.isConnected()) await broker.connect();
    return broker;
  }

  private async makeBroker(host: string, port: number): Promise<Broker> {
    const connectionPool = await this.pools.build({ host, port });
    for (const { requestQueue } of connectionPool.pool) stopIdleTimer(requestQueue);
    return new this.modules.Broker({
      connectionPool,
      logger: this.modules.logger,
      allowAutoTopicCreation: false,
      authenticationTimeout: connectTimeoutMs,
    });
  }

  /** Holds the process open until the answer is there, which the sockets do not. */
  private within<Answer>(timeoutMs: number, answer: Promise<Answer>): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.break('no answer in time');
        reject(new KafkaUnavailable(`no answer in ${timeoutMs} ms`));
      }, timeoutMs);
      void answer.then(resolve, reject).finally(() => clearTimeout(timer));
    });
  }
}

/** kafkajs 2.2.4 looks for queued requests every millisecond, for ever: only a queue that holds some needs it. */
function stopIdleTimer(queue: RequestQueue): void {
  const schedule = queue.scheduleCheckPendingRequests.bind(queue);
  queue.scheduleCheckPendingRequests = () => {
    if (queue.pending.length > 0) schedule();
  };
}

function translated(error: unknown): Error {
  if (!(error instanceof Error)) return new KafkaUnavailable(String(error));
  const { code, type } = error as { readonly code?: unknown; readonly type?: unknown };
  if (error.name === 'KafkaJSProtocolError' && typeof code === 'number')
    return new KafkaRefusal(code, String(type), error.message);
  if (error.name.startsWith('KafkaJS') && error.name !== 'KafkaJSServerDoesNotSupportApiKey')
    return new KafkaUnavailable(error.message, { cause: error });
  return error;
}
