import { field, stringType, structType, type StructType } from '../core/data-type.ts';
import { sql, sqlJoin, sqlName, sqlString, type Sql } from '../core/sql-text.ts';
import { isBlankText } from './bind-value.ts';
import { csvTypeOfClasses, valueClassSql } from './csv-infer.ts';
import { csvFormat, hasHeader, type CsvFormat } from './csv-options.ts';
import { csvColumns, csvValues } from './csv-record.ts';
import type { JsonRules } from './json-field.ts';
import { corruptColumn, corruptIndex, failFast } from './json-record.ts';
import { linesOf, readerContext, wholeFiles, type ReadContext } from './read-context.ts';
import { splitCsvRecord } from './scalar/csv-scalars.ts';
import { isOn, parseMode, type TextOptions } from './text-options.ts';

/** Records (`value`) of CSV files without headers, comments and blank lines. */
function csvRecords(files: readonly string[], options: TextOptions, format: CsvFormat, skipsHeader: boolean): Sql {
  const comment = format.comment === '' ? sql`` : sql` AND NOT starts_with(value, ${sqlString(format.comment)})`;
  const real = sql`value IS NOT NULL AND NOT ${isBlankText(sql`value`)}${comment}`;
  if (!isOn(options, 'multiLine', false))
    return sql`(SELECT value FROM ${linesOf(files, options, skipsHeader)} WHERE ${real})`;
  const records = sql`marea_csv_records(value, ${sqlString(format.quote)}, ${sqlString(format.escape)})`;
  const kept = skipsHeader ? sql`list_slice(${records}, 2, NULL)` : records;
  return sql`(SELECT value FROM (SELECT unnest(${kept}) AS value FROM ${wholeFiles(files)}) WHERE ${real})`;
}

/**
 * SELECT of columns `f0`, `f1`, … in the order of `schema` over CSV files; values by position, whatever the header says. Records with too few or too many values,
 * or with a value that does not fit, are bad: kept, dropped or an error by `mode`.
 */
export function readCsvSelect(
  files: readonly string[],
  schema: StructType,
  options: TextOptions,
  context: ReadContext,
): Sql {
  const rules: JsonRules = { options, context: readerContext(options, context) };
  const format = csvFormat(options, false);
  const mode = parseMode(options);
  const corruptName = corruptColumn(options, context.conf('spark.sql.columnNameOfCorruptRecord'));
  const source = sql`(SELECT value, ${csvValues(sql`value`, format)} AS vals FROM ${csvRecords(files, options, format, hasHeader(options))})`;
  if (schema.fields.length === 0) return sql`SELECT NULL AS f0 FROM ${source} WHERE false`;
  const { values, isBad } = csvColumns(sql`vals`, sql`value`, schema, rules, corruptName);
  const judged = mode !== 'PERMISSIVE' || corruptIndex(schema, corruptName) >= 0;
  const columns = values.map((value, i) => {
    const checked =
      judged && mode === 'FAILFAST'
        ? sql`CASE WHEN ${isBad} THEN ${failFast(values, schema.fields, rules)} ELSE ${value} END`
        : value;
    return sql`${checked} AS ${sqlName(`f${i}`)}`;
  });
  return sql`SELECT ${sqlJoin(columns, ', ')} FROM ${source}${mode === 'DROPMALFORMED' ? sql` WHERE NOT ${isBad}` : sql``}`;
}

/** The schema of CSV files: names from the first record with `header`, else `_c0`…; strings unless `inferSchema`. Files without records have no fields; null without files. */
export async function inferCsvSchema(
  files: readonly string[],
  options: TextOptions,
  context: ReadContext,
): Promise<StructType | null> {
  if (files.length === 0) return null;
  const format = csvFormat(options, false);
  const [first] = await context.query.rows(
    sql`SELECT value FROM ${csvRecords(files, options, format, false)} LIMIT 1`,
    [stringType],
  );
  const text = first?.[0];
  if (typeof text !== 'string') return structType([]);
  const cells = splitCsvRecord(text, format);
  const names = hasHeader(options) ? headerNames(cells, format.nullValue) : cells.map((_, i) => `_c${i}`);
  if (!isOn(options, 'inferSchema', false)) return structType(names.map((name) => field(name, stringType)));
  const rules: JsonRules = { options, context: readerContext(options, context) };
  const values = sql`(SELECT ${csvValues(sql`value`, format)} AS vals FROM ${csvRecords(files, options, format, hasHeader(options))})`;
  const classes = names.map((_, i) => sql`string_agg(DISTINCT ${valueClassSql(sql`vals`, i, format, rules)}, ',')`);
  const [row] = await context.query.rows(
    sql`SELECT ${sqlJoin(classes, ', ')} FROM ${values}`,
    names.map(() => stringType),
  );
  return structType(names.map((name, i) => field(name, csvTypeOfClasses(row?.[i]))));
}

/** Empty names become `_c` and their position; repeated ones get it as a suffix, letter case ignored. */
function headerNames(cells: readonly string[], nullValue: string): readonly string[] {
  const counts = new Map<string, number>();
  for (const cell of cells) counts.set(cell.toLowerCase(), (counts.get(cell.toLowerCase()) ?? 0) + 1);
  return cells.map((cell, i) =>
    cell === '' || cell === nullValue ? `_c${i}` : (counts.get(cell.toLowerCase()) ?? 0) > 1 ? `${cell}${i}` : cell,
  );
}
