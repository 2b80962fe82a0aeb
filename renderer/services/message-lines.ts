import type { PanelRecord } from '../../main/contract/service-schema.ts';
import { gridText } from '../capture/grid-text.ts';
import type { Texts } from '../text/texts.ts';
import type { KafkaMessage } from './kafka-tail.ts';

export type ParsedLines =
  | { readonly kind: 'records'; readonly records: readonly PanelRecord[] }
  /** Line that is no object with `value`, from 1. */
  | { readonly kind: 'bad'; readonly line: number };

/** Each line that is not empty as a value, as `kafka-console-producer` reads them. */
export const valuesOf = (text: string, key: string | null): readonly PanelRecord[] =>
  text
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((value) => ({ key, value }));

/** Lines such as `{"key": "a", "value": …}`; a value that is no text is sent as its JSON. Offsets and times of an export are not used. */
export function recordsOfJsonLines(text: string): ParsedLines {
  const records: PanelRecord[] = [];
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const record = recordOf(jsonOf(line));
    if (record === null) return { kind: 'bad', line: index + 1 };
    records.push(record);
  }
  return { kind: 'records', records };
}

/** What `recordsOfJsonLines` reads, with the place and time of each message. */
export const jsonLinesOf = (messages: readonly KafkaMessage[]): string =>
  messages
    .map(({ partition, offset, timestampMs, key, value }) => {
      const timestamp = new Date(timestampMs).toISOString();
      return `${JSON.stringify({ partition, offset: Number(offset), timestamp, key, value })}\n`;
    })
    .join('');

/** What `kafka-console-consumer` prints: values only, one per line; it writes `null` for a message without a value. */
export const consoleTextOf = (messages: readonly KafkaMessage[]): string =>
  messages.map(({ value }) => `${value ?? 'null'}\n`).join('');

/** The messages as the panel's table, in text. */
export const messageGrid = (
  messages: readonly KafkaMessage[],
  columns: Texts['kafka']['columns'],
  clock: (atMs: number) => string,
): string =>
  gridText(
    [columns.partition, columns.offset, columns.time, columns.key, columns.value],
    messages.map(({ partition, offset, timestampMs, key, value }) => [
      String(partition),
      offset,
      clock(timestampMs),
      key ?? 'null',
      value ?? 'null',
    ]),
  );

function recordOf(parsed: unknown): PanelRecord | null {
  if (typeof parsed !== 'object' || parsed === null || !('value' in parsed)) return null;
  const { key = null, value, partition } = parsed as Readonly<Record<string, unknown>>;
  if (key !== null && typeof key !== 'string') return null;
  const record = { key, value: value === null || typeof value === 'string' ? value : JSON.stringify(value) };
  return typeof partition === 'number' && Number.isInteger(partition) && partition >= 0
    ? { ...record, partition }
    : record;
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
