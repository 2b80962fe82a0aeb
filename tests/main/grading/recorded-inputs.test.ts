import { expect, test } from 'vitest';
import type { HandIn } from '../../../main/grading/bundle-schema.ts';
import { inputNames, inputProblems, pathOf, recordedItems } from '../../../main/grading/recorded-inputs.ts';
import { canonicalJson } from '../../../main/workspace/canonical-json.ts';
import { chainEvent, eventLine, type ChainedEvent } from '../../../main/workspace/event-chain.ts';
import type { InputItem } from '../../../main/workspace/input-item.ts';
import { sha256Of } from '../../../main/workspace/sha256.ts';
import { batch, ends, query, record, starts } from './replay-fixture.ts';

const message = (offset: number, value: string): InputItem => ({
  kind: 'record',
  topic: 'iabd-bizum',
  partition: 0,
  offset,
  timestampMs: 0,
  key: null,
  value,
  headers: [],
});
const lineOf = (item: InputItem): string => `${canonicalJson(item)}\n`;
const nameOf = (item: InputItem): string => sha256Of(canonicalJson(item));

const [first, second] = [message(0, '{"cantidad": 413}'), message(1, '{"cantidad": 115}')];
const lines = lineOf(first) + lineOf(second);

function chained(): readonly ChainedEvent[] {
  const events = record(
    starts('a'),
    query('a', 'r'),
    ends('a'),
    batch('r', 0, nameOf(first)),
    batch('r', 1, nameOf(second)),
  );
  const chain: ChainedEvent[] = [];
  for (const { n: _, kind, ...data } of events)
    chain.push(chainEvent(chain.at(-1) ?? null, { at: '2026-03-02T09:00:00.000Z', kind, data }));
  return chain;
}

const notebooks = [{ unit: 'caso-5', from: 'caso-5/caso-5.ipynb' }];
// Only what is read of it.
const handIn = { notebooks } as unknown as HandIn;
const problems = (text: string): readonly string[] => inputProblems(handIn, text, chained());

test('what was read is what is handed in', () => {
  expect(problems(lines)).toEqual([]);
  expect(inputNames(chained().map(eventLine).join(''), notebooks)).toEqual(new Set([nameOf(first), nameOf(second)]));
});

test('a record that was changed is named, with the batch that lacks it', () => {
  expect(problems(lines.replace('413', '414'))).toEqual([
    'El registro iabd-bizum, partición 0, offset 0, en «datos/entradas.jsonl», no consta en el registro con este contenido.',
    'Falta en «datos/entradas.jsonl» algo que leyó el lote 0 de «a» (1).',
  ]);
});

test('a record that is missing, one too many, and a line that is none are told', () => {
  expect(problems(lineOf(first))).toEqual(['Falta en «datos/entradas.jsonl» algo que leyó el lote 1 de «a» (1).']);
  expect(problems(lines + lineOf({ kind: 'line', text: 'Hola', atMs: null }))).toEqual([
    'La línea «Hola», en «datos/entradas.jsonl», no consta en el registro con este contenido.',
  ]);
  expect(problems(`${lines}{"kind":"otra cosa"}\n`)).toEqual([
    '«datos/entradas.jsonl» tiene líneas que no se entienden (1).',
  ]);
});

test('an item is known by its content, whatever the order of its keys', () => {
  const turned = JSON.stringify(Object.fromEntries(Object.entries(first).toReversed()));
  expect([...recordedItems(turned).keys()]).toEqual([nameOf(first)]);
});

test('a hand-in of the first version does not say where its notebook lay', () => {
  expect(pathOf({ unit: 'caso-6' })).toBe('caso-6/caso-6.ipynb');
});
