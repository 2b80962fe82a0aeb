import type { PartitionLog } from './partition-log.ts';
import { numberSetting } from './topic-settings.ts';
import type { TopicSettings } from './topic-settings.ts';

/** Drops the segments that the topic's `retention.bytes` (for each partition) and `retention.ms` no longer keep; whole segments only, as in Kafka. */
export function dropExpired(log: PartitionLog, settings: TopicSettings, nowMs: number): void {
  const maxBytes = numberSetting(settings, 'retention.bytes');
  const maxAgeMs = numberSetting(settings, 'retention.ms');
  const isOld = (timestampMs: number): boolean => maxAgeMs >= 0 && timestampMs >= 0 && timestampMs < nowMs - maxAgeMs;
  if (isOld(log.maxTimestamp)) log.roll();
  for (let oldest = log.oldestClosedSegment(); oldest !== null; oldest = log.oldestClosedSegment()) {
    const isBeyondBytes = maxBytes >= 0 && log.bytes - oldest.size >= maxBytes;
    if (!isBeyondBytes && !isOld(oldest.maxTimestamp)) return;
    log.dropOldestClosedSegment();
  }
}

/** Drops oldest segments until all logs together fit. A log that rested longest gives first; one that has a single segment starts a new one to give it. */
export function dropOldestUntil(logs: readonly PartitionLog[], totalBytes: number): void {
  let excess = logs.reduce((total, log) => total + log.bytes, 0) - totalBytes;
  const restedLongestFirst = [...logs].sort((a, b) => a.lastAppendAt - b.lastAppendAt);
  for (const wholeLogs of [false, true])
    for (const log of restedLongestFirst) {
      if (wholeLogs && excess > 0) log.roll();
      for (let oldest = log.oldestClosedSegment(); excess > 0 && oldest !== null; oldest = log.oldestClosedSegment()) {
        excess -= oldest.size;
        log.dropOldestClosedSegment();
      }
    }
}
