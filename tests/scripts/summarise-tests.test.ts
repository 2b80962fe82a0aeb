import { expect, test } from 'vitest';
import { summariseTests } from '../../scripts/summarise-tests.mjs';

const report = (counts: object, testResults: readonly object[] = []) => ({
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 1,
  numTodoTests: 0,
  testResults,
  ...counts,
});

test('a clean run counts as Vitest counted it', () => {
  expect(summariseTests(report({}), 0)).toMatchObject({ passed: 3, failed: 0, skipped: 1 });
});

test('a failed test is a failure', () => {
  const file = { status: 'failed', assertionResults: [{ status: 'failed' }] };
  expect(summariseTests(report({ numFailedTests: 1 }, [file]), 1)).toMatchObject({ passed: 3, failed: 1 });
});

test('a file that could not be loaded is a failure although none of its tests failed', () => {
  const file = { status: 'failed', assertionResults: [] };
  expect(summariseTests(report({}, [file]), 1)).toMatchObject({ passed: 3, failed: 1 });
});

test('an unhandled error outside every test is a failure', () => {
  expect(summariseTests(report({}), 1)).toMatchObject({ failed: 1, trouble: expect.stringContaining('status 1') });
});

test('a run that ended before its report is a failure', () => {
  expect(summariseTests(undefined, 137)).toMatchObject({
    passed: 0,
    failed: 1,
    trouble: expect.stringContaining('137'),
  });
});

test('a run in which nothing ran is a failure', () => {
  expect(summariseTests(report({ numPassedTests: 0 }), 0)).toMatchObject({ failed: 1, trouble: 'no test ran' });
});
