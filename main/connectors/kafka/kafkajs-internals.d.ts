// kafkajs publishes consumers and producers; what a connection needs lies below them and has no types. Declared is what this folder uses (2.2.4).

declare module 'kafkajs/src/broker/index.js' {
  /** A request with the version that the server speaks. `decode` reads the answer's bytes, `parse` throws for the errors in it. */
  export type ProtocolRequest = {
    readonly request: {
      readonly apiKey: number;
      readonly apiName: string;
      readonly apiVersion: number;
      readonly encode: () => Promise<unknown>;
      readonly expectResponse?: () => boolean;
    };
    readonly response: {
      readonly decode: (payload: Buffer) => Promise<unknown>;
      readonly parse: (answer: unknown) => Promise<unknown>;
    };
    readonly logResponseError?: boolean;
  };
  export type RequestDefinition = { readonly versions: readonly string[] };
  export type RequestQueue = { readonly pending: readonly unknown[]; scheduleCheckPendingRequests: () => void };
  export type ConnectionPool = {
    /** Two connections: one for Fetch, which may wait long, one for all else. */
    readonly pool: readonly { readonly requestQueue: RequestQueue }[];
    send(request: ProtocolRequest): Promise<unknown>;
  };

  export default class Broker {
    constructor(options: {
      readonly connectionPool: ConnectionPool;
      readonly logger: unknown;
      readonly allowAutoTopicCreation: boolean;
      readonly authenticationTimeout: number;
    });
    readonly connectionPool: ConnectionPool;
    readonly lookupRequest: (apiKey: number, definition: RequestDefinition) => (options: object) => ProtocolRequest;
    isConnected(): boolean;
    connect(): Promise<void>;
  }
}

declare module 'kafkajs/src/cluster/connectionPoolBuilder.js' {
  import type { Socket } from 'node:net';
  import type { ConnectionPool } from 'kafkajs/src/broker/index.js';

  export type SocketTarget = {
    readonly host: string;
    readonly port: number;
    readonly ssl: object | undefined;
    readonly onConnect: () => void;
  };
  export default function connectionPoolBuilder(options: {
    readonly brokers: readonly string[];
    readonly clientId: string;
    readonly logger: unknown;
    readonly ssl: object | undefined;
    readonly sasl: object | undefined;
    readonly connectionTimeout: number;
    readonly requestTimeout: number;
    readonly enforceRequestTimeout: boolean;
    readonly socketFactory: (target: SocketTarget) => Socket;
  }): { build(address: { readonly host: string; readonly port: number }): Promise<ConnectionPool> };
}

declare module 'kafkajs/src/protocol/requests/index.js' {
  import type { RequestDefinition } from 'kafkajs/src/broker/index.js';
  const definitions: { readonly requests: Readonly<Record<string, RequestDefinition>> };
  export default definitions;
}

declare module 'kafkajs/src/protocol/encoder.js' {
  export default class Encoder {
    writeBuffer(bytes: Uint8Array): this;
  }
}

declare module 'kafkajs/src/protocol/error.js' {
  const errors: {
    readonly errorCodes: readonly { readonly type: string; readonly code: number; readonly message: string }[];
  };
  export default errors;
}

declare module 'kafkajs/src/protocol/recordBatch/crc32C/index.js' {
  export default function crc32C(bytes: Uint8Array): number;
}

declare module 'kafkajs/src/loggers/index.js' {
  const loggers: {
    readonly createLogger: (options: { readonly level: number; readonly logCreator: () => () => void }) => unknown;
  };
  export default loggers;
}
