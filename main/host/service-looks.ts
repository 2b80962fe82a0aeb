import type { Endpoints } from '../../engine/api/endpoint.ts';
import { RelationalError } from '../../engine/api/relational-client.ts';
import type { CheckContext, CheckedRecord, CheckedTable } from '../../exercises/check-context.ts';
import type { ExerciseServices } from '../../exercises/define-exercise.ts';
import { courseLogin, type HostServices } from './host-services.ts';
import type { PanelServices } from './panel-services.ts';
import { plainJson } from './plain-json.ts';

const courseServers = 'localhost:9092';

type Looks = Pick<CheckContext, 'topic' | 'table' | 'collection'>;
type Document = Readonly<Record<string, unknown>>;

/** What a check can see of a topic or a collection. */
const seenRecords = 500;
const seenBytes = 4 << 20;
/** A server that does not answer a check in this time has nothing to show. */
const patienceMs = 2000;

/** What the checks of an exercise see of the services. A look starts nothing: a server that nobody used yet is empty. */
export class ServiceLooks {
  readonly #services: HostServices;
  readonly #panels: PanelServices;

  constructor(services: HostServices, panels: PanelServices) {
    this.#services = services;
    this.#panels = panels;
  }

  async take({ topics, tables, collections }: ExerciseServices): Promise<Looks> {
    const inUse = new Set(
      (await this.#services.status())
        .filter(({ state }) => state === 'running' || state === 'real')
        .map(({ kind }) => kind),
    );
    const { endpoints } = this.#services;
    const [records, rows, documents] = await Promise.all([
      looked(inUse.has('kafka') ? topics : [], (name) => newestRecords(endpoints, name)),
      looked(inUse.has('relational') ? tables : [], (name) => wholeTable(endpoints, name)),
      looked(inUse.has('mongodb') ? collections : [], (name) => this.#documents(name)),
    ]);
    return {
      topic: (name) => records.get(name) ?? [],
      table: (name) => rows.get(name) ?? null,
      collection: (name) => documents.get(name) ?? [],
    };
  }

  /**
   * Makes the topics of an exercise in our broker, as the course's `kafka-topics.sh --create` does: a query on a topic that does not exist fails.
   * On a real server the learner makes them: nothing appears there by opening an activity.
   */
  async prepare({ topics }: ExerciseServices): Promise<void> {
    if (topics.length === 0) return;
    const endpoints = await this.#services.endpoints.kafka(courseServers);
    if (endpoints.some(({ embedded }) => !embedded)) return;
    const { kafkaClient } = await import('../connectors/kafka/kafka-client.ts');
    const client = await kafkaClient(this.#services.endpoints, courseServers);
    // A topic that is there already is an answer like any other.
    await client.createTopics(topics.map((topic) => ({ topic, partitions: 1, replicationFactor: 1, settings: {} })));
  }

  /**
   * "Empezar de cero": topics and collections go, tables of the course are filled again and others go. What an earlier session left lies in servers that
   * may not run yet; a real server is the learner's own and keeps everything.
   */
  async clear({ topics, tables, collections }: ExerciseServices): Promise<void> {
    const { embedded } = this.#services;
    const named = { kafka: topics, mongodb: collections, relational: tables };
    const needed = (['kafka', 'mongodb', 'relational'] as const).filter((kind) => named[kind].length > 0);
    await Promise.allSettled(needed.map((kind) => this.#services.start(kind)));
    await Promise.all([embedded.drop('kafka', topics), embedded.drop('mongodb', collections)]);
    if (tables.length === 0 || embedded.state('relational').state !== 'running') return;
    const client = await embedded.connect(courseLogin);
    try {
      for (const table of tables.filter((name) => name !== courseTable))
        await client.query(`DROP TABLE IF EXISTS ${table}`);
    } finally {
      await client.close();
    }
    if (tables.includes(courseTable)) await embedded.resetRelational();
  }

  async #documents(name: string): Promise<readonly Document[]> {
    const dot = name.indexOf('.');
    const answer = await this.#panels.call('mongodb.command', {
      uri: 'mongodb://localhost:27017',
      database: name.slice(0, dot),
      command: JSON.stringify({ find: name.slice(dot + 1), limit: seenRecords, singleBatch: true }),
    });
    const { reply } = answer as { readonly reply?: string };
    const found = reply === undefined ? {} : (plainJson(JSON.parse(reply)) as Document);
    const cursor = found['cursor'] as { readonly firstBatch?: readonly Document[] } | undefined;
    return cursor?.firstBatch ?? [];
  }
}

const courseTable = 'spark.usuarios';

/** One look for each name; a look that fails or takes too long is left out. */
async function looked<Seen>(
  names: readonly string[],
  look: (name: string) => Promise<Seen>,
): Promise<ReadonlyMap<string, Seen>> {
  const seen = new Map<string, Seen>();
  const limit = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), patienceMs).unref());
  await Promise.all(
    names.map(async (name) => {
      const found = await Promise.race([look(name).catch(() => undefined), limit]);
      if (found !== undefined) seen.set(name, found);
    }),
  );
  return seen;
}

async function newestRecords(endpoints: Endpoints, topic: string): Promise<readonly CheckedRecord[]> {
  const { kafkaClient } = await import('../connectors/kafka/kafka-client.ts');
  const client = await kafkaClient(endpoints, courseServers);
  const [described] = await client.describeTopics([topic]);
  const places = described?.partitions.map(({ partition }) => ({ topic, partition })) ?? [];
  const ends = await client.listOffsets(places.map((place) => ({ ...place, at: 'latest' as const })));
  const records: CheckedRecord[] = [];
  for (const { partition, offset: end } of ends) {
    for (let offset = Math.max(0, end - seenRecords); offset < end;) {
      const fetched = await client.fetch({ topic, partition, offset, maxBytes: seenBytes, maxWaitMs: 0 });
      for (const record of fetched.records) if (record.offset >= offset) records.push({ ...asText(record), partition });
      if (fetched.nextOffset === null || fetched.nextOffset <= offset) break;
      offset = fetched.nextOffset;
    }
  }
  return records.toSorted((a, b) => a.timestampMs - b.timestampMs || a.offset - b.offset);
}

const asText = (record: {
  readonly offset: number;
  readonly timestampMs: number;
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
}): Omit<CheckedRecord, 'partition'> => ({
  offset: record.offset,
  timestampMs: record.timestampMs,
  key: textOf(record.key),
  value: textOf(record.value),
});

const textOf = (bytes: Uint8Array | null): string | null => (bytes === null ? null : Buffer.from(bytes).toString());

async function wholeTable(endpoints: Endpoints, table: string): Promise<CheckedTable | null> {
  const client = await endpoints.relational(courseLogin);
  try {
    const result = await client.query(`SELECT * FROM ${table}`);
    if (result.kind !== 'rows') return null;
    return {
      columns: result.columns.map(({ name }) => name),
      rows: result.rows.map((row) => row.map((value) => (value === null ? null : String(value)))),
    };
  } catch (error) {
    if (error instanceof RelationalError) return null;
    throw error;
  } finally {
    await client.close();
  }
}
