import type { StructType } from '../core/data-type.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { PythonUdf } from '../plan/expression.ts';
import type { AggregateRelation, ReadRelation, Relation, SqlRelation } from '../plan/relation.ts';
import type { Literal } from '../plan/expression.ts';
import type { AnalysisCache } from './analysis-cache.ts';

/** A source that the session opened before analysis: files listed, schema known. */
export type LoadedSource = {
  readonly sourceKey: number;
  readonly schema: StructType;
  readonly isStreaming: boolean;
  readonly format: string;
  /** Spark's line for it: `FileSource[in]`, `Relation [id#0,…] json`, `rate`. */
  readonly description: string;
};

/** A function registered with `spark.udf.register`, as SQL text calls it. */
export type RegisteredFunction = { readonly name: string; readonly deterministic: boolean; readonly udf: PythonUdf };

/** Everything analysis asks of a session. All answers are ready: analysis never waits. */
export type AnalysisContext = {
  readonly caseSensitive: boolean;
  readonly ansi: boolean;
  /** Session time zone. */
  readonly zone: string;
  /** What `timestamp'now'` and `date'today'` mean; without it such words are refused. */
  readonly nowMs?: number;
  conf(key: string): string | undefined;
  loadedSource(read: ReadRelation): LoadedSource;
  /** The rows of an SQL statement that the session has run; undefined for a query. Absent: all texts are queries. */
  sqlResult?(node: SqlRelation): Relation | undefined;
  /** The analyzed plan behind a temporary view or saved table; undefined when there is none of that name. */
  table(nameParts: readonly string[], isStreaming?: boolean): AnalyzedRelation | undefined;
  /** Whether the name is a temporary view and no table. */
  isView(nameParts: readonly string[]): boolean;
  cachedFrame(relationId: string): AnalyzedRelation | undefined;
  pythonFunction(name: string): RegisteredFunction | undefined;
  /**
   * The distinct values of a pivot without values, once the session has asked for them; undefined makes analysis throw `PivotValuesNeeded`.
   */
  pivotValues(aggregate: AggregateRelation): readonly Literal[] | undefined;
  readonly defaultParallelism: number;
  readonly cache: AnalysisCache;
};
