import type { StagedFile } from '../api/sink.ts';
import { field, longType, stringType, structType, type StructField } from '../core/data-type.ts';
import { batchId, type BatchId } from '../core/ids.ts';
import { sparkError } from '../core/spark-error.ts';
import { sql, sqlInteger, sqlString, type Sql } from '../core/sql-text.ts';
import { watermark, type Watermark } from '../core/time.ts';
import { typeFromJson, typeToJson, type TypeJson } from '../core/type-json.ts';
import { javaTypeText } from '../core/type-names.ts';
import type { Connection } from '../duckdb/connection.ts';

/** Layout of the database file; another number is not read. */
const formatVersion = '1';

/** What the state's own transaction recorded of its newest batch. */
export type StateBatch = {
  readonly batch: BatchId;
  readonly nextWatermark: Watermark;
  readonly staged: readonly StagedFile[];
  /** Its commit log entry was written. A missing entry then means that somebody removed it. */
  readonly isPublished: boolean;
};

/** Makes the tables that are not an operator's. */
export const createStateTables = (): readonly Sql[] => [
  sql`CREATE TABLE IF NOT EXISTS meta (key VARCHAR, value VARCHAR)`,
  sql`CREATE TABLE IF NOT EXISTS batches (batch BIGINT, next_watermark_ms BIGINT, staged VARCHAR, is_published BOOLEAN)`,
];

export async function latestStateBatch(connection: Connection): Promise<StateBatch | null> {
  const [row] = await connection.rows(
    sql`SELECT batch, next_watermark_ms, staged, CAST(is_published AS INTEGER) FROM batches ORDER BY batch DESC LIMIT 1`,
    [longType, longType, stringType, { kind: 'integer' }],
  );
  if (row === undefined) return null;
  return {
    batch: batchId(Number(row[0])),
    nextWatermark: watermark(Number(row[1])),
    staged: JSON.parse(row[2] as string) as readonly StagedFile[],
    isPublished: row[3] === 1,
  };
}

/** Rows of `batches` are dropped so many batches at a time. */
const purgeEvery = 100;

/** Part of the batch's transaction. Only the newest row counts, so older ones go now and then. */
export function recordBatch(batch: BatchId, nextWatermark: Watermark, staged: readonly StagedFile[]): Sql {
  const insert = sql`INSERT INTO batches VALUES (${sqlInteger(batch)}, ${sqlInteger(nextWatermark)}, ${sqlString(JSON.stringify(staged))}, false)`;
  return batch % purgeEvery === 0 ? sql`DELETE FROM batches WHERE batch < ${sqlInteger(batch - 1)}; ${insert}` : insert;
}

export const markPublished = (batch: BatchId): Sql =>
  sql`UPDATE batches SET is_published = true WHERE batch = ${sqlInteger(batch)}`;
export const forgetBatch = (batch: BatchId): Sql => sql`DELETE FROM batches WHERE batch = ${sqlInteger(batch)}`;

/** Columns of an operator's state as Spark's state store sees them. */
export type StoredSchema = { readonly key: readonly StructField[]; readonly value: readonly StructField[] };

type SchemaJson = { readonly key: readonly FieldJson[]; readonly value: readonly FieldJson[] };
type FieldJson = { readonly name: string; readonly type: TypeJson; readonly nullable: boolean };

/** Keeps the operators' schemas in a new database, and compares them with those of an old one. Throws Spark's refusal. */
export async function checkSchemas(
  connection: Connection,
  schemas: ReadonlyMap<number, readonly StoredSchema[]>,
  isChecked: boolean,
): Promise<void> {
  const kept = new Map(
    (await connection.rows(sql`SELECT key, value FROM meta`, [stringType, stringType])).map((row) => [
      row[0] as string,
      row[1] as string,
    ]),
  );
  const version = kept.get('version');
  if (version === undefined)
    await connection.run(sql`INSERT INTO meta VALUES ('version', ${sqlString(formatVersion)})`);
  else if (version !== formatVersion)
    throw sparkError('NOT_SUPPORTED_BY_MAREA', { feature: `state of format ${version}` });
  for (const [operator, provided] of schemas) {
    const key = `schema_${operator}`;
    const text = JSON.stringify(provided.map(schemaJson));
    const old = kept.get(key);
    if (old === undefined) await connection.run(sql`INSERT INTO meta VALUES (${sqlString(key)}, ${sqlString(text)})`);
    else if (isChecked)
      provided.forEach((schema, index) => compare(schemaJson(schema), (JSON.parse(old) as SchemaJson[])[index]));
  }
}

const schemaJson = (schema: StoredSchema): SchemaJson => {
  const fields = (list: StoredSchema['key']): FieldJson[] =>
    list.map((column) => ({ name: column.name, type: typeToJson(column.type), nullable: column.nullable }));
  return { key: fields(schema.key), value: fields(schema.value) };
};

/** Names may differ, numbers and types of columns may not. */
function compare(provided: SchemaJson, existing: SchemaJson | undefined): void {
  const types = (fields: readonly FieldJson[] | undefined): string =>
    JSON.stringify((fields ?? []).map((column) => withoutNames(column.type)));
  if (
    existing !== undefined &&
    types(provided.key) === types(existing.key) &&
    types(provided.value) === types(existing.value)
  )
    return;
  throw sparkError('STATE_SCHEMA_NOT_COMPATIBLE', {
    providedKey: structText(provided.key),
    existingKey: structText(existing?.key ?? []),
    providedValue: structText(provided.value),
    existingValue: structText(existing?.value ?? []),
  });
}

function withoutNames(type: TypeJson): unknown {
  if (typeof type === 'string') return type;
  if (type.type === 'struct') return type.fields.map((field) => withoutNames(field.type));
  return type.type === 'array'
    ? [type.type, withoutNames(type.elementType)]
    : [type.type, withoutNames(type.keyType), withoutNames(type.valueType)];
}

const structText = (fields: readonly FieldJson[]): string =>
  javaTypeText(structType(fields.map(({ name, type, nullable }) => field(name, typeFromJson(type), nullable))));
