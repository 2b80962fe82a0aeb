import { randomUUID } from 'node:crypto';
import type { BatchOutput, CopyOptions, SinkContext, StagedFile, WriteRequest } from '../api/sink.ts';
import type { DataType, StructType } from '../core/data-type.ts';
import { escapePath, hiveNull } from '../core/partition-path.ts';
import { SparkError, sparkError } from '../core/spark-error.ts';
import type { Row, SparkValue, StructValue } from '../core/spark-value.ts';
import { backQuoted, sqlTypeName } from '../core/type-names.ts';
import { cellText } from '../display/cell-text.ts';

export type WrittenFormat = CopyOptions['format'];

const displayNames = { parquet: 'Parquet', json: 'JSON', csv: 'CSV', text: 'Text' } as const;
const extensions = { parquet: 'parquet', json: 'json', csv: 'csv', text: 'txt' } as const;
const textCodecs: Readonly<Record<string, string>> = { none: '', uncompressed: '', gzip: '.gz' };
const parquetCodecs: Readonly<Record<string, string>> = {
  none: '',
  uncompressed: '',
  snappy: '.snappy',
  gzip: '.gz',
  zstd: '.zstd',
  lz4: '.lz4hadoop',
  lz4_raw: '.lz4raw',
  brotli: '.br',
};

/** The names of partition columns as the schema spells them. Throws when one does not exist. */
export function partitionColumns(request: WriteRequest, isCaseSensitive: boolean): readonly string[] {
  const names = request.schema.fields.map((field) => field.name);
  return request.partitionBy.map((column) => {
    const found =
      names.find((name) => name === column) ??
      names.find((name) => !isCaseSensitive && name.toLowerCase() === column.toLowerCase());
    if (found === undefined) throw sparkError('_LEGACY_ERROR_TEMP_1196', { column, columns: names.join(', ') });
    return found;
  });
}

/** Refuses, when the first batch runs, columns and codecs the format cannot hold. */
export function checkWritable(format: WrittenFormat, request: WriteRequest, partitioned: readonly string[]): void {
  codec(format, request);
  const fields = request.schema.fields.filter((field) => !partitioned.includes(field.name));
  for (const field of fields)
    if (!holds(format, field.type))
      throw sparkError('UNSUPPORTED_DATA_TYPE_FOR_DATASOURCE', {
        format: displayNames[format],
        columnName: backQuoted(field.name),
        columnType: sqlTypeName(field.type),
      });
  if (format === 'text' && fields.length !== 1)
    throw new SparkError(
      'AnalysisException',
      `Text data source supports only a single column, and you have ${fields.length} columns.`,
      { condition: '_LEGACY_ERROR_TEMP_1290' },
    );
}

function holds(format: WrittenFormat, type: DataType): boolean {
  if (format === 'text') return type.kind === 'string' || type.kind === 'char' || type.kind === 'varchar';
  if (format === 'csv') return !['array', 'map', 'struct', 'binary', 'calendar_interval', 'void'].includes(type.kind);
  return type.kind !== 'calendar_interval' && !(format === 'parquet' && type.kind === 'void');
}

/** Suffix of the file name for the compression asked for. */
function codec(format: WrittenFormat, request: WriteRequest): string {
  const fallback = format === 'parquet' ? 'snappy' : 'none';
  const name = (request.options.get('compression') ?? request.options.get('codec') ?? fallback).toLowerCase();
  const found = (format === 'parquet' ? parquetCodecs : textCodecs)[name];
  if (found !== undefined) return found;
  if (['bzip2', 'deflate', 'lz4', 'snappy', 'lzo'].includes(name))
    throw sparkError('NOT_SUPPORTED_BY_MAREA', { feature: `the ${name} codec for ${format} files` });
  throw format === 'parquet'
    ? new SparkError(
        'IllegalArgumentException',
        `Codec [${name}] is not available. Available codecs are brotli, uncompressed, lzo, snappy, lz4_raw, none, zstd, lz4, gzip.`,
      )
    : new SparkError(
        'IllegalArgumentException',
        `Codec [${name}] is not available. Known codecs are bzip2, deflate, uncompressed, lz4, gzip, snappy, none.`,
      );
}

/** `part-00000-<uuid>-c000.snappy.parquet`; with partitions Spark writes `.c000`. */
export function partName(format: WrittenFormat, request: WriteRequest, isPartitioned: boolean): string {
  const suffix = codec(format, request);
  const ending = format === 'parquet' ? `${suffix}.parquet` : `.${extensions[format]}${suffix}`;
  return `part-00000-${randomUUID()}${isPartitioned ? '.' : '-'}c000${ending}`;
}

/** Where files of one write go: `folder` is the output folder, `stageAs` gives the name under which a file waits. */
export type FileTarget = { readonly folder: string; readonly stageAs: (name: string) => string };

/**
 * Writes all rows of `output`, one file for each combination of partition values, at least one file without partitions (Spark's task 0 always writes).
 * The files are synced by whoever publishes them.
 */
export async function writeFiles(
  format: WrittenFormat,
  request: WriteRequest,
  output: BatchOutput,
  target: FileTarget,
  context: SinkContext,
): Promise<readonly StagedFile[]> {
  const columns = partitionColumns(request, context.conf('spark.sql.caseSensitive') === 'true');
  checkWritable(format, request, columns);
  const options = copyOptions(request);
  if (columns.length === 0)
    return [await writeOne(partName(format, request, false), '', output, { format, options }, target, context)];
  const staged: StagedFile[] = [];
  for (const values of await output.partitions([...new Set(columns)])) {
    const folder = partitionFolder(columns, values, request.schema, context.zone);
    const partition = { columns: [...new Set(columns)], values };
    staged.push(
      await writeOne(partName(format, request, true), folder, output, { format, options, partition }, target, context),
    );
  }
  return staged;
}

async function writeOne(
  name: string,
  folder: string,
  output: BatchOutput,
  options: CopyOptions,
  target: FileTarget,
  context: SinkContext,
): Promise<StagedFile> {
  const inside = folder === '' ? target.folder : `${target.folder}/${folder}`;
  const staged = `${inside}/${target.stageAs(name)}`;
  await context.files.makeFolder(inside);
  await output.copyTo(staged, options);
  return { staged, final: `${inside}/${name}`, size: (await context.files.stat(staged))?.size ?? 0 };
}

const copyOptions = (request: WriteRequest): Readonly<Record<string, string>> =>
  Object.fromEntries(request.options.entries.map(([name, value]) => [name.toLowerCase(), value]));

/** `year=2024/country=__HIVE_DEFAULT_PARTITION__`; `columns` may repeat a name, `values` belong to the distinct ones. */
export function partitionFolder(columns: readonly string[], values: Row, schema: StructType, zone: string): string {
  const distinct = [...new Set(columns)];
  return columns
    .map((column) => {
      const value: SparkValue = values[distinct.indexOf(column)] ?? null;
      const type = schema.fields.find((field) => field.name === column)?.type ?? { kind: 'string' };
      const text = value === null ? '' : partitionText(value, type, zone);
      return `${escapePath(column)}=${text === '' ? hiveNull : escapePath(text)}`;
    })
    .join('/');
}

/** A value as `CAST(… AS STRING)` gives it: inside a struct NULL is written in small letters. */
function partitionText(value: SparkValue, type: DataType, zone: string): string {
  if (type.kind !== 'struct' || value === null) return cellText(value, type, zone);
  const { values } = value as StructValue;
  return `{${type.fields.map((field, index) => (values[index] === null ? 'null' : partitionText(values[index] ?? null, field.type, zone))).join(', ')}}`;
}
