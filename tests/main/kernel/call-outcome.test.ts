import { expect, test } from 'vitest';
import { SparkError } from '../../../engine/core/spark-error.ts';
import { failedOutcome } from '../../../main/kernel/call-outcome.ts';

test('a SparkError keeps class, text, error class and parameters', () => {
  const error = new SparkError('AnalysisException', '[X] no', {
    condition: 'X',
    sqlState: '42000',
    parameters: { a: 'b' },
  });
  expect(failedOutcome(error)).toEqual({
    error: {
      class: 'AnalysisException',
      java: 'org.apache.spark.sql.AnalysisException',
      message: '[X] no',
      condition: 'X',
      parameters: { a: 'b' },
      sqlState: '42000',
      causes: [],
    },
  });
});

test('the errors behind an error travel in the order Java prints them', () => {
  const inner = new SparkError({ java: 'java.io.IOException' }, 'disk full');
  const middle = new SparkError({ java: 'org.apache.spark.SparkException' }, 'Job aborted', { cause: inner });
  expect(
    failedOutcome(new SparkError({ java: 'org.apache.spark.SparkException' }, 'Writing failed', { cause: middle })),
  ).toMatchObject({
    error: {
      causes: [
        { java: 'org.apache.spark.SparkException', message: 'Job aborted' },
        { java: 'java.io.IOException', message: 'disk full' },
      ],
    },
  });
});

test('a class that PySpark does not know travels by its Java name', () => {
  expect(failedOutcome(new SparkError({ java: 'java.io.IOException' }, 'no'))).toMatchObject({
    error: { class: null, java: 'java.io.IOException' },
  });
});

test('a fault of our own is an internal error, never silence', () => {
  expect(failedOutcome(new TypeError('x is undefined'))).toMatchObject({
    error: {
      java: 'org.apache.spark.SparkException',
      condition: 'INTERNAL_ERROR',
      message: expect.stringContaining('x is undefined') as string,
    },
  });
});
