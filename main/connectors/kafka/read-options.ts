import type { SourceOptions } from '../../../engine/api/source.ts';
import { javaPatternSentence } from '../../../engine/core/java-pattern-sentence.ts';
import { SparkError } from '../../../engine/core/spark-error.ts';
import {
  earliestOffset,
  latestOffset,
  parseOffsets,
  parsePartitions,
  parseTimestamps,
  type OffsetMap,
} from './offset-map.ts';
import { partitionName, type TopicPartition } from './kafka-record.ts';

/** Which partitions a read covers. */
export type Strategy =
  | { readonly kind: 'subscribe'; readonly topics: readonly string[] }
  | { readonly kind: 'subscribe_pattern'; readonly pattern: RegExp }
  | { readonly kind: 'assign'; readonly partitions: readonly TopicPartition[] };

/** What to do where no record is as young as a starting timestamp. */
export type NoMatch = 'ERROR' | 'LATEST';

/** Where a read begins or ends. */
export type OffsetLimit =
  | { readonly kind: 'earliest' | 'latest' }
  | { readonly kind: 'offsets'; readonly offsets: OffsetMap }
  | { readonly kind: 'timestamps'; readonly timestamps: OffsetMap; readonly noMatch: NoMatch }
  | { readonly kind: 'timestamp'; readonly timestampMs: number; readonly noMatch: NoMatch };

export const illegalArgument = (message: string): SparkError => new SparkError('IllegalArgumentException', message);

/** A whole number as Java's `toLong` and `toInt` read it. */
export function wholeNumber(text: string): number {
  if (/^[+-]?\d+$/.test(text)) return Number(text);
  throw new SparkError('NumberFormatException', `For input string: "${text}"`);
}

/** Scala's `toBoolean`. */
function truth(text: string): boolean {
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  throw illegalArgument(`For input string: "${text}"`);
}

export const truthOption = (options: SourceOptions, name: string, otherwise: boolean): boolean => {
  const text = options.get(name);
  return text === undefined ? otherwise : truth(text);
};

export const wholeOption = (options: SourceOptions, name: string): number | undefined => {
  const text = options.get(name);
  return text === undefined ? undefined : wholeNumber(text);
};

/** The strategy of options that `checkReadOptions` let pass. */
export function readStrategy(options: SourceOptions): Strategy {
  const assign = options.get('assign');
  if (assign !== undefined) return { kind: 'assign', partitions: parsePartitions(assign) };
  const subscribe = options.get('subscribe');
  if (subscribe !== undefined) return { kind: 'subscribe', topics: topicNames(subscribe) };
  return { kind: 'subscribe_pattern', pattern: topicPattern((options.get('subscribePattern') ?? '').trim()) };
}

/** Topic names are letters, digits, `.`, `_` and `-`: what patterns over them say, Java and JavaScript read alike. */
function topicPattern(pattern: string): RegExp {
  try {
    return new RegExp(pattern);
  } catch {
    throw illegalArgument(javaPatternSentence(pattern));
  }
}

export const topicNames = (text: string): readonly string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

/** `Subscribe[a, b]`, as progress shows it. */
export function strategyText(strategy: Strategy): string {
  switch (strategy.kind) {
    case 'subscribe':
      return `Subscribe[${strategy.topics.join(', ')}]`;
    case 'subscribe_pattern':
      return `SubscribePattern[${strategy.pattern.source}]`;
    case 'assign':
      return `Assign[${strategy.partitions.map(partitionName).join(', ')}]`;
  }
}

/** `end`: which end of the read; a timestamp wins over timestamps by partition, and those over offsets. */
export function readLimit(
  options: SourceOptions,
  end: 'starting' | 'ending',
  otherwise: 'earliest' | 'latest',
): OffsetLimit {
  const noMatch = noMatchStrategy(options);
  const timestamp = options.get(`${end}Timestamp`)?.trim();
  if (timestamp !== undefined) {
    if (!/^[+-]?\d+$/.test(timestamp)) throw illegalArgument(`Expected a single long value, got ${timestamp}`);
    return { kind: 'timestamp', timestampMs: Number(timestamp), noMatch };
  }
  const timestamps = options.get(`${end}OffsetsByTimestamp`)?.trim();
  if (timestamps !== undefined) return { kind: 'timestamps', timestamps: parseTimestamps(timestamps), noMatch };
  const offsets = options.get(`${end}Offsets`)?.trim();
  if (offsets === undefined) return { kind: otherwise };
  const word = offsets.toLowerCase();
  if (word === 'earliest' || word === 'latest') return { kind: word };
  return { kind: 'offsets', offsets: parseOffsets(offsets) };
}

function noMatchStrategy(options: SourceOptions): NoMatch {
  const text = options.get('startingOffsetsByTimestampStrategy');
  const upper = text?.toUpperCase() ?? 'ERROR';
  if (upper === 'ERROR' || upper === 'LATEST') return upper;
  throw new SparkError({ java: 'java.util.NoSuchElementException' }, `No value found for '${upper}'`);
}

/** Refuses a batch read that begins at the end or ends at the beginning. */
export function checkBatchLimits(starting: OffsetLimit, ending: OffsetLimit): void {
  if (starting.kind === 'latest') throw illegalArgument("starting offset can't be latest for batch queries on Kafka");
  if (starting.kind === 'offsets')
    for (const entry of starting.offsets.values())
      if (entry.offset === latestOffset)
        throw illegalArgument(`startingOffsets for ${partitionName(entry)} can't be latest for batch queries on Kafka`);
  if (ending.kind === 'earliest') throw illegalArgument("ending offset can't be earliest for batch queries on Kafka");
  if (ending.kind === 'offsets')
    for (const entry of ending.offsets.values())
      if (entry.offset === earliestOffset)
        throw illegalArgument(`ending offset for ${partitionName(entry)} can't be earliest for batch queries on Kafka`);
}
