import type { Row } from '../../../engine/core/spark-value.ts';
import { structValue } from '../../../engine/core/spark-value.ts';
import type { FetchedPartition } from './fetch-answer.ts';
import type { KafkaClient } from './kafka-client.ts';
import { errorCode, KafkaRefusal, KafkaUnavailable } from './kafka-error.ts';
import { noRecordInTime, recordsLost, refusedCall } from './kafka-failures.ts';
import type { KafkaRecord, TopicPartition } from './kafka-record.ts';
import type { OffsetRange } from './offset-range.ts';
import { whilePassing, type Patience } from './patience.ts';

/** How a batch reads its ranges. */
export type RangeReading = {
  readonly client: KafkaClient;
  readonly patience: Patience;
  readonly groupId: string;
  readonly failOnDataLoss: boolean;
  readonly includeHeaders: boolean;
  readonly committedOnly: boolean;
  /** `kafkaConsumer.pollTimeoutMs`: how long a record that must be there may take. */
  readonly pollTimeoutMs: number;
};

/** Large enough that 100,000 small records come in two answers, small enough to be decoded between two frames of the window. */
const fetchBytes = 4 << 20;
/** Asked for each record of a short range: most are smaller, and what comes behind the range is thrown away. */
const bytesPerRecord = 512;
/** Records are there when they are asked for: the server waits only for those that a transaction still hides. */
const maxWaitMs = 500;
/** Partitions whose first answer is asked for ahead. */
const rangesAhead = 8;

/** Rows of the ranges in order; reading ahead while the engine takes a block. */
export async function* readRanges(ranges: readonly OffsetRange[], how: RangeReading): AsyncGenerator<readonly Row[]> {
  const waiting = [...ranges];
  const started: RangeRows[] = [];
  while (started.length > 0 || waiting.length > 0) {
    while (started.length < rangesAhead && waiting.length > 0) {
      const range = waiting.shift();
      if (range !== undefined) started.push(new RangeRows(range, how));
    }
    const current = started.shift();
    for (let block = await current?.next(); block !== undefined; block = await current?.next()) yield block;
  }
}

/** One partition's part of a batch. Its first fetch is under way when it is made. */
class RangeRows {
  private readonly range: OffsetRange;
  private readonly how: RangeReading;
  private at: number;
  private ahead: Promise<FetchedPartition> | undefined;

  constructor(range: OffsetRange, how: RangeReading) {
    this.range = range;
    this.how = how;
    this.at = range.from;
    this.fetchAhead();
  }

  /** The next block; undefined at the end. Rejects with Spark's exceptions for what is missing. */
  async next(): Promise<readonly Row[] | undefined> {
    const { range, how } = this;
    while (this.ahead !== undefined) {
      const fetched = await this.ahead;
      const from = this.at;
      if (fetched.errorCode === errorCode.offsetOutOfRange) {
        this.at = await this.skipLost();
        this.fetchAhead();
        continue;
      }
      if (fetched.nextOffset === null || fetched.nextOffset <= from) throw noRecordInTime(from, how.pollTimeoutMs);
      this.at = fetched.nextOffset;
      this.fetchAhead();
      const records = fetched.records.filter(({ offset }) => offset >= from && offset < range.until);
      checkFirst(records[0], from, fetched.earliestOffset, range, how);
      if (records.length > 0) return records.map((record) => kafkaRow(record, range, how.includeHeaders));
    }
    return undefined;
  }

  private fetchAhead(): void {
    this.ahead = this.at < this.range.until ? this.fetch(this.at) : undefined;
    // An error waits for whoever asks for the block.
    this.ahead?.catch(() => undefined);
  }

  private fetch(offset: number): Promise<FetchedPartition> {
    const { range, how } = this;
    const began = performance.now();
    return this.asking(offset, async () => {
      for (;;) {
        const fetched = await how.patience.keepTrying(() => this.fetchOnce({ ...range, offset }), whilePassing);
        const isEmpty = fetched.errorCode === errorCode.none && fetched.nextOffset === null;
        if (!isEmpty || how.patience.isStopped || performance.now() - began >= how.pollTimeoutMs) return fetched;
      }
    });
  }

  private async fetchOnce(place: TopicPartition & { readonly offset: number }): Promise<FetchedPartition> {
    const { client, committedOnly } = this.how;
    const maxBytes = Math.min(fetchBytes, (this.range.until - place.offset) * bytesPerRecord);
    const fetched = await client.fetch({ ...place, maxBytes, maxWaitMs, committedOnly });
    if (fetched.errorCode !== errorCode.none && fetched.errorCode !== errorCode.offsetOutOfRange)
      throw client.refusal(fetched.errorCode);
    const isBehindEnd = fetched.nextOffset === null && fetched.latestOffset <= place.offset;
    return isBehindEnd ? { ...fetched, errorCode: errorCode.offsetOutOfRange } : fetched;
  }

  /** The offset to go on at, where the wanted one no longer exists. */
  private async skipLost(): Promise<number> {
    const { range, how } = this;
    if (how.failOnDataLoss) throw recordsLost(`Cannot fetch offset ${this.at}`, how.groupId, range);
    const endOf = (at: 'earliest' | 'latest'): Promise<number> =>
      this.asking(this.at, async () => {
        const found = await how.patience.keepTrying(() =>
          how.client.listOffsets([{ ...range, at }], how.committedOnly),
        );
        return found[0]?.offset ?? range.until;
      });
    const [earliest, latest] = await Promise.all([endOf('earliest'), endOf('latest')]);
    return this.at >= latest ? range.until : Math.max(this.at, earliest);
  }

  /** Spark's exceptions in the place of the client's. */
  private async asking<Answer>(offset: number, action: () => Promise<Answer>): Promise<Answer> {
    try {
      return await action();
    } catch (error) {
      if (error instanceof KafkaUnavailable) throw noRecordInTime(offset, this.how.pollTimeoutMs);
      throw error instanceof KafkaRefusal ? refusedCall(error) : error;
    }
  }
}

/** Records may be missing at the front: those that aged out are a loss, those between others were never visible. */
function checkFirst(
  first: KafkaRecord | undefined,
  wanted: number,
  earliest: number,
  range: OffsetRange,
  { failOnDataLoss, groupId }: RangeReading,
): void {
  if (first === undefined || first.offset <= wanted || earliest <= wanted || !failOnDataLoss) return;
  throw recordsLost(`Cannot fetch records in [${wanted}, ${first.offset})`, groupId, range);
}

/** The columns of the source, in order. */
function kafkaRow(record: KafkaRecord, { topic, partition }: TopicPartition, includeHeaders: boolean): Row {
  const { key, value, offset, timestampMs, isLogAppendTime, headers } = record;
  const row = [key, value, topic, partition, BigInt(offset), BigInt(timestampMs) * 1000n, Number(isLogAppendTime)];
  if (!includeHeaders) return row;
  const list = headers.map((header) => structValue([header.key, header.value]));
  return [...row, list.length === 0 ? null : list];
}
