import { booleanType, field, stringType, structType, type StructField, type StructType } from '../core/data-type.ts';
import { sparkError } from '../core/spark-error.ts';
import { typeToJson } from '../core/type-json.ts';
import { backQuoted, simpleString } from '../core/type-names.ts';
import type { ParsedStatement } from '../parser/parse-query.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { Relation } from '../plan/relation.ts';
import type { WireRow } from '../core/wire-values.ts';
import { analysisContext } from './analysis-context-of.ts';
import { runBatchQuery } from './batch-query.ts';
import type { EngineState } from './engine-state.ts';
import { explainPlan } from './explain-plan.ts';
import type { SparkSession } from './spark-session.ts';
import { schemaOf } from '../analysis/analyze-sources.ts';

/** Whose statement it is, and how the queries inside it are analyzed. */
export type StatementContext = {
  readonly session: SparkSession;
  readonly engine: EngineState;
  readonly analyze: (plan: Relation) => Promise<AnalyzedRelation>;
};

type Of<Kind extends ParsedStatement['kind']> = Extract<ParsedStatement, { readonly kind: Kind }>;
export type NonQuery = Exclude<ParsedStatement, Of<'query'>>;

/** Runs a statement that is no query and answers its rows; where Spark has no result there are no columns either. Throws Spark's errors. */
export async function runStatement(statement: NonQuery, context: StatementContext): Promise<Relation> {
  const { session, engine, analyze } = context;
  switch (statement.kind) {
    case 'create_view':
      return createView(statement, context);
    case 'drop_view':
      return dropView(statement, context);
    case 'show_tables':
      return showTables(statement, context);
    case 'show_databases':
      return result(
        [field('namespace', stringType, false)],
        matching(['default'], statement.pattern).map((name) => [name]),
      );
    case 'describe_table':
      return describe(schemaOf(tableNamed(statement.table, context)));
    case 'describe_query':
      return describe(schemaOf(await analyze(statement.query)));
    case 'explain': {
      const text = explainPlan(await analyze(statement.query), statement.mode, session.zone);
      return result([field('plan', stringType)], [[text]]);
    }
    case 'set_conf':
      return setConf(statement, session);
    case 'reset_conf':
      session.confs.reset(statement.key);
      return noResult;
    case 'cache_table':
      return cacheTable(statement, context);
    case 'uncache_table':
      return uncacheTable(statement, context);
    case 'clear_cache':
      await dropStored(engine.cached.releaseAll(), engine);
      return noResult;
    case 'refresh_table':
      tableNamed(statement.name, context);
      return noResult;
    case 'drop_table':
      if (statement.if_exists && !findTable(statement.name, context)) return noResult;
      throw sparkError('NOT_SUPPORTED_BY_MAREA', { feature: 'DROP TABLE in SQL' });
    case 'create_table':
      throw sparkError('NOT_SUPPORTED_BY_MAREA', { feature: 'CREATE TABLE in SQL' });
    case 'insert_into':
      throw sparkError('NOT_SUPPORTED_BY_MAREA', { feature: 'INSERT in SQL' });
  }
}

const result = (fields: readonly StructField[], rows: readonly WireRow[]): Relation => ({
  kind: 'local_relation',
  schema: typeToJson(structType(fields)),
  rows,
});
const noResult = result([], []);

const quotedName = (parts: readonly string[]): string => parts.map(backQuoted).join('.');

const findTable = (parts: readonly string[], { session, engine }: StatementContext): AnalyzedRelation | undefined =>
  analysisContext(session, engine).table(parts);

function tableNamed(parts: readonly string[], context: StatementContext): AnalyzedRelation {
  const table = findTable(parts, context);
  if (!table) throw sparkError('TABLE_OR_VIEW_NOT_FOUND', { relationName: quotedName(parts) });
  return table;
}

/** Plan ids of views made in SQL, below those that Python gives, so that they too can be cached. */
let lastViewId = 0;

async function createView(view: Of<'create_view'>, { session, analyze }: StatementContext): Promise<Relation> {
  const name = `${view.is_global ? 'global_temp.' : ''}${view.name}`;
  const relationName = view.is_global ? `\`global_temp\`.${backQuoted(view.name)}` : backQuoted(view.name);
  if (!view.replace && session.views.get(name)) throw sparkError('TEMP_TABLE_OR_VIEW_ALREADY_EXISTS', { relationName });
  const names = view.column_names;
  const columns = schemaOf(await analyze(view.input)).fields.map((column) => column.name);
  if (names && names.length !== columns.length) throw arityMismatch(view.name, names, columns);
  lastViewId -= 1;
  const input: Relation = names ? { kind: 'to_df', input: view.input, column_names: names } : view.input;
  session.views.set(name, await analyze({ ...input, plan_id: lastViewId }));
  return noResult;
}

function arityMismatch(name: string, view: readonly string[], data: readonly string[]): Error {
  const parameters = {
    viewName: backQuoted(name),
    viewColumns: view.map(backQuoted).join(', '),
    dataColumns: data.map(backQuoted).join(', '),
  };
  return view.length > data.length
    ? sparkError('CREATE_VIEW_COLUMN_ARITY_MISMATCH.NOT_ENOUGH_DATA_COLUMNS', parameters)
    : sparkError('CREATE_VIEW_COLUMN_ARITY_MISMATCH.TOO_MANY_DATA_COLUMNS', parameters);
}

function dropView(view: Of<'drop_view'>, context: StatementContext): Relation {
  const { session, engine } = context;
  const [last = ''] = view.name.slice(-1);
  if (findTable(view.name, context)) {
    session.views.delete(view.name.join('.'));
    engine.database.tables.hide(last);
  } else if (!view.if_exists) {
    const parts = view.name.length === 1 ? ['spark_catalog', 'default', last] : ['spark_catalog', ...view.name];
    throw sparkError('TABLE_OR_VIEW_NOT_FOUND', { relationName: quotedName(parts) });
  }
  return noResult;
}

const globalPrefix = 'global_temp.';

/** Tables of the database, then the session's temporary views, which belong to none; each in alphabetical order. */
function showTables(statement: Of<'show_tables'>, { session, engine }: StatementContext): Relation {
  const namespace = statement.namespace?.join('.') ?? 'default';
  const isGlobal = namespace.toLowerCase() === 'global_temp';
  if (!isGlobal && namespace.toLowerCase() !== 'default')
    throw sparkError('SCHEMA_NOT_FOUND', { schemaName: quotedName(statement.namespace ?? []) });
  const names = [...session.views.names(), ...engine.database.exposedNames()].map((name) => name.toLowerCase());
  const global = names.filter((name) => name.startsWith(globalPrefix)).map((name) => name.slice(globalPrefix.length));
  const local = names.filter((name) => !name.startsWith(globalPrefix));
  const rows = [
    ...matching(isGlobal ? global : [], statement.pattern).map((name): WireRow => ['global_temp', name, true]),
    ...matching(local, statement.pattern).map((name): WireRow => ['', name, true]),
  ];
  const columns = [
    field('namespace', stringType, false),
    field('tableName', stringType, false),
    field('isTemporary', booleanType, false),
  ];
  return result(columns, rows);
}

/** Names that a pattern of SHOW allows: `*` is any text, `|` parts alternatives, letter case does not matter. */
function matching(names: readonly string[], pattern = '*'): readonly string[] {
  const allowed = pattern.split('|').map((part) => new RegExp(`^${part.trim().replaceAll('*', '.*')}$`, 'i'));
  return [...new Set(names.filter((name) => allowed.some((one) => one.test(name))))].sort();
}

function describe(schema: StructType): Relation {
  const columns = [
    field('col_name', stringType, false),
    field('data_type', stringType, false),
    field('comment', stringType),
  ];
  const rows = schema.fields.map(({ name, type, metadata }): WireRow => {
    const comment = metadata?.['comment'];
    return [name, simpleString(type), typeof comment === 'string' ? comment : null];
  });
  return result(columns, rows);
}

/** SET with a value changes the setting; the answer is always keys and values. */
function setConf({ key, value }: Of<'set_conf'>, { confs }: SparkSession): Relation {
  const columns = [field('key', stringType, false), field('value', stringType, false)];
  if (key === undefined) {
    const all = Object.entries(confs.all()).sort(([a], [b]) => (a < b ? -1 : 1));
    return result(columns, all);
  }
  if (value !== undefined) confs.set(key, value);
  return result(columns, [[key, value ?? confs.get(key) ?? '<undefined>']]);
}

/** Without LAZY the rows are stored at once. */
async function cacheTable(statement: Of<'cache_table'>, context: StatementContext): Promise<Relation> {
  const { session, engine } = context;
  const plan = tableNamed(statement.name, context);
  engine.cached.mark(plan, false);
  if (!statement.is_lazy) await runBatchQuery(plan, session, engine, async () => undefined);
  return noResult;
}

async function uncacheTable(statement: Of<'uncache_table'>, context: StatementContext): Promise<Relation> {
  const table = findTable(statement.name, context);
  if (!table && !statement.if_exists) tableNamed(statement.name, context);
  const stored = table && context.engine.cached.release(table);
  await dropStored(stored === undefined ? [] : [stored], context.engine);
  return noResult;
}

async function dropStored(tables: readonly string[], engine: EngineState): Promise<void> {
  for (const table of tables) await engine.database.tables.drop(table);
}
