import { expect, test } from 'vitest';
import {
  calculateWindows,
  windowShare,
  type CalculatedWindows,
  type CalculatorInput,
} from '../../../renderer/lesson/window-calculator.ts';

const today = new Date(2024, 0, 10);
const calculate = (input: Partial<CalculatorInput>) =>
  calculateWindows({ size: '3 minutes', slide: '1 minute', offset: '0 seconds', instant: '11:45:50', ...input }, today);

function windows(input: Partial<CalculatorInput>): CalculatedWindows {
  const calculation = calculate(input);
  if (calculation.kind === 'problem') throw new Error(calculation.problem.kind);
  return calculation.windows;
}

const clock = (micros: number) => new Date(micros / 1_000).toTimeString().slice(0, 5);
const containing = (input: Partial<CalculatorInput>) =>
  windows(input)
    .candidates.filter(({ relation }) => relation === 'contains')
    .map(({ startMicros, endMicros }) => `${clock(startMicros)}–${clock(endMicros)}`);

test('three minutes every minute: an instant lies in three windows', () => {
  expect(containing({})).toEqual(['11:43–11:46', '11:44–11:47', '11:45–11:48']);
  expect(windowShare(windows({}).spec)).toEqual({ low: 3, more: 0 });
});

test('three minutes every two: two windows or one, half of the time each', () => {
  expect(containing({ slide: '2 minutes', instant: '11:44:30' })).toEqual(['11:42–11:45', '11:44–11:47']);
  expect(containing({ slide: '2 minutes', instant: '11:45:50' })).toEqual(['11:44–11:47']);
  expect(windowShare(windows({ slide: '2 minutes' }).spec)).toEqual({ low: 1, more: 0.5 });
});

test('the start of a window belongs to it, its end does not', () => {
  expect(containing({ slide: '3 minutes', instant: '11:45:00' })).toEqual(['11:45–11:48']);
  expect(containing({ slide: '3 minutes', instant: '11:44:59.999999' })).toEqual(['11:42–11:45']);
});

test('the neighbours that have ended or not begun are told apart', () => {
  expect(windows({ slide: '2 minutes' }).candidates.map(({ relation }) => relation)).toEqual([
    'ended',
    'contains',
    'later',
  ]);
});

test('an offset moves all windows, and whole days begin at midnight in UTC as in Spark', () => {
  expect(containing({ slide: '3 minutes', offset: '1 minute' })).toEqual(['11:43–11:46']);
  expect(containing({ size: '1 day', slide: '1 day', instant: '2024-01-10 00:30' })).toEqual(['01:00–01:00']);
});

test('very many windows are counted, and not all of them are listed', () => {
  const { candidates, containing: count } = windows({ size: '1 hour', slide: '1 second' });
  expect(count).toBe(3_600);
  expect(candidates.every(({ relation }) => relation !== 'ended')).toBe(true);
  expect(candidates).toHaveLength(121);
});

test.each([
  [{ size: '3 min' }, { kind: 'span', text: '3 min' }],
  [{ size: '1 month' }, { kind: 'months' }],
  [{ size: '0 seconds', slide: '0 seconds' }, { kind: 'not-positive' }],
  [{ slide: '4 minutes' }, { kind: 'slide-too-long' }],
  [{ offset: '1 minute' }, { kind: 'offset-too-long' }],
  [{ instant: '25:00' }, { kind: 'instant', text: '25:00' }],
  [{ instant: '2024-02-31 10:00' }, { kind: 'instant', text: '2024-02-31 10:00' }],
])('what Spark refuses is named: %j', (input, problem) => {
  expect(calculate(input)).toEqual({ kind: 'problem', problem });
});
