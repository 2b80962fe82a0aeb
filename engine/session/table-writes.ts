import type { SaveMode } from '../api/sink.ts';
import { fitToTable, orderedByName } from '../analysis/fit-to-table.ts';
import { withPlanText } from '../analysis/binder.ts';
import { sparkError, SparkError } from '../core/spark-error.ts';
import { backQuoted, simpleString } from '../core/type-names.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { Options } from '../plan/relation.ts';
import { somePlan } from '../plan/walk-plan.ts';
import { findBatchSink } from '../sinks/catalog.ts';
import { createTable, writtenTableName } from './create-table.ts';
import type { Caller } from './engine-ports.ts';
import type { EngineState } from './engine-state.ts';
import { sourceOptions } from './loaded-sources.ts';
import { plainName, quotedTableName, savedName, type SavedTable } from './saved-tables.ts';
import { refuseView } from './refuse-view.ts';
import type { SparkSession } from './spark-session.ts';
import { schemaOf } from '../analysis/analyze-sources.ts';
import { writeRows } from './write-rows.ts';

export type TableWrite = {
  readonly plan: AnalyzedRelation;
  readonly mode: SaveMode;
  readonly options: Options;
  readonly partitionBy: readonly string[] | undefined;
  readonly session: SparkSession;
  readonly engine: EngineState;
  readonly caller: Caller;
};

/** `saveAsTable`: makes the table, or by mode adds to it (columns by name), replaces it or leaves it. */
export async function saveAsTable(text: string, source: string | undefined, write: TableWrite): Promise<void> {
  const { plan, mode, session, engine } = write;
  const name = writtenTableName(text);
  const format = source ?? session.confs.get('spark.sql.sources.default') ?? 'parquet';
  const existing = engine.saved.get(name);
  if (existing && mode === 'error_if_exists')
    throw sparkError('TABLE_OR_VIEW_ALREADY_EXISTS', { relationName: quotedTableName(name) });
  if (existing && mode === 'ignore') return;
  if (existing && mode === 'append') {
    checkSameTable(existing, format, write);
    const ordered = orderedByName(plan, namesOf(existing), session.confs.flag('spark.sql.caseSensitive'));
    await addRows(fitToTable(ordered, existing.schema, quotedTableName(name)), existing, 'append', write);
    return;
  }
  if (existing) {
    refuseOverwriting(existing, plan);
    engine.saved.delete(name);
  }
  await replaceTable(name, format.toLowerCase(), existing, write);
}

/** A new table with the plan's rows. What an old one of that name held is read before it goes. */
async function replaceTable(
  name: string,
  format: string,
  old: SavedTable | undefined,
  write: TableWrite,
): Promise<void> {
  const { plan, session, engine } = write;
  findTableFormat(format, engine);
  if (old?.isManaged) await session.files.remove(old.folder);
  const path = sourceOptions(write.options).get('path');
  const schema = schemaOf(plan);
  const table = await createTable(
    { name, format, schema, partitionBy: write.partitionBy ?? [], path },
    session,
    engine,
  );
  const ordered = orderedByName(plan, namesOf(table), true);
  try {
    await addRows(ordered, table, 'append', write);
  } catch (error) {
    engine.saved.delete(name);
    throw error;
  }
}

/** `insertInto`, INSERT INTO and INSERT OVERWRITE: columns by position, or in the order of `columns`; those not listed become NULL. */
export async function insertInto(parts: readonly string[], write: TableWrite): Promise<void> {
  const { plan, mode, engine } = write;
  if (write.partitionBy && write.partitionBy.length > 0)
    throw new SparkError(
      'AnalysisException',
      "insertInto() can't be used together with partitionBy(). Partition columns have already been defined for the table. It is not necessary to use partitionBy().",
      { condition: '_LEGACY_ERROR_TEMP_1309' },
    );
  const name = savedName(parts);
  const table = name === undefined ? undefined : engine.saved.get(name);
  if (!table) {
    refuseView(parts, write.session, engine);
    const missing = sparkError('TABLE_OR_VIEW_NOT_FOUND', { relationName: parts.map(backQuoted).join('.') });
    const required = `[__required_write_privileges__=${mode === 'overwrite' ? 'INSERT,DELETE' : 'INSERT'}]`;
    throw withPlanText(
      missing,
      () => `'InsertIntoStatement 'UnresolvedRelation [${parts.join(', ')}], ${required}, false, false, false, false\n`,
    );
  }
  if (mode === 'overwrite') refuseOverwriting(table, plan);
  const fitted = fitToTable(plan, table.schema, quotedTableName(table.name));
  await addRows(fitted, table, mode === 'overwrite' ? 'overwrite' : 'append', write);
}

async function addRows(plan: AnalyzedRelation, table: SavedTable, mode: SaveMode, write: TableWrite): Promise<void> {
  const options = Object.fromEntries(Object.entries(write.options).filter(([key]) => key.toLowerCase() !== 'path'));
  const request = {
    format: table.format,
    options: sourceOptions(options),
    path: { spelling: table.folder, absolute: table.folder },
    partitionBy: table.partitionBy,
    schema: schemaOf(plan),
  };
  await writeRows({ plan, request, mode }, write.session, write.engine, write.caller);
}

const namesOf = (table: SavedTable): readonly string[] => table.schema.fields.map((field) => field.name);

/** Formats whose tables are folders of files. */
const tableFormats: ReadonlySet<string> = new Set(['parquet', 'json', 'csv', 'text']);

/** Throws `DATA_SOURCE_NOT_FOUND` for an unknown format, and refuses those that are no folder of files. */
export function findTableFormat(format: string, engine: EngineState): void {
  findBatchSink(format, engine.ports.sinks);
  if (!tableFormats.has(format))
    throw sparkError('NOT_SUPPORTED_BY_MAREA', { feature: `a saved table of format ${format}` });
}

function checkSameTable(table: SavedTable, format: string, { plan, partitionBy = [] }: TableWrite): void {
  const tableName = plainName(table.name);
  if (format.toLowerCase() !== table.format)
    throw sparkError('_LEGACY_ERROR_TEMP_1159', {
      tableName,
      existingProvider: providerClass(table.format),
      specifiedProvider: providerClass(format.toLowerCase()),
    });
  const schema = schemaOf(plan);
  if (schema.fields.length !== table.schema.fields.length)
    throw sparkError('_LEGACY_ERROR_TEMP_1161', {
      tableName,
      existingSchema: simpleString(table.schema),
      dataSchema: simpleString(schema),
    });
  if (partitionBy.join().toLowerCase() !== table.partitionBy.join().toLowerCase())
    throw sparkError('_LEGACY_ERROR_TEMP_1163', {
      tableName,
      specified: partitionBy.join(', '),
      existing: table.partitionBy.join(', '),
    });
}

const providerClass = (format: string): string =>
  `${format === 'csv' ? 'CSV' : format.slice(0, 1).toUpperCase() + format.slice(1)}DataSourceV2`;

/** Spark reads while it writes, so it refuses to overwrite what the plan reads. */
function refuseOverwriting(table: SavedTable, plan: AnalyzedRelation): void {
  if (somePlan(plan, (node) => node.kind === 'source' && node.description === plainName(table.name)))
    throw sparkError('UNSUPPORTED_OVERWRITE.TABLE', { table: quotedTableName(table.name) });
}
