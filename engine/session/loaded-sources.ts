import type {
  BatchSource,
  PathPair,
  ReadRequest,
  SourceContext,
  SourceFormat,
  SourceOptions,
  StreamSourceFactory,
} from '../api/source.ts';
import type { StructType } from '../core/data-type.ts';
import { SparkError, sparkError } from '../core/spark-error.ts';
import { typeFromJson } from '../core/type-json.ts';
import { parseTableSchema } from '../parser/parse-table-schema.ts';
import type { ReadRelation, Relation } from '../plan/relation.ts';
import { readsBelow } from '../plan/relation-children.ts';
import { findSource } from '../sources/catalog.ts';

/** A read whose `load()` has run: its schema is known and analysis can go on synchronously. */
export type LoadedSource = {
  readonly key: number;
  readonly format: string;
  readonly description: string;
  readonly schema: StructType;
} & (
  | { readonly isStreaming: false; readonly batch: BatchSource }
  | { readonly isStreaming: true; readonly stream: StreamSourceFactory }
);

/**
 * The reads of a session, loaded once each: the list of files and the schema are those of the moment of `load()`, as in Spark.
 * `formats`: those passed in as ports, beside the engine's own.
 */
export class LoadedSources {
  readonly #byRead = new Map<string, LoadedSource>();
  readonly #byKey = new Map<number, LoadedSource>();
  readonly #formats: readonly SourceFormat[];
  readonly #context: () => SourceContext;
  #lastKey = 0;

  constructor(formats: readonly SourceFormat[], context: () => SourceContext) {
    this.#formats = formats;
    this.#context = context;
  }

  /** Loads what is new in the plan. Errors are those of Spark's `load()`. */
  async loadAll(plan: Relation): Promise<void> {
    for (const read of readsBelow(plan)) {
      if (!read.data_source) continue;
      const identity = readIdentity(read);
      if (this.#byRead.has(identity)) continue;
      const source = await this.#load(read, read.data_source);
      this.#byRead.set(identity, source);
      this.#byKey.set(source.key, source);
    }
  }

  /** Adds a source that no `read` names: a table's stream, a frame. */
  add(source: (key: number) => LoadedSource): LoadedSource {
    const loaded = source((this.#lastKey += 1));
    this.#byKey.set(loaded.key, loaded);
    return loaded;
  }

  of(read: ReadRelation & { readonly plan_id?: number }): LoadedSource {
    const source = this.#byRead.get(readIdentity(read));
    if (!source)
      throw new SparkError('UnknownException', 'internal error: a source was analyzed before it was loaded', {
        blame: 'marea',
      });
    return source;
  }

  byKey(key: number): LoadedSource {
    const source = this.#byKey.get(key);
    if (!source) throw new SparkError('UnknownException', `internal error: unknown source ${key}`, { blame: 'marea' });
    return source;
  }

  async #load(read: ReadRelation, dataSource: NonNullable<ReadRelation['data_source']>): Promise<LoadedSource> {
    const context = this.#context();
    const name = dataSource.format ?? context.conf('spark.sql.sources.default') ?? 'parquet';
    const format = findSource(name, this.#formats);
    const isStreaming = read.is_streaming === true;
    const request = readRequest(name, dataSource, context);
    const key = (this.#lastKey += 1);
    if (isStreaming) {
      if (!format.loadStream) throw sparkError('_LEGACY_ERROR_TEMP_2049', { format: name, operation: 'reading' });
      const stream = await format.loadStream(request, context);
      return {
        key,
        format: format.format,
        description: stream.description,
        schema: stream.schema,
        isStreaming,
        stream,
      };
    }
    if (!format.loadBatch) throw new SparkError('AnalysisException', `${name} is not a valid Spark SQL Data Source.`);
    const batch = await format.loadBatch(request, context);
    return { key, format: format.format, description: batch.description, schema: batch.schema, isStreaming, batch };
  }
}

const readIdentity = (read: ReadRelation & { readonly plan_id?: number }): string =>
  read.plan_id === undefined ? JSON.stringify(read) : `#${read.plan_id}`;

function readRequest(
  format: string,
  dataSource: NonNullable<ReadRelation['data_source']>,
  context: SourceContext,
): ReadRequest {
  const options = sourceOptions(dataSource.options);
  const given = dataSource.paths ?? [];
  const option = options.get('path');
  if (
    option !== undefined &&
    given.length > 0 &&
    context.conf('spark.sql.legacy.pathOptionBehavior.enabled') !== 'true'
  ) {
    throw sparkError('_LEGACY_ERROR_TEMP_1188', { method: 'load' });
  }
  const spellings = given.length > 0 ? given : option === undefined ? [] : [option];
  return {
    format,
    schema: readSchema(dataSource.schema),
    options,
    paths: spellings.map((spelling) => pathPair(spelling, context)),
    ...(dataSource.predicates === undefined ? {} : { predicates: dataSource.predicates }),
  };
}

export const pathPair = (spelling: string, context: { readonly files: SourceContext['files'] }): PathPair => ({
  spelling,
  absolute: context.files.resolve(spelling),
});

function readSchema(schema: NonNullable<ReadRelation['data_source']>['schema']): StructType | undefined {
  if (schema === undefined) return undefined;
  const type = typeof schema === 'string' ? parseTableSchema(schema) : typeFromJson(schema);
  if (type.kind !== 'struct')
    throw new SparkError('IllegalArgumentException', 'The schema of a data source must be a struct.');
  return type;
}

/** Case-insensitive lookup over the learner's spelling; the last of two spellings wins, as in Spark's map. */
export function sourceOptions(options: Readonly<Record<string, string>>): SourceOptions {
  const byName = new Map(Object.entries(options).map(([name, value]) => [name.toLowerCase(), value]));
  return { get: (name) => byName.get(name.toLowerCase()), entries: Object.entries(options) };
}
