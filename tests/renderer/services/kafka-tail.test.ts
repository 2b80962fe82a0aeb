import { describe, expect, test, vi } from 'vitest';
import { recordedHost } from '../../../renderer/host/recorded-host.ts';
import { KafkaLink } from '../../../renderer/services/kafka-link.ts';
import { KafkaTail, mostMessages } from '../../../renderer/services/kafka-tail.ts';

type Call = { readonly operation: string; readonly input: unknown };
type Answers = Readonly<Record<string, (input: never) => unknown>>;

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const record = (offset: number, value: string, timestamp = offset) => ({
  offset: String(offset),
  timestamp,
  key: null,
  value: base64(value),
});
const partition = (number: number, next: number, ...records: readonly ReturnType<typeof record>[]) => ({
  topic: 't',
  partition: number,
  code: 0,
  next: String(next),
  records,
});

/** A broker of answers by operation; fetches are answered in turn, and the last of them never. */
function tailOver(answers: Answers, fetches: readonly (readonly ReturnType<typeof partition>[])[]) {
  const calls: Call[] = [];
  const left = [...fetches];
  const forever = new Promise<never>(() => undefined);
  const host = recordedHost(() => ({
    'services.call': async ({ operation, input }) => {
      calls.push({ operation, input });
      if (operation === 'kafka.connect') return { output: { connection: 'c' } };
      if (operation === 'kafka.fetch') {
        const partitions = left.shift();
        return partitions === undefined ? forever : { output: { partitions } };
      }
      return { output: answers[operation]?.(input as never) };
    },
  }));
  const tail = new KafkaTail(new KafkaLink(host), async () => undefined);
  const waitFor = (count: number) => vi.waitFor(() => expect(tail.state.get().read).toBe(count));
  return { tail, calls, waitFor };
}

const offsets = (...found: readonly string[]) => ({
  'kafka.offsets': () => ({ offsets: found.map((offset) => ({ code: 0, offset })) }),
});

describe('the tail of a topic', () => {
  test('reads on from where each partition was left, in the order of time', async () => {
    const { tail, calls, waitFor } = tailOver(offsets('3', '0'), [
      [partition(0, 5, record(3, 'tres', 30), record(4, 'cuatro', 50)), partition(1, 1, record(0, 'cero', 40))],
    ]);
    void tail.start('t', [0, 1], 'earliest');
    await waitFor(3);
    expect(tail.state.get().messages.map(({ value }) => value)).toEqual(['tres', 'cero', 'cuatro']);
    await vi.waitFor(() =>
      expect(calls.at(-1)?.input).toMatchObject({ partitions: [{ offset: '5' }, { offset: '1' }] }),
    );
  });

  test('a time after the last message begins at the end', async () => {
    const asked: unknown[] = [];
    const answers = {
      'kafka.offsets': (input: { partitions: readonly { at: unknown }[] }) => {
        const at = input.partitions[0]?.at;
        asked.push(at);
        return { offsets: [{ code: 0, offset: at === 'latest' ? '9' : '-1' }] };
      },
    };
    const { tail, calls } = tailOver(answers, []);
    void tail.start('t', [0], 1_000);
    await vi.waitFor(() => expect(calls.at(-1)?.operation).toBe('kafka.fetch'));
    expect(asked).toEqual([1_000, 'latest']);
    expect(calls.at(-1)?.input).toMatchObject({ partitions: [{ topic: 't', partition: 0, offset: '9' }] });
  });

  test('keeps only the newest messages, and counts all', async () => {
    const many = Array.from({ length: mostMessages + 10 }, (_, index) => record(index, 'x'));
    const { tail, waitFor } = tailOver(offsets('0'), [[partition(0, many.length, ...many)]]);
    void tail.start('t', [0], 'earliest');
    await waitFor(mostMessages + 10);
    expect(tail.state.get().messages.length).toBe(mostMessages);
    expect(tail.state.get().messages[0]?.offset).toBe('10');
  });

  test('what comes after a pause is read when it goes on', async () => {
    const { tail, waitFor } = tailOver(offsets('0'), [[partition(0, 1, record(0, 'a'))]]);
    void tail.start('t', [0], 'earliest');
    await waitFor(1);
    tail.stop();
    expect(tail.state.get()).toMatchObject({ isFollowing: false, read: 1 });
    void tail.resume();
    expect(tail.state.get()).toMatchObject({ isFollowing: true, read: 1 });
  });

  test('a refusal of the server stops it with the server’s words, and the next start connects anew', async () => {
    const answers = { 'kafka.offsets': () => ({ error: { name: 'KafkaConnectionError', message: 'se fue' } }) };
    const { tail, calls } = tailOver(answers, []);
    await tail.start('t', [0], 'earliest');
    expect(tail.state.get()).toMatchObject({ isFollowing: false, failure: 'se fue' });
    await tail.start('t', [0], 'earliest');
    expect(calls.filter(({ operation }) => operation === 'kafka.connect').length).toBe(2);
  });
});
