import type { DataType, StructType } from '../../../engine/core/data-type.ts';
import { binaryType, integerType, stringType } from '../../../engine/core/data-type.ts';
import { SparkError } from '../../../engine/core/spark-error.ts';
import type { Row, SparkValue, StructValue } from '../../../engine/core/spark-value.ts';
import { simpleString } from '../../../engine/core/type-names.ts';
import type { RecordToSend } from './kafka-record.ts';
import { headersType } from './kafka-source.ts';

/** A row as a record. `topic` null: the row names none. `partition` null: Kafka's producer chooses. */
export type AddressedRecord = {
  readonly topic: string | null;
  readonly partition: number | null;
  readonly record: RecordToSend;
};

/**
 * How rows of a schema become records: columns are found by their exact names, others are ignored. `topic` is the option, which wins over the column.
 * Throws Spark's exceptions for a schema that cannot be written.
 */
export function recordColumns(schema: StructType, topic: string | undefined): (row: Row) => AddressedRecord {
  const topicOf = column(schema, 'topic', [stringType]);
  if (topic === undefined && topicOf === undefined)
    throw refused(
      "topic option required when no 'topic' attribute is present. Use the topic option for setting a topic.",
    );
  const keyOf = column(schema, 'key', [stringType, binaryType]);
  const valueOf = column(schema, 'value', [stringType, binaryType]);
  if (valueOf === undefined) throw refused("Required attribute 'value' not found");
  const headersOf = column(schema, 'headers', [headersType]);
  const partitionOf = column(schema, 'partition', [integerType]);
  return (row) => ({
    topic: topic ?? (topicOf?.(row) as string | null | undefined) ?? null,
    partition: (partitionOf?.(row) as number | null | undefined) ?? null,
    record: {
      key: bytesOf(keyOf?.(row) ?? null),
      value: bytesOf(valueOf(row)),
      headers: headerList((headersOf?.(row) as readonly StructValue[] | null | undefined) ?? []),
    },
  });
}

const refused = (message: string): SparkError => new SparkError('AnalysisException', message);

function column(schema: StructType, name: string, wanted: readonly DataType[]): ((row: Row) => SparkValue) | undefined {
  const index = schema.fields.findIndex((entry) => entry.name === name);
  const type = schema.fields[index]?.type;
  if (type === undefined) return undefined;
  const texts = wanted.map(simpleString);
  if (!texts.includes(simpleString(type)))
    throw refused(
      `${name} attribute unsupported type ${simpleString(type)}. ${name} must be a(n) ${texts.join(' or ')}`,
    );
  return (row) => row[index] ?? null;
}

const bytesOf = (value: SparkValue): Uint8Array | null =>
  typeof value === 'string' ? Buffer.from(value, 'utf8') : (value as Uint8Array | null);

const headerList = (headers: readonly StructValue[]): RecordToSend['headers'] =>
  headers.map(({ values: [key, value] }) => ({
    key: (key ?? '') as string,
    value: (value ?? null) as Uint8Array | null,
  }));
