import type { SinkContext, SinkFormat, SinkQuery, StagedFile, StreamSink, WriteRequest } from '../api/sink.ts';
import { fileLog, type FileLog } from '../core/file-log.ts';
import { fileUri } from '../core/file-uri.ts';
import { SparkError, sparkError } from '../core/spark-error.ts';
import { writeFileBatch } from './file-batch-writer.ts';
import { partitionColumns, writeFiles, type WrittenFormat } from './file-writer.ts';
import { outputModeName } from './output-mode-name.ts';
import { writePath } from './write-path.ts';

/** One line of `_spark_metadata/<batch>`. */
type SinkEntry = {
  readonly path: string;
  readonly size: number;
  readonly isDir: false;
  readonly modificationTime: number;
  readonly blockReplication: 1;
  readonly blockSize: number;
  readonly action: 'add';
};

const blockSize = 33_554_432;

/** A folder of files: append only, exactly once by its own log `_spark_metadata`. */
export const fileSink = (format: WrittenFormat): SinkFormat => ({
  format,
  outputModes: ['append'],
  needsCheckpoint: true,
  guarantee: 'exactly-once',
  openStream: (request, query, context) => openFileSink(format, request, query, context),
  writeBatch: (request, mode, output, context) => writeFileBatch(format, request, mode, output, context),
});

async function openFileSink(
  format: WrittenFormat,
  request: WriteRequest,
  query: SinkQuery,
  context: SinkContext,
): Promise<StreamSink> {
  partitionColumns(request, context.conf('spark.sql.caseSensitive') === 'true');
  const path = writePath(request, context, 'start');
  if (query.outputMode !== 'append')
    throw sparkError('_LEGACY_ERROR_TEMP_1131', { format: request.format, mode: outputModeName(query.outputMode) });
  checkRetention(request);
  await checkFolder(path.absolute, context);
  const log = fileLog<SinkEntry>(
    `${path.absolute}/_spark_metadata`,
    context.files,
    compactInterval(context),
    `${path.spelling}/_spark_metadata`,
  );
  const prefix = `.marea-${query.queryId}-`;
  return {
    description: `FileSink[${path.spelling}]`,
    reportsRows: false,
    alreadyHas: async (batch) => batch <= ((await log.latest()) ?? -1),
    write: async (batch) => {
      const target = { folder: path.absolute, stageAs: (name: string) => `${prefix}${batch.batchId}-${name}` };
      const staged = await writeFiles(format, request, batch, target, context);
      return { rows: await batch.rowCount(), staged };
    },
    publish: (batch, staged) => publish(batch, staged, log, context),
    cleanUp: () => removeStaged(path.absolute, prefix, context),
    close: async () => undefined,
  };
}

/** Renames what is still staged, then writes the batch's log entry: done twice, it changes nothing. */
async function publish(
  batch: number,
  staged: readonly StagedFile[],
  log: FileLog<SinkEntry>,
  context: SinkContext,
): Promise<void> {
  if (batch <= ((await log.latest()) ?? -1)) return;
  const entries: SinkEntry[] = [];
  for (const file of staged) {
    if ((await context.files.stat(file.staged)) !== null) await context.files.rename(file.staged, file.final);
    const stat = await context.files.stat(file.final);
    entries.push({
      path: fileUri(file.final),
      size: stat?.size ?? file.size,
      isDir: false,
      modificationTime: stat?.modifiedMs ?? context.clock.now(),
      blockReplication: 1,
      blockSize,
      action: 'add',
    });
  }
  await log.add(batch, entries);
}

async function removeStaged(folder: string, prefix: string, context: SinkContext): Promise<void> {
  for (const entry of (await context.files.list(folder)) ?? []) {
    if (entry.isFolder && !entry.name.startsWith('_')) await removeStaged(entry.path, prefix, context);
    else if (entry.name.startsWith(prefix)) await context.files.remove(entry.path);
  }
}

async function checkFolder(path: string, context: SinkContext): Promise<void> {
  const found = await context.files.stat(path);
  if (found !== null && !found.isFolder)
    throw new SparkError(
      { java: 'org.apache.hadoop.fs.ParentNotDirectoryException' },
      `Parent path is not a directory: file:${path}`,
    );
  await context.files.makeFolder(`${path}/_spark_metadata`);
}

/** Spark reads `retention` with its short units (`12h`); longer spellings are refused at `start()`. */
function checkRetention(request: WriteRequest): void {
  const text = request.options.get('retention');
  if (text === undefined) return;
  if (!/^-?\d+\s*(us|ms|s|m|min|h|d)?$/i.test(text.trim()))
    throw new SparkError(
      'NumberFormatException',
      'Time must be specified as seconds (s), milliseconds (ms), microseconds (us), minutes (m or min), hour (h), or day (d). E.g. 50s, 100ms, or 250us.',
    );
  throw sparkError('NOT_SUPPORTED_BY_MAREA', { feature: 'the option retention of the file sink' });
}

const compactInterval = (context: SinkContext): number =>
  Number(context.conf('spark.sql.streaming.fileSink.log.compactInterval') ?? 10);
