import { findSource } from '../sources/catalog.ts';
import type { ReadRequest, WantedRows } from '../api/source.ts';
import { newAttributeId } from '../plan/attribute.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { EngineState } from './engine-state.ts';
import type { LoadedSource } from './loaded-sources.ts';
import { plainName, type SavedTable } from './saved-tables.ts';
import type { SparkSession } from './spark-session.ts';
import { sourceOptions } from './loaded-sources.ts';

/** Thrown by analysis when a plan names a saved table: its files must be listed first, and analysis never waits. */
export class TableNeeded extends Error {
  readonly table: SavedTable;
  readonly isStreaming: boolean;

  constructor(table: SavedTable, isStreaming: boolean) {
    super(`the files of table ${table.name} are not listed yet`);
    this.table = table;
    this.isStreaming = isStreaming;
  }

  get key(): string {
    return tableUse(this.table.name, this.isStreaming);
  }
}

export const tableUse = (name: string, isStreaming: boolean): string => `${isStreaming ? 'stream' : 'batch'} ${name}`;

/** A saved table as a relation: a batch read whose files are listed anew by each action, or a stream over its folder. */
export async function loadTable(
  needed: TableNeeded,
  session: SparkSession,
  engine: EngineState,
): Promise<AnalyzedRelation> {
  const { table, isStreaming } = needed;
  const source = isStreaming ? await streamOf(table, session, engine) : await batchOf(table, session, engine);
  return {
    kind: 'source',
    sourceKey: source.key,
    format: source.format,
    description: source.description,
    output: source.schema.fields.map((field) => ({ ...field, id: newAttributeId(), qualifier: [] })),
    isStreaming,
    planIds: [],
  };
}

const requestFor = (table: SavedTable): ReadRequest => ({
  format: table.format,
  schema: table.schema,
  options: sourceOptions({}),
  paths: [{ spelling: `file:${table.folder}`, absolute: table.folder }],
});

async function batchOf(table: SavedTable, session: SparkSession, engine: EngineState): Promise<LoadedSource> {
  const format = findSource(table.format, engine.ports.sources);
  const context = session.sourceContext();
  const load = format.loadBatch;
  if (!load) throw new Error(`internal error: table ${table.name} of format ${table.format} cannot be read`);
  const { description } = await load(requestFor(table), context);
  const batch = {
    schema: table.schema,
    description,
    read: async (wanted: WantedRows | undefined) => (await load(requestFor(table), context)).read(wanted),
    partitionSizes: async () => (await load(requestFor(table), context)).partitionSizes?.() ?? null,
  };
  return engine.sources.add((key) => ({
    key,
    format: format.format,
    description: plainName(table.name),
    schema: table.schema,
    isStreaming: false,
    batch,
  }));
}

async function streamOf(table: SavedTable, session: SparkSession, engine: EngineState): Promise<LoadedSource> {
  const format = findSource(table.format, engine.ports.sources);
  if (!format.loadStream) throw new Error(`internal error: table ${table.name} of format ${table.format} is no stream`);
  const stream = await format.loadStream(requestFor(table), session.sourceContext());
  return engine.sources.add((key) => ({
    key,
    format: format.format,
    description: stream.description,
    schema: stream.schema,
    isStreaming: true,
    stream,
  }));
}
