import { describe, expect, test } from 'vitest';
import type { KafkaMessage } from '../../../renderer/services/kafka-tail.ts';
import { consoleTextOf, jsonLinesOf, recordsOfJsonLines, valuesOf } from '../../../renderer/services/message-lines.ts';

const message = (part: Partial<KafkaMessage>): KafkaMessage => ({
  partition: 0,
  offset: '7',
  timestampMs: Date.UTC(2026, 10, 25, 10),
  key: null,
  value: 'hola',
  ...part,
});

describe('lines to produce', () => {
  test('each line that is not empty is a value, and all have the key', () => {
    expect(valuesOf('uno\r\n\ndos', 'k')).toEqual([
      { key: 'k', value: 'uno' },
      { key: 'k', value: 'dos' },
    ]);
  });

  test('a JSON line sends text as it is and other values as their JSON', () => {
    const text = '{"key":"a","value":"uno"}\n\n{"value":{"n":1},"partition":2}\n{"value":null}\n';
    expect(recordsOfJsonLines(text)).toEqual({
      kind: 'records',
      records: [
        { key: 'a', value: 'uno' },
        { key: null, value: '{"n":1}', partition: 2 },
        { key: null, value: null },
      ],
    });
  });

  test.each(['{"value":1}\nhola', '{"value":1}\n{"valor":1}', '{"value":1}\n[1]', '{"value":1}\n{"key":1,"value":1}'])(
    'a line that is no message is named by its number: %j',
    (text) => {
      expect(recordsOfJsonLines(text)).toEqual({ kind: 'bad', line: 2 });
    },
  );
});

describe('messages that leave the panel', () => {
  test('what is exported can be imported', () => {
    const exported = jsonLinesOf([message({ key: 'a', value: 'ñ "x"\n' }), message({ value: null, partition: 1 })]);
    expect(exported.split('\n')[0]).toBe(
      '{"partition":0,"offset":7,"timestamp":"2026-11-25T10:00:00.000Z","key":"a","value":"ñ \\"x\\"\\n"}',
    );
    expect(recordsOfJsonLines(exported)).toEqual({
      kind: 'records',
      records: [
        { key: 'a', value: 'ñ "x"\n', partition: 0 },
        { key: null, value: null, partition: 1 },
      ],
    });
  });

  test('the console view is what kafka-console-consumer prints', () => {
    expect(consoleTextOf([message({ key: 'k' }), message({ value: null }), message({ value: '' })])).toBe(
      'hola\nnull\n\n',
    );
  });
});
