import { expect, test } from 'vitest';
import { replayPlan } from '../../../main/grading/replay-plan.ts';
import type { Logged } from '../../../main/workspace/logged-events.ts';
import { batch, ends, notebookOf, query, record, starts } from './replay-fixture.ts';

/** The plan's steps in short: `+a` a cell begins, `-a` it ends (`!a` where it was stopped), `a/0#1` a batch of its first query. */
const shortOf = (ids: readonly string[], events: readonly Logged[]): string =>
  replayPlan(notebookOf(...ids), events)
    .steps.map((step) => {
      switch (step.kind) {
        case 'cell_start':
          return `+${step.cell}`;
        case 'cell_end':
          return `${step.isCutOff ? '!' : '-'}${step.cell}`;
        case 'batch':
          return `${step.query.cell}/${step.query.ordinal}#${step.batch}`;
        case 'idle':
          return `${step.query.cell}/${step.query.ordinal}~`;
        case 'stop':
          return `${step.query.cell}/${step.query.ordinal}.`;
        case 'items':
          return `(${step.items.join(' ')})`;
      }
    })
    .join(' ');

test('batches that ran between two cells run between them again', () => {
  const events = record(
    starts('a'),
    query('a', 'r'),
    ends('a'),
    batch('r', 0),
    batch('r', 1, 'x'),
    starts('b'),
    ends('b'),
    batch('r', 2, 'y'),
  );
  expect(shortOf(['a', 'b'], events)).toBe('+a -a a/0#0 a/0#1 +b -b a/0#2');
});

test('a cell that waits for its query goes on after the batches it waited for', () => {
  const events = record(
    starts('a'),
    query('a', 'r'),
    batch('r', 0),
    batch('r', 1, 'x'),
    ends('a'),
    starts('b'),
    ends('b'),
  );
  expect(shortOf(['a', 'b'], events)).toBe('+a a/0#0 a/0#1 -a +b -b');
});

test('of a cell that ran twice the last run counts, with the queries of that run', () => {
  const events = record(
    starts('a', 1),
    query('a', 'first'),
    ends('a', 1),
    batch('first', 0),
    starts('a', 2),
    query('a', 'second'),
    ends('a', 2),
    batch('second', 0),
    batch('second', 1, 'x'),
  );
  expect(shortOf(['a'], events)).toBe('+a -a a/0#0 a/0#1');
  expect(replayPlan(notebookOf('a'), events).queries).toEqual([{ cell: 'a', ordinal: 0, name: null, runId: 'second' }]);
});

test('a query that went on from a checkpoint begins with the batches of the runs before it', () => {
  const events = record(
    starts('a', 1),
    query('a', 'first', { queryId: 'q' }),
    ends('a', 1),
    batch('first', 0),
    batch('first', 1, 'x'),
    starts('a', 2),
    query('a', 'second', { queryId: 'q', resumedFromBatch: 1 }),
    ends('a', 2),
    batch('second', 2, 'y'),
  );
  expect(shortOf(['a'], events)).toBe('+a a/0#0 a/0#1 -a a/0#2');
});

test('a batch that was planned in one run and done in the next is run once', () => {
  const events = record(
    starts('a', 1),
    query('a', 'first', { queryId: 'q' }),
    ends('a', 1),
    batch('first', 0, 'x'),
    batch('first', 1, 'y'),
    starts('a', 2),
    query('a', 'second', { queryId: 'q', resumedFromBatch: 0 }),
    ends('a', 2),
    batch('second', 1, 'y'),
  );
  expect(shortOf(['a'], events)).toBe('+a a/0#0 -a a/0#1');
});

test('cells that ran from below upwards run from above downwards, and none begins before its time', () => {
  const events = record(starts('b'), ends('b'), starts('a'), query('a', 'r'), ends('a'), batch('r', 0));
  expect(shortOf(['a', 'b'], events)).toBe('+a -a +b -b a/0#0');
  const { steps } = replayPlan(notebookOf('a', 'b'), events);
  const times = steps.flatMap((step) => (step.kind === 'cell_start' ? [step.atMs] : []));
  expect(times).toEqual(times.toSorted((a, b) => a - b));
});

test('a cell that its author stopped, or that never ended, is stopped again', () => {
  const stopped = record(
    starts('a'),
    query('a', 'r'),
    batch('r', 0),
    ends('a', 1, 'interrupted'),
    starts('b'),
    ends('b'),
  );
  expect(shortOf(['a', 'b'], stopped)).toBe('+a a/0#0 !a +b -b');
  const cutOff = record(starts('a'), query('a', 'r'), batch('r', 0));
  expect(shortOf(['a'], cutOff)).toBe('+a a/0#0 !a');
});

test('files, tables and records are there before the cell that found them', () => {
  const events = record(
    { kind: 'files', items: ['f'], folders: ['entrada'] },
    starts('a'),
    ends('a'),
    { kind: 'table', name: 'spark.usuarios', item: 't' },
    starts('b'),
    ends('b'),
  );
  expect(shortOf(['a', 'b'], events)).toBe('(f) +a -a (t) +b -b');
});

test('a cell that has run and of which the log knows nothing is named; one that never ran is left out', () => {
  const plan = replayPlan(notebookOf('a', 'b', '-c'), record(starts('a'), ends('a')));
  expect(plan.unknownCells).toEqual(['b']);
  expect(plan.steps.flatMap((step) => (step.kind === 'cell_start' ? [step.cell] : []))).toEqual(['a', 'b']);
});

test('a query that was stopped by hand, or with its kernel, is stopped again in its place', () => {
  const stopped = { kind: 'query_terminated', runId: 'r', error: null } as const;
  const events = record(starts('a'), query('a', 'r'), ends('a'), batch('r', 0), stopped, starts('b'), ends('b'));
  expect(shortOf(['a', 'b'], events)).toBe('+a -a a/0#0 a/0. +b -b');
});

test('a query that a cell stopped itself is stopped, if it still runs, when the cell has ended', () => {
  const stopped = { kind: 'query_terminated', runId: 'r', error: null } as const;
  const events = record(starts('a'), query('a', 'r'), ends('a'), starts('b'), stopped, ends('b'));
  expect(shortOf(['a', 'b'], events)).toBe('+a -a +b -b a/0.');
});
