// STUB of the streaming helper so that modules load; overwrite freely.
import { sql, sqlJoin, sqlName, sqlString, type Sql } from '../core/sql-text.ts';
import { storageType } from '../core/storage-type.ts';
import type { StructType } from '../core/data-type.ts';
export const inferJsonSchema = (..._args: readonly unknown[]): never => { throw new Error('stub inferJsonSchema'); };
export const readJsonSelect = (files: readonly string[], schema: StructType, _o: unknown, context: { readonly zone: string }): Sql => {
  const cols = schema.fields.map((f) => sql`${sqlString(f.name)}: ${f.type.kind === 'timestamp' ? sqlString('VARCHAR') : sqlString(storageType(f.type))}`);
  const items = schema.fields.map((f, i) => sql`${f.type.kind === 'timestamp' ? sql`CAST((TRY_CAST(${sqlName(f.name)} AS TIMESTAMP) AT TIME ZONE ${sqlString(context.zone)}) AS TIMESTAMP)` : sqlName(f.name)} AS ${sqlName(`f${i}`)}`);
  return sql`SELECT ${sqlJoin(items, ', ')} FROM read_json([${sqlJoin(files.map(sqlString), ', ')}], format='newline_delimited', ignore_errors=true, columns={${sqlJoin(cols, ', ')}})`;
};
