import type { SessionTables } from '../api/session-tables.ts';
import type { BatchOutput, CopyOptions } from '../api/sink.ts';
import type { Files } from '../api/files.ts';
import type { StructType } from '../core/data-type.ts';
import { sql, sqlJoin, sqlName, sqlString, type Sql } from '../core/sql-text.ts';
import type { Connection } from '../duckdb/connection.ts';
import { literalSql } from '../compile/literal-sql.ts';
import { copyStatement } from './copy-rows.ts';
import type { OutputTable } from './output-table.ts';

export type OutputPorts = { readonly tables: SessionTables; readonly files: Files; readonly zone: string };

/** Up to so many rows go to another instance by way of JavaScript; a file is quicker from there on. */
const fewRows = 256;

/** Rows whose columns are `f0`, `f1`, … in schema order, as sinks take them. Used by micro-batches and by batch writes. */
export function batchOutput(
  connection: Connection,
  output: OutputTable,
  schema: StructType,
  ports: OutputPorts,
): BatchOutput {
  const types = schema.fields.map((field) => field.type);
  const columns = schema.fields.map((_, index) => sqlName(`f${index}`));
  const column = (name: string): Sql => columns[schema.fields.findIndex((field) => field.name === name)] ?? sql`NULL`;
  let count: number | undefined;
  return {
    schema,
    rowCount: async () => (count ??= await output.count()),
    rows: (limit) => output.rows(limit),
    blocks: async function* () {
      yield* connection.blocks(sql`SELECT * FROM ${await output.table()}`, types);
    },
    copyTo: async (file, options) => {
      const { from, kept } = partitionRows(await output.table(), schema, columns, column, options);
      await connection.run(copyStatement(from, file, kept, options, ports.zone));
      return options.partition === undefined ? (count ?? 0) : connection.count(sql`SELECT count(*) FROM ${from}`);
    },
    copyToTable: async (tableKey, how) => {
      const few = how === 'append' && types.length > 0 ? await output.few(fewRows) : undefined;
      if (few) {
        await ports.tables.append(tableKey, few);
        count = few.length;
        return;
      }
      const file = ports.tables.temporaryFile('.parquet');
      count = await connection.change(
        sql`COPY (SELECT * FROM ${await output.table()}) TO ${sqlString(file)} (FORMAT parquet, COMPRESSION uncompressed)`,
      );
      try {
        await ports.tables.load(tableKey, file, how);
      } finally {
        await ports.files.remove(file);
      }
    },
    partitions: async (names) => {
      const chosen = sqlJoin(names.map(column), ', ');
      return connection.rows(
        sql`SELECT ${chosen} FROM (SELECT ${chosen}, min(rowid) AS first_row FROM ${await output.table()} GROUP BY ${chosen}) ORDER BY first_row`,
        names.map((name) => schema.fields.find((field) => field.name === name)?.type ?? { kind: 'string' }),
      );
    },
  };
}

/** The rows of one file, and the columns that go into it: those of the partition are in the folder's name. */
function partitionRows(
  table: Sql,
  schema: StructType,
  columns: readonly Sql[],
  column: (name: string) => Sql,
  { partition }: CopyOptions,
): { readonly from: Sql; readonly kept: { readonly columns: readonly Sql[]; readonly schema: StructType } } {
  if (partition === undefined) return { from: table, kept: { columns, schema } };
  const conditions = partition.columns.map((name, index) => {
    const type = schema.fields.find((field) => field.name === name)?.type ?? { kind: 'string' };
    return sql`${column(name)} IS NOT DISTINCT FROM ${literalSql(partition.values[index] ?? null, type)}`;
  });
  const indexes = schema.fields
    .map((_, index) => index)
    .filter((index) => !partition.columns.includes(schema.fields[index]?.name ?? ''));
  return {
    from: sql`(SELECT * FROM ${table} WHERE ${sqlJoin(conditions, ' AND ')})`,
    kept: {
      columns: indexes.map((index) => sqlName(`f${index}`)),
      schema: { kind: 'struct', fields: indexes.flatMap((index) => schema.fields[index] ?? []) },
    },
  };
}
