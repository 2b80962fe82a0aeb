import type { FileStat } from '../api/files.ts';
import type { SourceContext, SourceOptions } from '../api/source.ts';
import { byteSize } from '../core/byte-size.ts';
import type { FileFormat } from './file-format.ts';

/** A file, or a piece of one, that a task reads. */
export type FilePiece = { readonly path: string; readonly bytes: number; readonly isWhole: boolean };

type Reading = { readonly format: FileFormat; readonly options: SourceOptions; readonly context: SourceContext };

/**
 * The partitions in which Spark reads files (`FilePartition`): pieces of a bounded size, biggest first, packed one after the other; each file also costs what
 * opening it costs.
 */
export function filePartitions(files: readonly FileStat[], reading: Reading): readonly (readonly FilePiece[])[] {
  const { context } = reading;
  const openCost = byteSize(context.conf('spark.sql.files.openCostInBytes') ?? '4MB');
  const maxBytes = byteSize(context.conf('spark.sql.files.maxPartitionBytes') ?? '128MB');
  const least = Number(context.conf('spark.sql.files.minPartitionNum') ?? context.parallelism);
  const total = files.reduce((sum, file) => sum + file.size + openCost, 0);
  const most = Math.min(maxBytes, Math.max(openCost, Math.trunc(total / least)));
  const pieces = files.flatMap((file) => (isCut(file, reading) ? cut(file, most) : [whole(file)]));
  const partitions: FilePiece[][] = [];
  let filled = 0;
  for (const piece of pieces.toSorted((a, b) => b.bytes - a.bytes)) {
    const current = partitions.at(-1);
    if (current && filled + piece.bytes <= most) current.push(piece);
    else {
      partitions.push([piece]);
      filled = 0;
    }
    filled += piece.bytes + openCost;
  }
  return partitions;
}

const whole = (file: FileStat): FilePiece => ({ path: file.path, bytes: file.size, isWhole: true });

/** An empty file has no piece. */
function cut(file: FileStat, most: number): readonly FilePiece[] {
  return Array.from({ length: Math.ceil(file.size / most) }, (_, index) => ({
    path: file.path,
    bytes: Math.min(most, file.size - index * most),
    isWhole: file.size <= most,
  }));
}

/** Compressed text is read whole, but for bzip2; so is what may hold values of several lines. */
function isCut({ name }: FileStat, { format, options }: Reading): boolean {
  if (format.name === 'parquet') return true;
  const isOn = (option: string): boolean => options.get(option)?.toLowerCase() === 'true';
  return !isOn('multiLine') && !isOn('wholetext') && !/\.(gz|deflate|snappy|lz4|zst)$/i.test(name);
}
