import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../../engine/core/clock.ts';
import type { LogDisk } from '../append-log.ts';
import { FrameServer } from '../frame-server.ts';
import type { FrameFormat } from '../frame-splitter.ts';
import { BrokerCatalog } from './broker-catalog.ts';
import type { BrokerParts } from './broker-parts.ts';
import { CommittedOffsets } from './committed-offsets.ts';
import { configRoutes } from './config-requests.ts';
import { dataRoutes } from './data-requests.ts';
import { groupAdminRoutes } from './group-admin-requests.ts';
import { GroupCoordinator } from './group-coordinator.ts';
import { groupRoutes } from './group-requests.ts';
import { BadRequestError, createRouter } from './request-router.ts';
import { deleteTopic, topicRoutes } from './topic-requests.ts';
import { TopicStore } from './topic-store.ts';
import type { StoreLimits } from './topic-store.ts';

export type KafkaBrokerOptions = {
  /** Where topics and offsets are kept; made when it is not there. One broker at a time. */
  readonly folder: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** For the broker's own times (LogAppendTime, `retention.ms`); timeouts of groups and requests are real time. */
  readonly clock: Clock;
  readonly limits?: Partial<StoreLimits>;
  /** Told of every batch that was stored. */
  readonly onAppend?: BrokerParts['onAppend'];
  /** An error of ours while a request was answered; its connection is closed. */
  readonly onFault?: (error: unknown) => void;
  readonly disk?: LogDisk;
};

export type KafkaBrokerStatus = {
  readonly topics: number;
  readonly bytes: number;
  readonly connections: number;
  /** What a crash had left half-written and the start cut off. */
  readonly recovered?: { readonly truncatedBytes: number };
};

export type TopicSummary = {
  readonly name: string;
  readonly partitions: readonly { readonly startOffset: number; readonly endOffset: number; readonly bytes: number }[];
};

/** Kafka's own limit (`socket.request.max.bytes`). No request is shorter than its header; HTTP, read as a length, is far longer than the limit. */
const frames: FrameFormat = {
  byteOrder: 'big-endian',
  lengthCountsItself: false,
  minLength: 8,
  maxLength: 100 << 20,
};
const defaultLimits: StoreLimits = { totalBytes: 1 << 30, maxPartitions: 2000 };
/** A crash of the process loses nothing; a power cut loses at most this much time. */
const syncEveryMs = 1000;

/**
 * A single-node Kafka broker on loopback: message format 2, consumer groups, idempotent producers, the common admin requests. No replication, no
 * transactions, no log compaction, no access control. What it acknowledged survives the end of its process.
 */
export class KafkaBroker {
  readonly #parts: BrokerParts;
  readonly #server: FrameServer;
  readonly #timer: NodeJS.Timeout;
  readonly #truncatedBytes: number;
  #stopping: Promise<void> | null = null;

  private constructor(parts: BrokerParts, server: FrameServer) {
    this.#parts = parts;
    this.#server = server;
    this.#truncatedBytes =
      parts.catalog.truncatedBytes + parts.topics.truncatedBytes + parts.groups.offsets.truncatedBytes;
    this.#timer = setInterval(() => {
      parts.topics.applyRetention();
      void Promise.all([parts.topics.sync(), parts.groups.offsets.sync()]);
    }, syncEveryMs);
    this.#timer.unref();
  }

  /** Rejects with the system's error when the port is taken (`EADDRINUSE`) or the folder cannot be used. */
  static async start(options: KafkaBrokerOptions): Promise<KafkaBroker> {
    const { folder, clock, disk, onFault = () => {} } = options;
    mkdirSync(folder, { recursive: true });
    const limits = { ...defaultLimits, ...options.limits };
    const catalog = BrokerCatalog.open(join(folder, 'catalog.log'), disk);
    const topics = await TopicStore.open({ folder: join(folder, 'topics'), catalog, clock, limits, disk });
    const groups = new GroupCoordinator(CommittedOffsets.open(join(folder, 'offsets.log'), disk));
    let port = options.port;
    const parts: BrokerParts = { catalog, topics, groups, port: () => port, onAppend: options.onAppend ?? (() => {}) };
    const answer = createRouter([
      ...dataRoutes(parts),
      ...groupRoutes(parts),
      ...groupAdminRoutes(parts),
      ...topicRoutes(parts),
      ...configRoutes(parts),
    ]);
    try {
      const server = await FrameServer.listen({
        port,
        format: frames,
        handlers: {
          handle: answer,
          onError: (error) => {
            if (!(error instanceof BadRequestError)) onFault(error);
          },
        },
      });
      port = server.port;
      return new KafkaBroker(parts, server);
    } catch (error) {
      closeParts(parts);
      throw error;
    }
  }

  get port(): number {
    return this.#server.port;
  }

  status(): KafkaBrokerStatus {
    return {
      topics: this.#parts.topics.list().length,
      bytes: this.#parts.topics.bytes,
      connections: this.#server.connections,
      ...(this.#truncatedBytes > 0 ? { recovered: { truncatedBytes: this.#truncatedBytes } } : {}),
    };
  }

  topics(): readonly TopicSummary[] {
    return this.#parts.topics.list().map(({ name, partitions }) => ({
      name,
      partitions: partitions.map(({ startOffset, endOffset, bytes }) => ({ startOffset, endOffset, bytes })),
    }));
  }

  /** Deletes a topic with its records and the groups' offsets in it; answers false when there is none of that name. */
  async deleteTopic(name: string): Promise<boolean> {
    const topic = this.#parts.topics.byName(name);
    if (topic === undefined) return false;
    await deleteTopic(this.#parts, topic);
    return true;
  }

  /** Closes every connection and file. May be called again. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    clearInterval(this.#timer);
    // Members that wait for a rebalance would hold their connections.
    this.#parts.groups.close();
    await this.#server.close();
    await Promise.all([this.#parts.topics.sync(), this.#parts.groups.offsets.sync()]);
    closeParts(this.#parts);
  }
}

function closeParts({ topics, groups, catalog }: BrokerParts): void {
  groups.close();
  groups.offsets.close();
  topics.close();
  catalog.close();
}
