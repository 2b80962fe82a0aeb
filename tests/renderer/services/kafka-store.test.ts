import { expect, test } from 'vitest';
import type { PanelRecord } from '../../../main/contract/service-schema.ts';
import { recordedHost } from '../../../renderer/host/recorded-host.ts';
import { KafkaStore } from '../../../renderer/services/kafka-store.ts';

type Places = { readonly partitions: readonly { readonly topic: string; readonly at: string }[] };

function storeOver(created: { readonly code: number; readonly message: string | null } = { code: 0, message: null }) {
  const produced: (readonly PanelRecord[])[] = [];
  const answers: Readonly<Record<string, (input: Places) => unknown>> = {
    'kafka.connect': () => ({ connection: 'c' }),
    'kafka.metadata': () => ({
      topics: [
        { topic: 'b', partitions: [{ partition: 1 }, { partition: 0 }] },
        { topic: '__consumer_offsets', partitions: [{ partition: 0 }] },
        { topic: 'a', partitions: [{ partition: 0 }] },
      ],
    }),
    'kafka.offsets': ({ partitions }) => ({
      offsets: partitions.map(({ at }, index) => ({ code: 0, offset: at === 'latest' ? String(10 + index) : '2' })),
    }),
    'kafka.create_topics': () => ({ topics: [created] }),
  };
  const host = recordedHost(() => ({
    'services.call': async ({ operation, input }) => ({ output: answers[operation]?.(input as Places) }),
    'kafka.produce': async ({ records }) => {
      produced.push(records);
      return {};
    },
  }));
  return { store: new KafkaStore(host), produced };
}

test('topics are listed by name with what each partition holds; those of Kafka itself are not', async () => {
  const { store } = storeOver();
  await store.refresh();
  expect(store.state.get().topics).toEqual([
    { topic: 'a', partitions: [{ partition: 0, first: 2, end: 10 }] },
    {
      topic: 'b',
      partitions: [
        { partition: 0, first: 2, end: 11 },
        { partition: 1, first: 2, end: 12 },
      ],
    },
  ]);
});

test('a topic that the server refuses is refused in the server’s words', async () => {
  const { store } = storeOver({ code: 36, message: "Topic 'a' already exists." });
  await expect(store.create('a', 1)).rejects.toThrow("Topic 'a' already exists.");
});

test('a long file is sent in several requests, in its order', async () => {
  const { store, produced } = storeOver();
  const records = Array.from({ length: 2_500 }, (_, index) => ({ key: null, value: String(index) }));
  await store.produce('a', records);
  expect(produced.map((part) => part.length)).toEqual([1_000, 1_000, 500]);
  expect(produced.flat()).toEqual(records);
});
