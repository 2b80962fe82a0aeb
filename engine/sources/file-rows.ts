import type { FileStat, Files } from '../api/files.ts';
import type { SourceContext, SourceOptions, SourceRows, WantedRows } from '../api/source.ts';
import { longType, type StructField, type StructType } from '../core/data-type.ts';
import { fileUri } from '../core/file-uri.ts';
import { sql, sqlJoin, sqlName, sqlString, type Sql } from '../core/sql-text.ts';
import { storageType } from '../core/storage-type.ts';
import type { FileFormat } from './file-format.ts';
import { filePartitions } from './file-partitions.ts';
import { partitionValues, partitionValueSql, type PartitionValues } from './partition-columns.ts';

/** The schema of a file read, split into what the files hold and what their folders say. `all` = data columns, then partition columns. */
export type FileSchema = {
  readonly all: StructType;
  readonly data: StructType;
  readonly partition: readonly StructField[];
};

/** A partition column that the learner's schema also names takes the learner's type, and moves to the end. */
export function fileSchema(
  fields: readonly StructField[],
  partition: readonly StructField[],
  isCaseSensitive: boolean,
): FileSchema {
  const same = (a: string, b: string): boolean => (isCaseSensitive ? a === b : a.toLowerCase() === b.toLowerCase());
  const data = fields.filter((field) => !partition.some((column) => same(column.name, field.name)));
  const typed = partition.map((column) => fields.find((field) => same(column.name, field.name)) ?? column);
  const nullable = (field: StructField): StructField => ({ ...field, nullable: true });
  return {
    all: { kind: 'struct', fields: [...data, ...typed].map(nullable) },
    data: { kind: 'struct', fields: data },
    partition: typed,
  };
}

export type FileNames = Pick<WantedRows, 'fileNames'>;

export type FileRead = {
  readonly format: FileFormat;
  readonly schema: FileSchema;
  readonly options: SourceOptions;
  readonly context: SourceContext;
  readonly baseOf: (file: string) => string;
};

/** The rows of some files, one SELECT for each set of partition values. No file: an empty relation of the same columns. */
export async function fileRows(
  found: readonly FileStat[],
  read: FileRead,
  wanted: FileNames = {},
): Promise<SourceRows> {
  const paths = found.map(({ path }) => path);
  const rows = wanted.fileNames === true ? await namedRows(paths, read) : await rowsOf(paths, read);
  const bytes = found.reduce((sum, file) => sum + file.size, 0);
  return { ...rows, partitions: filePartitions(found, read).length, bytes };
}

/** The rows with the URI of their file as last column. */
async function namedRows(files: readonly string[], read: FileRead): Promise<SourceRows> {
  const column = sqlName(`f${read.schema.all.fields.length}`);
  if (files.length === 0) return rowsOf([], read);
  const selects: Sql[] = [];
  for (const file of files) {
    const { select } = await rowsOf([file], read);
    selects.push(sql`SELECT *, ${sqlString(fileUri(file))} AS ${column} FROM (${select})`);
  }
  return { kind: 'sql', select: sqlJoin(selects, ' UNION ALL '), counts: read.format.counts };
}

async function rowsOf(files: readonly string[], read: FileRead): Promise<Extract<SourceRows, { kind: 'sql' }>> {
  const { format, schema, options, context } = read;
  if (files.length === 0) return { kind: 'sql', select: emptySelect(schema.all), counts: format.counts, isEmpty: true };
  if (schema.partition.length === 0)
    return { kind: 'sql', select: await format.select(files, schema.data, options, context), counts: format.counts };
  const groups = new Map<string, { readonly values: PartitionValues; readonly files: string[] }>();
  for (const file of files) {
    const values = partitionValues(read.baseOf(file), file);
    const key = JSON.stringify(schema.partition.map((column) => values.get(column.name) ?? null));
    const group = groups.get(key) ?? { values, files: [] };
    group.files.push(file);
    groups.set(key, group);
  }
  const selects = await Promise.all(
    [...groups.values()].map((group) => partitionSelect(group.files, group.values, read)),
  );
  return { kind: 'sql', select: sqlJoin(selects, ' UNION ALL '), counts: format.counts };
}

const rowsOnly: StructType = { kind: 'struct', fields: [{ name: 'value', type: { kind: 'string' }, nullable: true }] };

async function partitionSelect(files: readonly string[], values: PartitionValues, read: FileRead): Promise<Sql> {
  const { data, partition } = read.schema;
  const own = data.fields.map((_, index) => sqlName(`f${index}`));
  const constants = partition.map(
    (column, index) =>
      sql`${partitionValueSql(values.get(column.name), column.type, read.context.zone)} AS ${sqlName(`f${data.fields.length + index}`)}`,
  );
  // Files whose every column is in their folder's name still say how many rows there are.
  const inFiles = data.fields.length > 0 ? data : rowsOnly;
  return sql`SELECT ${sqlJoin([...own, ...constants], ', ')} FROM (${await read.format.select(files, inFiles, read.options, read.context)})`;
}

export const emptySelect = (schema: StructType): Sql =>
  sql`SELECT ${sqlJoin(
    schema.fields.map((field, index) => sql`CAST(NULL AS ${storageType(field.type)}) AS ${sqlName(`f${index}`)}`),
    ', ',
  )} WHERE false`;

/** Rows in each partition; null where a file is cut. */
export async function filePartitionSizes(
  found: readonly FileStat[],
  read: FileRead,
): Promise<readonly number[] | null> {
  const sizes: number[] = [];
  for (const pieces of filePartitions(found, read)) {
    if (pieces.some(({ isWhole }) => !isWhole)) return null;
    const rows = await rowsOf(
      pieces.map(({ path }) => path),
      read,
    );
    const [counted] = await read.context.query.rows(sql`SELECT count(*) FROM (${rows.select})`, [longType]);
    sizes.push(Number(counted?.[0] ?? 0));
  }
  return sizes;
}

/**
 * Files that still exist, biggest first as Spark packs them into partitions, otherwise in the given order. One deleted after it was listed is skipped, as
 * Spark's listing does.
 */
export async function existing(paths: readonly string[], files: Files): Promise<readonly FileStat[]> {
  const found = (await Promise.all(paths.map((path) => files.stat(path)))).filter((file) => file !== null);
  return found.toSorted((a, b) => b.size - a.size);
}
