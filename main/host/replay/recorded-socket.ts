import type { SourceFormat, SourceRows, StreamSource } from '../../../engine/api/source.ts';
import type { Row } from '../../../engine/core/spark-value.ts';
import type { InputItem } from '../../workspace/input-item.ts';
import { readSocketOptions } from '../../connectors/socket/socket-options.ts';
import { socketSource } from '../../connectors/socket/socket-source.ts';

export type RecordedLine = Extract<InputItem, { readonly kind: 'line' }>;

/** `format("socket")` that gives the lines of the record, with the times at which they came. Options are checked as ever. */
export function recordedSocket(linesOf: (description: string) => readonly RecordedLine[]): SourceFormat {
  const real = socketSource({ lines: () => Promise.reject(new Error('a replay opens no socket')) });
  return {
    ...real,
    loadStream: async (request, context) => {
      const loaded = await real.loadStream?.(request, context);
      if (loaded === undefined) throw new Error('the socket source streams');
      return {
        ...loaded,
        open: async (folder) => {
          const { description } = await loaded.open(folder);
          const { includeTimestamp, partitions = context.parallelism } = readSocketOptions(request.options);
          const rows = (): readonly Row[] =>
            linesOf(description).map(({ text, atMs }) =>
              includeTimestamp ? [text, BigInt(atMs ?? context.clock.now()) * 1000n] : [text],
            );
          return streamOf(description, partitions, rows);
        },
      };
    },
  };
}

const streamOf = (description: string, partitions: number, rows: () => readonly Row[]): StreamSource => ({
  description,
  latestOffset: async () => null,
  read: async (): Promise<SourceRows> => ({ kind: 'rows', blocks: [rows()], partitions }),
  stop: async () => undefined,
});
