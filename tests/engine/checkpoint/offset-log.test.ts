import { describe, expect, test } from 'vitest';
import { parseCommitEntry } from '../../../engine/checkpoint/commit-log.ts';
import { offsetEntryText, parseOffsetEntry } from '../../../engine/checkpoint/offset-log.ts';
import { watermark } from '../../../engine/core/time.ts';

const entry = {
  watermark: watermark(1704877140000),
  timestampMs: 1795577333138,
  confs: { 'spark.sql.shuffle.partitions': '2' },
  ends: [{ logOffset: 1 }, null],
};

describe('log entries', () => {
  test('an offset entry has the version, the batch and one line for each source', () => {
    expect(offsetEntryText(entry).split('\n')).toEqual([
      'v1',
      '{"batchWatermarkMs":1704877140000,"batchTimestampMs":1795577333138,"conf":{"spark.sql.shuffle.partitions":"2"}}',
      '{"logOffset":1}',
      '-',
    ]);
    expect(parseOffsetEntry(offsetEntryText(entry), '/c/offsets/0')).toEqual(entry);
  });
  test('an empty entry is refused by its path', () => {
    expect(() => parseOffsetEntry('', '/c/offsets/1')).toThrow(
      'Failed to read log file file:/c/offsets/1. Incomplete log file',
    );
    expect(() => parseCommitEntry('', '/c/commits/1')).toThrow(
      'Failed to read log file file:/c/commits/1. Incomplete log file in the offset commit log',
    );
  });
  test('an entry of a newer version is refused by its number', () => {
    expect(() => parseCommitEntry('v9\n{}', '/c/commits/1')).toThrow(
      'UnsupportedLogVersion: maximum supported log version is v1, but encountered v9.',
    );
  });
});
