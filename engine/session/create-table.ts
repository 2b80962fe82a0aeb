import { isAbsolute } from 'node:path';
import type { StructType } from '../core/data-type.ts';
import { SparkError, sparkError } from '../core/spark-error.ts';
import { backQuoted } from '../core/type-names.ts';
import { parseTableName } from '../parser/parse-multipart-name.ts';
import type { EngineState } from './engine-state.ts';
import { quotedTableName, savedName, type SavedTable } from './saved-tables.ts';
import type { SparkSession } from './spark-session.ts';

export type NewTable = {
  readonly name: string;
  readonly format: string;
  readonly schema: StructType;
  readonly partitionBy: readonly string[];
  /** The learner's `path` option: the table is external then. */
  readonly path: string | undefined;
};

/** The name of a table to be written. Throws `ParseException` for text that is no name, and Spark's errors for another database or catalogue. */
export function writtenTableName(text: string): string {
  const parts = parseTableName(text);
  const name = savedName(parts);
  if (name !== undefined) return name;
  if (parts.length > 2 && parts[0]?.toLowerCase() !== 'spark_catalog')
    throw new SparkError('AnalysisException', `Couldn't find a catalog to handle the identifier ${text}.`);
  throw sparkError('SCHEMA_NOT_FOUND', { schemaName: parts.slice(0, -1).map(backQuoted).join('.') });
}

/** Makes an empty table: its folder and its entry in the catalogue. Every column is nullable, partition columns go last. */
export async function createTable(table: NewTable, session: SparkSession, engine: EngineState): Promise<SavedTable> {
  const warehouse = engine.saved.warehouse(() =>
    session.files.resolve(session.confs.get('spark.sql.warehouse.dir') ?? 'spark-warehouse'),
  );
  const folder = table.path === undefined ? `${warehouse}/${table.name}` : locationOf(table.path, warehouse, session);
  const partitionBy = table.partitionBy.map((column) => partitionColumn(column, table, session));
  if (table.path === undefined && ((await session.files.list(folder)) ?? []).length > 0)
    throw sparkError('LOCATION_ALREADY_EXISTS', {
      identifier: quotedTableName(table.name),
      location: `file:${folder}`,
    });
  const saved: SavedTable = {
    name: table.name,
    format: table.format,
    folder,
    schema: withPartitionsLast(table.schema, partitionBy),
    partitionBy,
    isManaged: table.path === undefined,
  };
  await session.files.makeFolder(folder);
  engine.saved.set(saved);
  return saved;
}

/** Relative locations lie in the warehouse, not in the working folder. */
const locationOf = (path: string, warehouse: string, session: SparkSession): string =>
  isAbsolute(path) || /^[a-z]+:/.test(path)
    ? session.files.resolve(path)
    : session.files.resolve(`${warehouse}/${path}`);

function partitionColumn(column: string, table: NewTable, session: SparkSession): string {
  const isCaseSensitive = session.confs.flag('spark.sql.caseSensitive');
  const names = table.schema.fields.map((field) => field.name);
  const found = names.find(
    (name) => name === column || (!isCaseSensitive && name.toLowerCase() === column.toLowerCase()),
  );
  if (found !== undefined) return found;
  throw sparkError('COLUMN_NOT_DEFINED_IN_TABLE', {
    colType: 'partition',
    colName: backQuoted(column),
    tableName: quotedTableName(table.name),
    tableCols: names.map(backQuoted).join(', '),
  });
}

function withPartitionsLast(schema: StructType, partitionBy: readonly string[]): StructType {
  const fields = schema.fields.map((field) => ({ ...field, nullable: true }));
  const isPartition = (name: string): boolean => partitionBy.includes(name);
  return {
    kind: 'struct',
    fields: [
      ...fields.filter((field) => !isPartition(field.name)),
      ...partitionBy.flatMap((name) => fields.filter((field) => field.name === name)),
    ],
  };
}

/** DROP TABLE: a managed table takes its files along. */
export async function dropNamedTable(
  parts: readonly string[],
  ifExists: boolean,
  session: SparkSession,
  engine: EngineState,
): Promise<void> {
  const name = savedName(parts);
  const table = name === undefined ? undefined : engine.saved.get(name);
  if (table) {
    engine.saved.delete(table.name);
    if (table.isManaged) await session.files.remove(table.folder);
    return;
  }
  const qualified = parts.length === 1 ? ['spark_catalog', 'default', ...parts] : parts;
  if (!ifExists) throw sparkError('TABLE_OR_VIEW_NOT_FOUND', { relationName: qualified.map(backQuoted).join('.') });
}
