import type { TypeJson } from '../core/type-json.ts';
import type { Expression, PythonUdf } from './expression.ts';
import type { Options, Relation } from './relation.ts';
import type { WireRow } from '../core/wire-values.ts';

/**
 * Everything the `pyspark` package asks of a session, one message each; `CommandResults` has the answer's shape.
 * `origin` of a command is the cell and line that called it.
 */
export type Command =
  | AnalyzeCommand
  | ActionCommand
  | WriteOperation
  | {
      readonly kind: 'create_dataframe_view';
      readonly input: Relation;
      readonly name: string;
      readonly is_global?: boolean;
      readonly replace: boolean;
    }
  | {
      readonly kind: 'register_function';
      readonly function_name: string;
      readonly deterministic: boolean;
      readonly python_udf: PythonUdf;
    }
  | WriteStreamStart
  | StreamingQueryCommand
  | StreamingQueryManagerCommand
  | SessionCommand
  | CatalogCommand;

export type CommandKind = Command['kind'];

/** Eager analysis: sent at every transformation, so that an unknown column fails at its own line. */
export type AnalyzeCommand =
  | { readonly kind: 'analyze_plan'; readonly plan: Relation }
  | { readonly kind: 'tree_string'; readonly plan: Relation; readonly level?: number }
  | {
      readonly kind: 'explain';
      readonly plan: Relation;
      readonly mode: 'simple' | 'extended' | 'codegen' | 'cost' | 'formatted';
    }
  | { readonly kind: 'parse_ddl'; readonly ddl: string }
  /** What `trigger(…)` refuses at once: interval strings. */
  | { readonly kind: 'check_trigger'; readonly trigger: TriggerSpec }
  /** `repr(column)`, for instance `(a + 1)`: needs no frame. */
  | { readonly kind: 'expression_text'; readonly expression: Expression }
  /** Rows in each partition that Spark would cut the frame into; null where Marea does not know. */
  | { readonly kind: 'partition_sizes'; readonly plan: Relation; readonly with_sizes: boolean };

/** Batch actions. `method` is PySpark's name (`show`, `collect`, `count`…), which some of Spark's messages print. */
export type ActionCommand =
  | {
      readonly kind: 'show_string';
      readonly plan: Relation;
      readonly num_rows: number;
      readonly truncate: number;
      readonly vertical: boolean;
    }
  | {
      readonly kind: 'collect';
      readonly plan: Relation;
      readonly limit?: number;
      readonly tail?: number;
      readonly method: string;
    }
  | { readonly kind: 'count'; readonly plan: Relation }
  | {
      readonly kind: 'cache';
      readonly plan: Relation;
      readonly storage_level: string;
      readonly is_checkpoint?: boolean;
    }
  | { readonly kind: 'uncache'; readonly plan: Relation };

export type WriteOperation = {
  readonly kind: 'write_operation';
  readonly input: Relation;
  readonly source?: string;
  /** As the learner wrote it; Spark's message for an unknown mode quotes it. */
  readonly mode?: string;
  readonly path?: string;
  readonly table?: { readonly table_name: string; readonly save_method: 'save_as_table' | 'insert_into' };
  readonly partitioning_columns?: readonly string[];
  readonly sort_columns?: readonly string[];
  readonly options: Options;
};

export type TriggerSpec =
  | { readonly kind: 'processing_time'; readonly interval: string }
  | { readonly kind: 'once' }
  | { readonly kind: 'available_now' }
  | { readonly kind: 'continuous'; readonly interval: string };

export type WriteStreamStart = {
  readonly kind: 'write_stream_operation_start';
  readonly input: Relation;
  readonly format?: string;
  readonly options: Options;
  readonly partitioning_column_names?: readonly string[];
  readonly trigger?: TriggerSpec;
  readonly output_mode?: string;
  readonly query_name?: string;
  readonly path?: string;
  readonly table_name?: string;
  /** Keys of functions that live in the kernel. */
  readonly foreach_writer?: { readonly command: string };
  readonly foreach_batch?: { readonly command: string };
  readonly origin?: { readonly cell: string; readonly line: number };
};

export type StreamingQueryCommand = {
  readonly kind: 'streaming_query_command';
  readonly query_id: string;
  readonly run_id: string;
  readonly command:
    | {
        readonly kind:
          | 'status'
          | 'last_progress'
          | 'recent_progress'
          | 'stop'
          | 'process_all_available'
          | 'exception'
          | 'is_active';
      }
    | { readonly kind: 'explain'; readonly extended: boolean }
    | { readonly kind: 'await_termination'; readonly timeout_ms?: number };
};

export type StreamingQueryManagerCommand = {
  readonly kind: 'streaming_query_manager_command';
  readonly command:
    | { readonly kind: 'active' | 'reset_terminated' | 'list_listeners' }
    | { readonly kind: 'get_query'; readonly id: string }
    | { readonly kind: 'await_any_termination'; readonly timeout_ms?: number }
    | { readonly kind: 'add_listener' | 'remove_listener'; readonly listener: string };
};

export type SessionCommand =
  /** `getOrCreate`: confs of the builder; answers whether a session was already there. */
  | { readonly kind: 'create_session'; readonly confs: Options; readonly new_session?: boolean }
  | { readonly kind: 'stop_session' }
  | { readonly kind: 'conf_set'; readonly key: string; readonly value: string }
  | { readonly kind: 'conf_get'; readonly key: string; readonly default?: string | null }
  | { readonly kind: 'conf_unset'; readonly key: string }
  | { readonly kind: 'conf_is_modifiable'; readonly key: string }
  | { readonly kind: 'conf_get_all' };

export type CatalogCommand =
  | { readonly kind: 'drop_temp_view'; readonly name: string }
  | { readonly kind: 'list_tables' | 'list_databases' | 'current_database' }
  | { readonly kind: 'table_exists'; readonly name: string }
  | { readonly kind: 'drop_table'; readonly name: string; readonly if_exists: boolean };

/** Identity of a started query, as Python keeps it. */
export type StartedQuery = { readonly id: string; readonly run_id: string; readonly name: string | null };

/** Answers by command kind, in JSON. A failed command rejects with `SparkError`. */
export type CommandResults = {
  readonly analyze_plan: { readonly schema: TypeJson; readonly is_streaming: boolean };
  readonly tree_string: { readonly text: string };
  readonly explain: { readonly text: string };
  readonly parse_ddl: { readonly schema: TypeJson };
  readonly check_trigger: null;
  readonly expression_text: { readonly text: string };
  readonly partition_sizes: { readonly count: number; readonly sizes: readonly number[] | null } | null;
  readonly show_string: { readonly text: string };
  readonly collect: { readonly schema: TypeJson; readonly rows: readonly WireRow[] };
  readonly count: { readonly count: number };
  readonly cache: null;
  readonly uncache: null;
  readonly write_operation: null;
  readonly create_dataframe_view: null;
  readonly register_function: null;
  readonly write_stream_operation_start: StartedQuery;
  readonly streaming_query_command: unknown;
  readonly streaming_query_manager_command: unknown;
  readonly create_session: { readonly existed: boolean };
  readonly stop_session: null;
  readonly conf_set: null;
  readonly conf_get: { readonly value: string | null };
  readonly conf_unset: null;
  readonly conf_is_modifiable: { readonly modifiable: boolean };
  readonly conf_get_all: { readonly confs: Options };
  readonly drop_temp_view: { readonly dropped: boolean };
  readonly list_tables: {
    readonly tables: readonly { readonly name: string; readonly is_temporary: boolean; readonly type?: string }[];
  };
  readonly list_databases: { readonly databases: readonly string[] };
  readonly current_database: { readonly database: string };
  readonly table_exists: { readonly exists: boolean };
  readonly drop_table: null;
};
