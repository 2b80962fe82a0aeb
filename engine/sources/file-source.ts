import type {
  BatchSource,
  PathPair,
  ReadRequest,
  SourceContext,
  SourceFormat,
  StreamSourceFactory,
} from '../api/source.ts';
import type { StructType } from '../core/data-type.ts';
import { SparkError, sparkError } from '../core/spark-error.ts';
import { backQuoted } from '../core/type-names.ts';
import type { FileFormat } from './file-format.ts';
import { hasSinkLog, listFiles, type Listing } from './file-listing.ts';
import { existing, filePartitionSizes, fileRows, fileSchema, type FileSchema } from './file-rows.ts';
import { FileStream } from './file-stream.ts';
import { isGlob } from './glob.ts';
import { inferPartitionColumns, partitionValues } from './partition-columns.ts';
import { readPaths, streamPath } from './read-path.ts';

/** A file format of the catalogue, readable as a batch and as a stream. */
export const fileSource = (format: FileFormat): SourceFormat => ({
  format: format.name,
  loadBatch: (request, context) => loadBatch(format, request, context),
  loadStream: (request, context) => loadStream(format, request, context),
});

/** The files are listed now and stay fixed: later ones are unseen, changed contents are seen. */
async function loadBatch(format: FileFormat, request: ReadRequest, context: SourceContext): Promise<BatchSource> {
  const paths = readPaths(request);
  if (paths.length === 0) throw sparkError('UNABLE_TO_INFER_SCHEMA', { format: format.displayName });
  format.checkOptions?.(request.options);
  const listing = await listFiles(paths, request.options, context.files);
  for (const path of paths) await checkExists(path, listing, context);
  const files = listing.files.map((file) => file.path);
  const schema = await schemaFor(format, request, context, listing, files);
  if (schema === null) throw sparkError('UNABLE_TO_INFER_SCHEMA', { format: format.displayName });
  const read = { format, schema, options: request.options, context, baseOf: listing.baseOf };
  return {
    schema: schema.all,
    description: `FileScan ${format.name} ${paths.map((path) => `file:${path.absolute}`).join(', ')}`,
    files: files.map((file) => `file://${file}`),
    read: async (wanted) => {
      for (const file of files) if ((await context.files.stat(file)) === null) throw goneFile(file);
      return fileRows(await existing(files, context.files), read, wanted);
    },
    partitionSizes: async () => filePartitionSizes(await existing(files, context.files), read),
  };
}

async function loadStream(
  format: FileFormat,
  request: ReadRequest,
  context: SourceContext,
): Promise<StreamSourceFactory> {
  const path = streamPath(request);
  format.checkOptions?.(request.options);
  if (!isGlob(path.spelling) && (await context.files.stat(path.absolute)) === null)
    throw sparkError('PATH_NOT_FOUND', { path: path.spelling });
  const infers = context.conf('spark.sql.streaming.schemaInference') === 'true';
  if (request.schema === undefined && format.fixedSchema === undefined && !infers)
    throw sparkError('_LEGACY_ERROR_TEMP_2048', {});
  const listing = await listFiles([path], request.options, context.files);
  const schema = await schemaFor(
    format,
    request,
    context,
    listing,
    listing.files.map((file) => file.path),
  );
  if (schema === null) throw sparkError('UNABLE_TO_INFER_SCHEMA', { format: format.displayName });
  const read = { format, schema, options: request.options, context, baseOf: listing.baseOf };
  return {
    schema: schema.all,
    description: `FileSource[${path.spelling}]`,
    open: (metadataFolder) => FileStream.open(path, read, metadataFolder),
  };
}

/** The learner's schema or the files' own, with the partition columns that the folders show now. Null: the files say nothing. */
async function schemaFor(
  format: FileFormat,
  request: ReadRequest,
  context: SourceContext,
  listing: Listing,
  files: readonly string[],
): Promise<FileSchema | null> {
  const fromSchema = request.schema ?? format.fixedSchema;
  const own: StructType | null = fromSchema ?? (await format.inferSchema(files, request.options, context));
  if (own === null) return null;
  for (const file of files) checkPartitionNames(listing.baseOf(file), file);
  const recursive = request.options.get('recursiveFileLookup')?.toLowerCase() === 'true';
  const infersTypes = context.conf('spark.sql.sources.partitionColumnTypeInference.enabled') !== 'false';
  const partition = recursive
    ? []
    : inferPartitionColumns(
        files.map((file) => partitionValues(listing.baseOf(file), file)),
        infersTypes,
      );
  return fileSchema(own.fields, partition, context.conf('spark.sql.caseSensitive') === 'true');
}

/** The same column twice in one path. */
function checkPartitionNames(base: string, file: string): void {
  const names = file
    .slice(base.length)
    .split('/')
    .slice(0, -1)
    .flatMap((segment) => (segment.indexOf('=') > 0 ? [segment.slice(0, segment.indexOf('=')).toLowerCase()] : []));
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) throw sparkError('COLUMN_ALREADY_EXISTS', { columnName: backQuoted(repeated) });
}

async function checkExists(path: PathPair, listing: Listing, context: SourceContext): Promise<void> {
  if (isGlob(path.spelling)) {
    if (listing.files.length > 0) return;
  } else if ((await hasSinkLog(path, context.files)) || (await context.files.stat(path.absolute)) !== null) return;
  throw sparkError('PATH_NOT_FOUND', { path: `file:${path.absolute}` });
}

const goneFile = (file: string): SparkError =>
  new SparkError(
    { java: 'org.apache.spark.SparkException' },
    `Job aborted due to stage failure: Task 0 in stage 0.0 failed 1 times, most recent failure: Lost task 0.0 in stage 0.0 (TID 0) (localhost executor driver): java.io.FileNotFoundException: \nFile file:${file} does not exist\n\nIt is possible the underlying files have been updated. You can explicitly invalidate\nthe cache in Spark by running 'REFRESH TABLE tableName' command in SQL or by\nrecreating the Dataset/DataFrame involved.\n`,
  );
