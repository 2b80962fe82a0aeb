import type { Offset, StreamSource, StreamSourceFactory } from '../../engine/api/source.ts';
import type { StructType } from '../../engine/core/data-type.ts';
import type { Row } from '../../engine/core/spark-value.ts';

/** A replayable stream that a test fills: one offset for each `add`. */
export class MemoryStream {
  readonly schema: StructType;
  private readonly batches: (readonly Row[])[] = [];

  constructor(schema: StructType) {
    this.schema = schema;
  }

  add(rows: readonly Row[]): void {
    this.batches.push(rows);
  }

  readonly factory = (): StreamSourceFactory => ({
    schema: this.schema,
    description: 'MemoryStream',
    open: async () => this.open(),
  });

  /** Every row so far, for comparison with a batch answer. */
  all(): readonly Row[] {
    return this.batches.flat();
  }

  private open(): StreamSource {
    return {
      description: 'MemoryStream',
      latestOffset: async () => (this.batches.length === 0 ? null : this.batches.length - 1),
      read: async (start, end) => ({
        kind: 'rows',
        blocks: [this.batches.slice(offset(start) + 1, offset(end) + 1).flat()],
      }),
      stop: async () => undefined,
    };
  }
}

const offset = (value: Offset | null): number => (value === null ? -1 : Number(value));
