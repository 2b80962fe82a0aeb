import type { BatchOutput } from '../api/sink.ts';
import type { StructType } from '../core/data-type.ts';

/** Rows that are worked out when somebody first asks for them: `open` is called once. */
export function lazyOutput(schema: StructType, open: () => Promise<BatchOutput>): BatchOutput {
  let opened: Promise<BatchOutput> | undefined;
  const output = (): Promise<BatchOutput> => (opened ??= open());
  return {
    schema,
    rowCount: async () => (await output()).rowCount(),
    rows: async (limit) => (await output()).rows(limit),
    blocks: async function* () {
      yield* (await output()).blocks();
    },
    copyTo: async (file, options) => (await output()).copyTo(file, options),
    copyToTable: async (tableKey, how) => (await output()).copyToTable(tableKey, how),
    partitions: async (columns) => (await output()).partitions(columns),
  };
}
