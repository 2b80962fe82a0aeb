import { field, longType, stringType, structType, type DataType, type StructType } from '../core/data-type.ts';
import { SparkError } from '../core/spark-error.ts';
import { sql } from '../core/sql-text.ts';
import { jsonRecords } from './json-read.ts';
import { corruptColumn } from './json-record.ts';
import { typeFromStructure } from './json-structure.ts';
import type { ReadContext } from './read-context.ts';
import { inferJsonType, settledJsonType, widerJsonType, type JsonInference } from './scalar/json-schema.ts';
import { readJson } from './scalar/json-text.ts';
import { isOn, parseMode, type TextOptions } from './text-options.ts';

/** What DuckDB's structure does not tell: a number that may not fit a long, an object without fields. */
const isUnclear = sql`regexp_matches(json, '[0-9]{19}|\{\s*\}')`;

/**
 * The schema that Spark infers from JSON files: fields in alphabetical order, whole numbers `bigint`, fractions `double`, what does not go together `string`;
 * malformed records add the corrupt-record column, or are an error with FAILFAST. Files without records have no fields; null without files.
 */
export async function inferJsonSchema(
  files: readonly string[],
  options: TextOptions,
  context: ReadContext,
): Promise<StructType | null> {
  if (files.length === 0) return null;
  const records = jsonRecords(files, options);
  const inference: JsonInference = {
    prefersDecimal: isOn(options, 'prefersDecimal', false),
    infersTimestamp: isOn(options, 'inferTimestamp', false),
    primitivesAsString: isOn(options, 'primitivesAsString', false),
  };
  const isExact = inference.prefersDecimal || inference.infersTimestamp ? sql`true` : isUnclear;
  const isObject = sql`json_type(json) = 'OBJECT'`;
  const summary = sql`SELECT json_group_structure(CASE WHEN ${isObject} AND NOT ${isExact} THEN json::JSON END)::VARCHAR, count(*) FILTER (json IS NULL OR json_type(json) NOT IN ('OBJECT', 'NULL')), count(*) FILTER (${isObject} AND NOT ${isExact}) FROM ${records}`;
  const [row] = await context.query.rows(summary, [stringType, longType, longType]);
  const [structure, malformed, plain] = row ?? [];
  let inferred: DataType =
    Number(plain ?? 0) > 0 && typeof structure === 'string'
      ? typeFromStructure(JSON.parse(structure), inference.primitivesAsString)
      : structType([]);
  const exact = await context.query.rows(sql`SELECT json FROM ${records} WHERE ${isObject} AND ${isExact}`, [
    stringType,
  ]);
  for (const [text] of exact) {
    const node = typeof text === 'string' ? readJson(text) : undefined;
    if (node) inferred = widerJsonType(inferred, inferJsonType(node, inference));
  }
  if (Number(malformed ?? 0) > 0) inferred = withMalformed(inferred, options, context);
  const settled = settledJsonType(inferred);
  return settled?.kind === 'struct' ? settled : structType([]);
}

function withMalformed(inferred: DataType, options: TextOptions, context: ReadContext): DataType {
  switch (parseMode(options)) {
    case 'PERMISSIVE':
      return widerJsonType(
        inferred,
        structType([field(corruptColumn(options, context.conf('spark.sql.columnNameOfCorruptRecord')), stringType)]),
      );
    case 'DROPMALFORMED':
      return inferred;
    case 'FAILFAST':
      throw new SparkError(
        { java: 'org.apache.spark.SparkException' },
        'Malformed records are detected in schema inference. Parse Mode: FAILFAST.',
      );
  }
}
