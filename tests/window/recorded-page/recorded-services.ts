import type { ServiceStatus } from '../../../engine/api/service-status.ts';
import type { ClockState } from '../../../main/contract/clock-state.ts';
import type { Emit, Handlers } from '../../../main/contract/host-api.ts';

const nowMs = Date.parse('2026-11-25T12:50:31+01:00');
const embedded = {
  mode: 'automatic',
  state: 'running',
  isOtherPort: false,
  bytes: 0,
  connections: 1,
  error: null,
} as const;
const services: ServiceStatus[] = [
  { ...embedded, kind: 'lines', address: '127.0.0.1:9999' },
  { ...embedded, kind: 'kafka', address: '127.0.0.1:40123', isOtherPort: true },
  { ...embedded, kind: 'relational', address: null },
  { ...embedded, kind: 'mongodb', state: 'real', address: 'localhost:27017' },
];

const base64 = (text: string): string => btoa(text);
const records = Array.from({ length: 40 }, (_, index) => ({
  offset: String(index),
  timestamp: nowMs + index * 1_000,
  key: null,
  value: base64(`{"nombre": "Ana Gil", "cantidad": ${index * 10}, "concepto": "Cena"}`),
}));
const topic = { topic: 'iabd-bizum', partitions: [{ partition: 0 }] };

/** The calls of the Kafka and MongoDB panels; the tail of the topic comes once. */
function serviceCall(): (operation: string, input: unknown) => Promise<unknown> {
  let isRead = false;
  return async (operation, input) => {
    switch (operation) {
      case 'kafka.connect':
        return { connection: 'kafka-1' };
      case 'kafka.metadata':
        return { topics: [topic] };
      case 'kafka.offsets':
        return {
          offsets: (input as { partitions: readonly { at: unknown }[] }).partitions.map(({ at }) => ({
            code: 0,
            offset: at === 'latest' ? '40' : '0',
          })),
        };
      case 'kafka.fetch': {
        if (isRead) return new Promise(() => undefined);
        isRead = true;
        return { partitions: [{ topic: topic.topic, partition: 0, code: 0, next: '40', records }] };
      }
      default:
        return {
          reply: JSON.stringify(
            JSON.stringify(input).includes('listDatabases')
              ? { databases: [{ name: 'iabd' }] }
              : { cursor: { firstBatch: [{ name: 'bizum' }] } },
          ),
        };
    }
  };
}

/** Clock and services as the real host answers them, with something to show in each panel. */
export function recordedServices(emit: Emit): Partial<Handlers> {
  const call = serviceCall();
  let clock: ClockState = { mode: 'real', rate: 1, nowMs, aheadMs: 0, nextMs: nowMs + 5_000 };
  return {
    'clock.get': async () => clock,
    'clock.set': async ({ action }) => {
      if (action.kind === 'pause') clock = { ...clock, mode: 'paused' };
      if (action.kind === 'advance') clock = { ...clock, nowMs: clock.nowMs + action.ms, aheadMs: action.ms };
      emit('clock', clock);
      return clock;
    },
    'services.list': async () => ({ services }),
    'services.start': async () => ({ services }),
    'services.call': async ({ operation, input }) => ({ output: await call(operation, input) }),
    'lines.list': async () => ({ servers: [{ port: 9999, clients: 1, waiting: 0 }] }),
    'lines.send': async ({ port, text }) => {
      emit('lines.line', { port, direction: 'sent', text, atMs: nowMs });
      return {};
    },
    'sql.run': async ({ script }) => ({
      results: [
        {
          statement: script,
          line: 1,
          columns: [
            { name: 'id', type: 'bigint unsigned' },
            { name: 'nombre', type: 'varchar' },
          ],
          rows: script.includes('information_schema')
            ? [['spark', 'usuarios']]
            : [
                ['1', 'Ana'],
                ['2', null],
              ],
          total: 2,
          note: '',
          error: null,
          durationMs: 4,
        },
      ],
    }),
    'mongo.query': async () => ({
      documents: [
        { _id: { $oid: '6b06a88b2f65603384f22387' }, window: { start: { $date: { $numberLong: String(nowMs) } } } },
      ],
      hasMore: false,
      error: null,
      durationMs: 3,
    }),
    'producer.get': async () => ({
      state: 'running',
      script: 'caso-6/bizum-kafka.py',
      exitCode: null,
      sent: 40,
      perSecond: 2.5,
      last: records.slice(-5).map(({ offset, timestamp }) => ({
        topic: topic.topic,
        partition: 0,
        offset,
        timestamp,
        key: null,
        value: '{"nombre": "Ana Gil"}',
      })),
      output: 'Enviando…\n',
    }),
  };
}
