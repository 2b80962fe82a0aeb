import { randomBytes } from 'node:crypto';
import { AppendLog } from '../append-log.ts';
import type { LogDisk } from '../append-log.ts';
import { ProtocolError } from './protocol-error.ts';
import type { TopicSettings } from './topic-settings.ts';

export type TopicEntry = {
  readonly name: string;
  /** 32 hexadecimal digits. */
  readonly id: string;
  readonly settings: TopicSettings;
  /** One for each partition: records before it were deleted. */
  readonly startOffsets: readonly number[];
};

/** One line of the catalog's log; later lines win. */
type CatalogLine =
  | { readonly kind: 'cluster'; readonly clusterId: string }
  | { readonly kind: 'topic'; readonly topic: TopicEntry }
  | { readonly kind: 'topic-deleted'; readonly name: string; readonly id: string }
  | { readonly kind: 'producer-ids'; readonly reservedUpTo: number };

/** Producer ids are reserved in blocks, so that most producers cost no write. */
const producerIdBlock = 1000;
const compactAboveBytes = 256 << 10;

/** What the broker knows beside the records: its cluster id, its topics, and which producer ids it has given away. */
export class BrokerCatalog {
  readonly #log: AppendLog;
  readonly #topics = new Map<string, TopicEntry>();
  #clusterId = '';
  #nextProducerId = 0;
  #reservedProducerIds = 0;

  private constructor(file: string, disk: LogDisk | undefined) {
    // The lines are ours: nothing else writes this log, and its checksums tell damage.
    this.#log = AppendLog.open(file, (line) => this.#take(JSON.parse(line.toString('utf8')) as CatalogLine), disk);
    this.#nextProducerId = this.#reservedProducerIds;
    if (this.#clusterId === '') this.#write({ kind: 'cluster', clusterId: randomBytes(16).toString('base64url') });
    else if (this.#log.size > compactAboveBytes) this.#compact();
  }

  static open(file: string, disk?: LogDisk): BrokerCatalog {
    return new BrokerCatalog(file, disk);
  }

  get clusterId(): string {
    return this.#clusterId;
  }

  get truncatedBytes(): number {
    return this.#log.recovered?.truncatedBytes ?? 0;
  }

  topics(): readonly TopicEntry[] {
    return [...this.#topics.values()];
  }

  /** Adds a topic, or replaces the one of its name. Throws `KAFKA_STORAGE_ERROR` when the disk refuses. */
  saveTopic(topic: TopicEntry): void {
    this.#write({ kind: 'topic', topic });
  }

  /** Nothing happens to another topic that has taken the name meanwhile. */
  deleteTopic(name: string, id: string): void {
    this.#write({ kind: 'topic-deleted', name, id });
  }

  /** An id that no producer has had. */
  nextProducerId(): number {
    if (this.#nextProducerId === this.#reservedProducerIds)
      this.#write({ kind: 'producer-ids', reservedUpTo: this.#reservedProducerIds + producerIdBlock });
    this.#nextProducerId += 1;
    return this.#nextProducerId - 1;
  }

  sync(): Promise<void> {
    return this.#log.sync();
  }

  close(): void {
    this.#log.close();
  }

  #write(line: CatalogLine): void {
    try {
      this.#log.append(encode(line));
    } catch (error) {
      throw new ProtocolError('KAFKA_STORAGE_ERROR', `The disk refused the change: ${String(error)}`, { cause: error });
    }
    this.#take(line);
  }

  #take(line: CatalogLine): void {
    switch (line.kind) {
      case 'cluster':
        this.#clusterId = line.clusterId;
        return;
      case 'topic':
        this.#topics.set(line.topic.name, line.topic);
        return;
      case 'topic-deleted':
        if (this.#topics.get(line.name)?.id === line.id) this.#topics.delete(line.name);
        return;
      case 'producer-ids':
        this.#reservedProducerIds = line.reservedUpTo;
        return;
      default:
        return line satisfies never;
    }
  }

  #compact(): void {
    const lines: readonly CatalogLine[] = [
      { kind: 'cluster', clusterId: this.#clusterId },
      { kind: 'producer-ids', reservedUpTo: this.#reservedProducerIds },
      ...this.topics().map((topic) => ({ kind: 'topic', topic }) as const),
    ];
    try {
      this.#log.rewrite(lines.map(encode));
    } catch {
      // A full disk: the longer log says the same.
    }
  }
}

const encode = (line: CatalogLine): Buffer => Buffer.from(JSON.stringify(line), 'utf8');
