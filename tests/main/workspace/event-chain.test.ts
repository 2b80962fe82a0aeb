import { expect, test } from 'vitest';
import { chainEvent, eventLine, verifyChain, type ChainedEvent } from '../../../main/workspace/event-chain.ts';

const at = '2026-03-02T09:00:00.000Z';

function log(count: number): string[] {
  const lines: string[] = [];
  let last: ChainedEvent | null = null;
  for (let n = 1; n <= count; n += 1) {
    last = chainEvent(last, { at, kind: 'batch', data: { batchId: n, rows: ['á', null] } });
    lines.push(eventLine(last));
  }
  return lines;
}

test('a log as it was written is whole, an empty one too', () => {
  const report = verifyChain(log(3).join(''));
  expect(report.isWhole && report.events.map(({ n }) => n)).toEqual([1, 2, 3]);
  expect(verifyChain('')).toEqual({ isWhole: true, events: [] });
});

test('a changed digit is found in its line', () => {
  const lines = log(4).map((line, index) => (index === 2 ? line.replace('"batchId":3', '"batchId":8') : line));
  expect(verifyChain(lines.join(''))).toEqual({ isWhole: false, line: 3, fault: 'changed' });
});

test('a line left out, moved or put in is found where the chain breaks', () => {
  const [first = '', second = '', third = ''] = log(3);
  expect(verifyChain(first + third)).toEqual({ isWhole: false, line: 2, fault: 'gap' });
  expect(verifyChain(first + third + second)).toEqual({ isWhole: false, line: 2, fault: 'gap' });
  expect(verifyChain(first + second + second)).toEqual({ isWhole: false, line: 3, fault: 'gap' });
  expect(verifyChain(second + third)).toEqual({ isWhole: false, line: 1, fault: 'gap' });
});

test('a line that is no event is named', () => {
  const [first = ''] = log(1);
  expect(verifyChain(`${first}{"n":2`)).toEqual({ isWhole: false, line: 2, fault: 'malformed' });
  expect(verifyChain(`${first}\n`)).toEqual({ isWhole: false, line: 2, fault: 'malformed' });
});

test('a line nested deeper than the stack is named', () => {
  const hash = '0'.repeat(64);
  const data = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
  const line = `{"n":1,"at":"","kind":"","data":${data},"previous":"${hash}","hash":"${hash}"}`;
  expect(verifyChain(line)).toEqual({ isWhole: false, line: 1, fault: 'malformed' });
});

test('the order of keys in what happened makes no other line', () => {
  const one = chainEvent(null, { at, kind: 'line', data: { a: 1, b: 2 } });
  expect(chainEvent(null, { at, kind: 'line', data: { b: 2, a: 1 } })).toEqual(one);
});
