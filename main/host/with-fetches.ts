import * as z from 'zod';
import type { ServiceCalls } from '../../engine/api/service-calls.ts';
import { contentOf, type InputItem } from '../workspace/input-item.ts';

export type FetchedRecord = Extract<InputItem, { readonly kind: 'record' }>;

const base64Schema = z.string().nullable();
/** What `kafka.fetch` answers, as far as it is looked at here. */
const fetchedSchema = z.object({
  partitions: z.array(
    z.object({
      topic: z.string(),
      partition: z.number(),
      records: z.array(
        z.object({
          offset: z.string(),
          timestamp: z.number(),
          key: base64Schema,
          value: base64Schema,
          headers: z.array(z.tuple([z.string(), base64Schema])),
        }),
      ),
    }),
  ),
});

/** The same services; the records that a consumer in Python gets are told. */
export const withFetches = (
  services: ServiceCalls,
  tell: (records: readonly FetchedRecord[]) => void,
): ServiceCalls => ({
  call: async (operation, input, signal) => {
    const answer = await services.call(operation, input, signal);
    if (operation === 'kafka.fetch') {
      const records = recordsOf(answer);
      if (records.length > 0) tell(records);
    }
    return answer;
  },
  closeAll: () => services.closeAll(),
});

function recordsOf(answer: unknown): readonly FetchedRecord[] {
  const fetched = fetchedSchema.safeParse(answer).data?.partitions ?? [];
  return fetched.flatMap(({ topic, partition, records }) =>
    records.map((record) => ({
      kind: 'record',
      topic,
      partition,
      offset: Number(record.offset),
      timestampMs: record.timestamp,
      key: content(record.key),
      value: content(record.value),
      headers: record.headers.map(([name, value]) => [name, content(value)]),
    })),
  );
}

const content = (base64: string | null): FetchedRecord['key'] =>
  base64 === null ? null : contentOf(Buffer.from(base64, 'base64'));
