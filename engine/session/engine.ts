import { checkBatch } from '../analysis/check-batch.ts';
import { SparkError, sparkError } from '../core/spark-error.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { Command, CommandKind, CommandResults } from '../plan/command.ts';
import { analysisContext } from './analysis-context-of.ts';
import { analyzePlan } from './analyze-command.ts';
import { runAnalyzeCommand } from './analysis-commands.ts';
import { collectFrame, countFrame, showFrame } from './batch-commands.ts';
import type { Caller, EnginePorts } from './engine-ports.ts';
import { openEngineState, sessionOf, type EngineState } from './engine-state.ts';
import { runManagerCommand, runQueryCommand } from './query-commands.ts';
import { runCatalogCommand, runSessionCommand } from './session-commands.ts';
import type { SparkSession } from './spark-session.ts';
import { startStream } from './start-command.ts';
import { writeFrame } from './write-command.ts';

/**
 * One Spark application: the sessions, frames and queries of one kernel. Commands come from Python one at a time, or several at once
 * from functions the engine calls back. A failed command rejects with `SparkError`, placed at the caller's line.
 */
export class Engine {
  readonly #ports: EnginePorts;
  #state: Promise<EngineState> | undefined;
  #isClosed = false;

  constructor(ports: EnginePorts) {
    this.#ports = ports;
  }

  /** Opens DuckDB ahead of the first command, so that the first one need not wait for it. */
  async warmUp(): Promise<void> {
    await this.#open();
  }

  async run(command: Command, caller: Caller, signal: AbortSignal): Promise<CommandResults[CommandKind]> {
    const engine = await this.#open();
    try {
      return (await runCommand(command, caller, engine, signal)) as CommandResults[CommandKind];
    } catch (error) {
      if (error instanceof SparkError && caller.cell !== null) throw error.at({ cell: caller.cell, line: caller.line });
      throw error;
    }
  }

  /** Ends one run of a query, as its own Stop button does. */
  async stopQuery(runId: string): Promise<void> {
    const engine = await this.#open();
    await engine.queries.byRun(runId).stop();
  }

  /** Stops every query and lets go of every file. Harmless when repeated. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (!this.#state) return;
    const engine = await this.#state;
    await engine.queries.stopAll();
    await engine.database.close();
  }

  #open(): Promise<EngineState> {
    if (this.#isClosed) throw new SparkError('IllegalArgumentException', 'SparkContext was shut down');
    return (this.#state ??= openEngineState(this.#ports));
  }
}

async function runCommand(
  command: Command,
  caller: Caller,
  engine: EngineState,
  signal: AbortSignal,
): Promise<unknown> {
  const session = (): SparkSession => sessionOf(engine, caller.session, caller.folder);
  switch (command.kind) {
    case 'analyze_plan':
    case 'tree_string':
    case 'explain':
    case 'parse_ddl':
    case 'check_trigger':
    case 'expression_text':
    case 'partition_sizes':
      return runAnalyzeCommand(command, session(), engine);
    case 'show_string':
      return showFrame(command, session(), engine, caller);
    case 'collect':
      return collectFrame(command, session(), engine, caller);
    case 'count':
      return countFrame(command, session(), engine);
    case 'cache':
      return cache(command, session(), engine);
    case 'uncache':
      return uncache(await analyzePlan(command.plan, session(), engine), engine);
    case 'write_operation':
      return writeFrame(command, session(), engine, caller);
    case 'create_dataframe_view':
      return createView(command, session(), engine);
    case 'register_function':
      session().functions.set(command.function_name.toLowerCase(), {
        name: command.function_name,
        deterministic: command.deterministic,
        udf: command.python_udf,
      });
      return null;
    case 'write_stream_operation_start':
      return startStream(command, session(), engine, caller);
    case 'streaming_query_command':
      return runQueryCommand(command, engine, signal);
    case 'streaming_query_manager_command':
      return runManagerCommand(command, engine, signal);
    case 'create_session':
    case 'stop_session':
    case 'conf_set':
    case 'conf_get':
    case 'conf_unset':
    case 'conf_is_modifiable':
    case 'conf_get_all':
      return runSessionCommand(command, caller, engine);
    default:
      return runCatalogCommand(command, session(), engine);
  }
}

async function cache(
  command: Extract<Command, { readonly kind: 'cache' }>,
  session: SparkSession,
  engine: EngineState,
): Promise<null> {
  const plan = await analyzePlan(command.plan, session, engine);
  checkBatch(plan, analysisContext(session, engine));
  engine.cached.mark(plan, command.is_checkpoint === true);
  return null;
}

async function uncache(plan: AnalyzedRelation, engine: EngineState): Promise<null> {
  const table = engine.cached.release(plan);
  if (table) await engine.database.tables.drop(table);
  return null;
}

async function createView(
  command: Extract<Command, { readonly kind: 'create_dataframe_view' }>,
  session: SparkSession,
  engine: EngineState,
): Promise<null> {
  if (!/^(`[^`]+`|[\p{L}_][\p{L}\p{N}_]*|\d+[\p{L}_][\p{L}\p{N}_]*)$/u.test(command.name))
    throw sparkError('_LEGACY_ERROR_TEMP_1321', { name: command.name });
  const name = `${command.is_global === true ? 'global_temp.' : ''}${command.name.replaceAll('`', '')}`;
  if (!command.replace && session.views.get(name))
    throw sparkError('TEMP_TABLE_OR_VIEW_ALREADY_EXISTS', { relationName: `\`${command.name}\`` });
  session.views.set(name, await analyzePlan(command.input, session, engine));
  return null;
}
