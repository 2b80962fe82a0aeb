import { solutionCriteria } from '../../../exercises/solution-criteria.ts';
import type { RequestInput } from '../../../main/contract/requests.ts';
import { consoleTables } from '../../../main/workspace/console-tables.ts';
import { gridText } from '../../../renderer/capture/grid-text.ts';
import { shellText } from '../../../renderer/services/document-text.ts';
import { KafkaLink } from '../../../renderer/services/kafka-link.ts';
import type { TestWindow } from '../../main/host/test-window.ts';

/** What a student can capture with one click. */
export type Draft = RequestInput<'evidence.draft'>;

/** As many as a student sees without scrolling. */
const mostMessages = 12;

const view = (window: TestWindow) => ({ path: window.path, cell: null, runId: null });

/** Of the graded queries of the open notebook, their last console blocks with rows. */
export const consoleDrafts = (window: TestWindow): readonly Draft[] =>
  gradedCells.flatMap((cell) => blocksOf(window, cell).slice(-mostBlocks));

const gradedCells = solutionCriteria.flatMap(({ queries }) => queries.map(({ cell }) => cell));
/** Windows that slide are asked for in two batches. */
const mostBlocks = 2;

const blocksOf = (window: TestWindow, wanted: string): readonly Draft[] =>
  window.heard.flatMap(({ name, event }): readonly Draft[] => {
    if (name !== 'query.event' || event.path !== window.path || event.event.kind !== 'console_text') return [];
    const { text, runId, cell, name: query } = event.event;
    const isShown = cell === wanted && consoleTables(text).some(({ rows }) => rows.length > 0);
    return isShown ? [{ kind: 'console', path: window.path, cell, query, runId, text }] : [];
  });

/** What a cell printed. */
export const outputDrafts = (window: TestWindow, cell: string): readonly Draft[] => [
  { ...view(window), kind: 'output', cell, query: null, text: window.printed(cell) },
];

/** The messages of a topic's first partition, in the columns of the Kafka panel. */
export async function messageDrafts(window: TestWindow, topic: string): Promise<readonly Draft[]> {
  const link = new KafkaLink({
    request: (name, input) => window.request(name, input),
    on: () => () => undefined,
    onLink: () => () => undefined,
  });
  const partitions = [{ topic, partition: 0, offset: '0' }];
  const limits = { maxWaitMs: 0, minBytes: 1, maxBytes: 1 << 20, maxPartitionBytes: 1 << 20 };
  const fetched = await link.ask('fetch', { partitions, ...limits });
  const rows = (fetched.partitions[0]?.records ?? []).slice(0, mostMessages).map(({ offset, timestamp, value }) => {
    const time = new Date(timestamp).toISOString().slice(11, 19);
    return ['0', offset, time, 'null', value === null ? 'null' : Buffer.from(value, 'base64').toString()];
  });
  const text = gridText(['Partición', 'Offset', 'Hora', 'Clave', 'Valor'], rows);
  return [{ ...view(window), kind: 'kafka', query: topic, text }];
}

/** The documents of a collection, in the columns of the Mongo panel. */
export async function documentDrafts(window: TestWindow, collection: string): Promise<readonly Draft[]> {
  const [database = '', inside = ''] = collection.split('.');
  const query = { kind: 'find', database, collection: inside, filter: '{}', sort: '', limit: 50 } as const;
  const { documents } = await window.request('mongo.query', query);
  const columns = [...new Set(documents.flatMap((document) => Object.keys(document)))];
  const rows = documents.map((document) => columns.map((column) => shellText(document[column])));
  const text = `db.getSiblingDB('${database}').getCollection('${inside}').find().limit(50)\n${gridText(columns, rows)}`;
  return [{ ...view(window), kind: 'mongo', query: collection, text }];
}
