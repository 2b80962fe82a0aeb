import type { Endpoints } from '../../../engine/api/endpoint.ts';
import { KafkaClient } from './kafka-client.ts';
import { KafkaConnection } from './kafka-connection.ts';
import { errorCode } from './kafka-error.ts';
import type { KafkaSecurity } from './kafka-security.ts';
import type { OffsetMap } from './offset-map.ts';
import { PartitionPoll } from './partition-poll.ts';
import type { Patience } from './patience.ts';

/** The server holds the question so long; twice a second costs nothing. */
const maxWaitMs = 500;
/** The smallest answer that says "there is something": the records themselves are read by the batch. */
const limits = { maxWaitMs, minBytes: 1, maxBytes: 1, maxPartitionBytes: 1 };

/**
 * Tells a query that records have come, so that it need not ask every few milliseconds. Asks on a connection of its own, as the server's answer may wait.
 * What it misses, the query's own looks find.
 */
export class DataWatch {
  private readonly connect: () => Promise<KafkaConnection>;
  private readonly patience: Patience;
  private readonly notify: () => void;
  private connection: KafkaConnection | undefined;
  private poll: PartitionPoll | undefined;
  private ends: OffsetMap | undefined;
  private isRunning = false;

  constructor(endpoints: Endpoints, servers: string, security: KafkaSecurity, patience: Patience, notify: () => void) {
    this.patience = patience;
    this.notify = notify;
    this.connect = () => KafkaConnection.open(() => endpoints.kafka(servers), security);
  }

  /** Waits for records from these offsets on, in the place of those before. */
  from(ends: OffsetMap): void {
    this.ends = ends;
    if (this.isRunning || ends.size === 0) return;
    this.isRunning = true;
    void this.run();
  }

  stop(): void {
    this.ends = undefined;
    this.connection?.break('stopped');
  }

  private async run(): Promise<void> {
    this.connection ??= await this.connect();
    this.poll ??= new PartitionPoll(new KafkaClient(this.connection), this.connection);
    while (this.ends !== undefined && !this.patience.isStopped) {
      const asked = this.ends;
      const found = await this.poll.poll([...asked.values()], limits).catch(() => undefined);
      if (found === undefined || found.some((partition) => partition.errorCode !== errorCode.none)) {
        await this.patience.pause(maxWaitMs);
      } else if (asked === this.ends && found.some(({ nextOffset }) => nextOffset !== null)) {
        // Until the query has looked, the same answer would come again at once.
        this.ends = undefined;
        this.notify();
      }
    }
    this.isRunning = false;
  }
}
