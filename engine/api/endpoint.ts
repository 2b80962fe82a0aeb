import type { RelationalAddress, RelationalClient } from './relational-client.ts';

export type ServiceKind = 'kafka' | 'mongodb' | 'relational' | 'lines';

/** A server to connect to. `embedded`: one of ours, loopback only. */
export type Endpoint = { readonly host: string; readonly port: number; readonly embedded: boolean };

/**
 * Finds the server behind an address of the learner's code: the real one when it answers a handshake there, else the embedded one, started on demand.
 * The course's names (`iabd-virtualbox:9092`) need no hosts file. Rejects only when the learner chose "real" and none answers, with the client's own error.
 */
export interface Endpoints {
  /** `bootstrapServers`: `kafka.bootstrap.servers` as written, `host:port[,host:port]`. */
  kafka(bootstrapServers: string): Promise<readonly Endpoint[]>;
  /** `uri`: a `mongodb://…` connection string; answers the string to connect with. */
  mongodb(uri: string): Promise<{ readonly uri: string; readonly embedded: boolean }>;
  /** An opened connection, logged in; rejects with `RelationalError` (a wrong password: 1045). */
  relational(address: RelationalAddress): Promise<RelationalClient>;
  /** A TCP line server (`nc -lk`). */
  lines(host: string, port: number): Promise<Endpoint>;
}
