import type { Files } from '../api/files.ts';
import type { DataType, StructType } from '../core/data-type.ts';
import { sql, sqlJoin, sqlName, type Sql } from '../core/sql-text.ts';
import { storageType } from '../core/storage-type.ts';
import { corruptColumn, corruptIndex } from '../functions/json-record.ts';
import { fileList, readerContext, type ReadContext } from '../functions/read-context.ts';
import { firstLine, linesFit } from './regular-lines.ts';
import { isOn, parseMode, type TextOptions } from '../functions/text-options.ts';
import { localColumnToTimestampSql, localToTimestampSql } from '../functions/zone-conversion.ts';

/** From this size on a longer statement pays that converts a row faster. */
const bulkBytes = 4 << 20;

/** From this size on the second half of a file is looked at in another thread, which takes some 20 ms to start. */
const twoThreadsBytes = 16 << 20;

/** Up to this size a file is read once and kept, instead of once for its first line and once for all. */
const oneReadBytes = 1 << 20;

type LineFiles = Pick<Files, 'stat' | 'chunks' | 'linesFitAfter'>;

/**
 * SELECT of columns `f0`, `f1`, … over files that are regular: every line one flat object with the same keys in the same order, every value of the kind its
 * field asks for, in a spelling that DuckDB and Spark read alike. Null for all others, which need the reader that knows every oddity.
 * One pass of a compiled expression over the bytes costs half of what DuckDB then takes to read them.
 */
export async function regularJsonSelect(
  files: readonly string[],
  schema: StructType,
  options: TextOptions,
  context: ReadContext,
  access: LineFiles,
): Promise<Sql | null> {
  if (!canBeRegular(schema, options, context)) return null;
  let bytes = 0;
  for (const file of files) {
    const size = await regularBytes(file, schema, access);
    if (size === null) return null;
    bytes += size;
  }
  const { zone } = readerContext(options, context);
  const declared = schema.fields.map((field) => sql`${sqlName(field.name)}: '${readType(field.type)}'`);
  const from = sql`read_json(${fileList(files)}, format = 'newline_delimited', columns = {${sqlJoin(declared, ', ')}})`;
  const read = schema.fields.map(
    (field, index) => sql`${readValue(sqlName(field.name), field.type)} AS ${sqlName(`f${index}`)}`,
  );
  const toInstant = bytes >= bulkBytes ? localColumnToTimestampSql : localToTimestampSql;
  const columns = schema.fields.map((field, index) => {
    const column = sqlName(`f${index}`);
    return field.type.kind === 'timestamp' ? sql`${toInstant(column, zone)} AS ${column}` : column;
  });
  return sql`SELECT ${sqlJoin(columns, ', ')} FROM (SELECT ${sqlJoin(read, ', ')} FROM ${from})`;
}

/** Nothing may look at whole records or spell values in another way. */
function canBeRegular(schema: StructType, options: TextOptions, context: ReadContext): boolean {
  const names = new Set(schema.fields.map((field) => field.name.toLowerCase()));
  return (
    schema.fields.length > 0 &&
    names.size === schema.fields.length &&
    schema.fields.every((field) => valuePattern(field.type) !== null) &&
    parseMode(options) === 'PERMISSIVE' &&
    !isOn(options, 'multiLine', false) &&
    ['encoding', 'charset', 'lineSep', 'timestampFormat', 'timestampNTZFormat', 'dateFormat'].every(
      (name) => options.get(name) === undefined,
    ) &&
    corruptIndex(schema, corruptColumn(options, context.conf('spark.sql.columnNameOfCorruptRecord'))) < 0
  );
}

/** Text of a line without escapes: what stands between the quotes is the value. */
const plainText = String.raw`"[^"\\\x00-\x1f]*"`;
const plainDate = String.raw`[12][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])`;
const wholeNumber = (digits: number): string => `-?(?:0|[1-9][0-9]{0,${digits - 1}})`;
/** Any value but an object or an array, for keys that the schema does not name. */
const anyScalar = String.raw`(?:${plainText}|-?[0-9]+(?:\.[0-9]+)?|true|false|null)`;

/** How a value of the type may be spelt; null for types that are never regular. */
function valuePattern(type: DataType): string | null {
  switch (type.kind) {
    case 'string':
      return plainText;
    case 'byte':
      return wholeNumber(2);
    case 'short':
      return wholeNumber(4);
    case 'integer':
      return wholeNumber(9);
    case 'long':
      return wholeNumber(18);
    case 'double':
      return String.raw`-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,12})?`;
    case 'boolean':
      return 'true|false';
    case 'date':
      return `"${plainDate}"`;
    case 'timestamp':
      return String.raw`"${plainDate}[ T](?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,6})?"`;
    default:
      return null;
  }
}

/** What DuckDB reads the value as; 31 February is NULL, so dates are read as text. */
const readType = (type: DataType): Sql =>
  type.kind === 'timestamp' || type.kind === 'date' ? sql`VARCHAR` : storageType(type);

/** Wall clocks stay as they are here. */
function readValue(column: Sql, type: DataType): Sql {
  if (type.kind === 'timestamp') return sql`TRY_CAST(${column} AS TIMESTAMP)`;
  return type.kind === 'date' ? sql`TRY_CAST(${column} AS DATE)` : column;
}

/** The file's size, or null when it is not regular. */
async function regularBytes(file: string, schema: StructType, access: LineFiles): Promise<number | null> {
  const size = (await access.stat(file))?.size ?? 0;
  const chunks = size <= oneReadBytes ? await readOnce(access.chunks(file)) : () => access.chunks(file);
  const first = await firstLine(chunks());
  if (first === null) return 0;
  const line = lineExpression(first, schema);
  if (line === null) return null;
  if (size < twoThreadsBytes || !access.linesFitAfter) return (await linesFit(chunks(), line)) ? size : null;
  const half = size >> 1;
  const others = access.linesFitAfter(file, half, line).catch(() => false);
  return (await linesFit(chunks(), line, half)) && (await others) ? size : null;
}

async function readOnce(chunks: AsyncIterable<Uint8Array>): Promise<() => AsyncIterable<Uint8Array>> {
  let whole: Uint8Array = new Uint8Array();
  for await (const chunk of chunks) whole = whole.length === 0 ? Uint8Array.from(chunk) : Buffer.concat([whole, chunk]);
  return async function* () {
    yield whole;
  };
}

/** An expression for lines like the first one, newline included; null when that one is not regular itself. */
function lineExpression(first: string, schema: StructType): RegExp | null {
  const keys = keysOf(first);
  if (keys === null) return null;
  const pairs: string[] = [];
  for (const key of keys) {
    const field = schema.fields.find(({ name }) => name.toLowerCase() === key.toLowerCase());
    if (field !== undefined && field.name !== key) return null;
    const value = field === undefined ? anyScalar : `(?:${valuePattern(field.type) ?? anyScalar}|null)`;
    pairs.push(String.raw`"${escaped(key)}": ?${value}`);
  }
  return new RegExp(String.raw`\{${pairs.join(', ?')}\}\n`, 'y');
}

/** The keys of a flat object in their order; null for anything else, and where a key comes twice. ASCII only. */
function keysOf(line: string): readonly string[] | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const keys = Object.keys(value);
  const written = [...line.matchAll(/"((?:[^"\\]|\\.)*)"\s*:/g)].map((match) => match[1] ?? '');
  const isSame = keys.length === written.length && written.every((key) => Object.hasOwn(value, key));
  return isSame && written.every((key) => /^[\x20-\x7e]+$/.test(key)) ? written : null;
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
