import { sparkError } from '../core/spark-error.ts';
import { booleanType, field, stringType, structType, type StructField, type StructType } from '../core/data-type.ts';
import { typeToJson } from '../core/type-json.ts';
import { backQuoted, simpleString } from '../core/type-names.ts';
import type { ParsedStatement } from '../parser/parse-query.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { Relation, WireRow } from '../plan/relation.ts';
import { analyzePlan } from './analyze-command.ts';
import { runBatchQuery } from './batch-query.ts';
import type { EngineState } from './engine-state.ts';
import { explainPlan } from './explain-plan.ts';
import type { SparkSession } from './spark-session.ts';
import { schemaOf } from './temp-views.ts';

type Of<Kind extends ParsedStatement['kind']> = Extract<ParsedStatement, { readonly kind: Kind }>;

/** Runs a statement that is no query and answers its rows; those of Spark without a result have no columns either. Throws Spark's errors. */
export async function runStatement(
  statement: Exclude<ParsedStatement, Of<'query'>>,
  session: SparkSession,
  engine: EngineState,
): Promise<Relation> {
  switch (statement.kind) {
    case 'create_view':
      await createView(statement, session, engine);
      return noResult;
    case 'drop_view':
      dropView(statement, session, engine);
      return noResult;
    case 'show_tables':
      return showTables(statement, session, engine);
    case 'show_databases':
      return result([field('namespace', stringType, false)], matching(['default'], statement.pattern).map(asRow));
    case 'describe_table':
      return describe(schemaOf(tableNamed(statement.table, session, engine)));
    case 'describe_query':
      return describe(schemaOf(await analyzePlan(statement.query, session, engine)));
    case 'explain': {
      const plan = await analyzePlan(statement.query, session, engine);
      return result([field('plan', stringType)], [[explainPlan(plan, statement.mode, session.zone)]]);
    }
    case 'set_conf':
      return setConf(statement, session);
    case 'reset_conf':
      session.confs.reset(statement.key);
      return noResult;
    case 'cache_table':
      await cacheTable(statement, session, engine);
      return noResult;
    case 'uncache_table':
      await uncacheTable(statement, session, engine);
      return noResult;
    case 'clear_cache':
      for (const table of engine.cached.releaseAll()) await engine.database.tables.drop(table);
      return noResult;
    case 'refresh_table':
      tableNamed(statement.name, session, engine);
      return noResult;
    case 'create_table':
    case 'insert_into':
    case 'drop_table':
      return tableStatement(statement, session, engine);
  }
}

function tableStatement(
  statement: Of<'create_table' | 'insert_into' | 'drop_table'>,
  session: SparkSession,
  engine: EngineState,
): Relation {
  if (statement.kind === 'drop_table' && statement.if_exists && !findTable(statement.name, session, engine))
    return noResult;
  throw sparkError('NOT_SUPPORTED_BY_MAREA', {
    feature: `${statement.kind.toUpperCase().replace('_', ' ')} in SQL`,
  });
}

const result = (fields: readonly StructField[], rows: readonly WireRow[]): Relation => ({
  kind: 'local_relation',
  schema: typeToJson(structType(fields)),
  rows,
});
const noResult = result([], []);
const asRow = (text: string): WireRow => [text];

const notFound = (parts: readonly string[]): Error =>
  sparkError('TABLE_OR_VIEW_NOT_FOUND', { relationName: parts.map(backQuoted).join('.') });

/** The name a view is kept under: that of a global view with its database. */
const viewName = (parts: readonly string[]): string => parts.join('.');

/** A temporary view, or a table that a memory sink made visible. */
function findTable(parts: readonly string[], session: SparkSession, engine: EngineState): AnalyzedRelation | undefined {
  return engine.contextOf(session).table(parts);
}

function tableNamed(parts: readonly string[], session: SparkSession, engine: EngineState): AnalyzedRelation {
  const table = findTable(parts, session, engine);
  if (!table) throw notFound(parts);
  return table;
}
