import { sparkError } from '../core/spark-error.ts';
import { parseTableName } from '../parser/parse-multipart-name.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { WriteStreamStart } from '../plan/command.ts';
import { analysisContext } from './analysis-context-of.ts';
import { createTable, writtenTableName } from './create-table.ts';
import type { EngineState } from './engine-state.ts';
import { sourceOptions } from './loaded-sources.ts';
import type { SparkSession } from './spark-session.ts';
import { schemaOf } from '../analysis/analyze-sources.ts';

/** `toTable(name)`: the table is made if it is not there, and the start becomes one into its folder, in its format. */
export async function startIntoTable(
  command: WriteStreamStart,
  tableName: string,
  plan: AnalyzedRelation,
  session: SparkSession,
  engine: EngineState,
): Promise<WriteStreamStart> {
  const source = command.format ?? session.confs.get('spark.sql.sources.default') ?? 'parquet';
  if (analysisContext(session, engine).isView(parseTableName(tableName)))
    throw sparkError('_LEGACY_ERROR_TEMP_1190', { tableName });
  const name = writtenTableName(tableName);
  const path = sourceOptions(command.options).get('path');
  // The memory sink is a name of the writer and no data source.
  if (source.toLowerCase() === 'memory') throw sparkError('DATA_SOURCE_NOT_FOUND', { provider: source });
  const partitionBy = command.partitioning_column_names ?? [];
  const table =
    engine.saved.get(name) ??
    (await createTable({ name, format: source, schema: schemaOf(plan), partitionBy, path }, session, engine));
  if (source !== table.format)
    throw sparkError('_LEGACY_ERROR_TEMP_1192', { source, tableName, provider: table.format });
  const options = Object.entries(command.options).filter(([key]) => key.toLowerCase() !== 'path');
  const { path: _path, ...rest } = command;
  return { ...rest, format: table.format, options: { ...Object.fromEntries(options), path: `file:${table.folder}` } };
}
