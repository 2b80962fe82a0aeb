import { withPlanText } from '../analysis/binder.ts';
import { sparkError, SparkError } from '../core/spark-error.ts';
import type { ParsedStatement } from '../parser/parse-query.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { Relation } from '../plan/relation.ts';
import { createTable, dropNamedTable, writtenTableName } from './create-table.ts';
import { quotedTableName } from './saved-tables.ts';
import type { StatementContext } from './sql-statement.ts';
import { findTableFormat, insertInto, saveAsTable, type TableWrite } from './table-writes.ts';

type Of<Kind extends ParsedStatement['kind']> = Extract<ParsedStatement, { readonly kind: Kind }>;
export type TableStatement = Of<'create_table'> | Of<'insert_into'> | Of<'drop_table'>;

export const isTableStatement = (statement: ParsedStatement): statement is TableStatement =>
  statement.kind === 'create_table' || statement.kind === 'insert_into' || statement.kind === 'drop_table';

/** CREATE TABLE, INSERT and DROP TABLE in SQL text. They have no result. */
export async function runTableStatement(statement: TableStatement, context: StatementContext): Promise<Relation> {
  switch (statement.kind) {
    case 'create_table':
      await create(statement, context);
      break;
    case 'insert_into': {
      const plan = await context.analyze(inTableOrder(statement, context));
      await insertInto(statement.name, tableWrite(plan, statement.overwrite ? 'overwrite' : 'append', context));
      break;
    }
    case 'drop_table':
      await dropNamedTable(statement.name, statement.if_exists, context.session, context.engine);
  }
  return { kind: 'local_relation', schema: { type: 'struct', fields: [] }, rows: [] };
}

const tableWrite = (plan: AnalyzedRelation, mode: TableWrite['mode'], context: StatementContext): TableWrite => ({
  plan,
  mode,
  options: {},
  partitionBy: undefined,
  session: context.session,
  engine: context.engine,
  caller: { cell: null, line: 0, session: context.session.name, folder: context.session.folder },
});

const quotedText = (parts: readonly string[]): string =>
  parts.map((part) => `\`${part.replaceAll('`', '``')}\``).join('.');

async function create(statement: Of<'create_table'>, context: StatementContext): Promise<void> {
  const { session, engine } = context;
  const text = quotedText(statement.name);
  const name = writtenTableName(text);
  if (engine.saved.get(name)) {
    if (statement.if_not_exists) return;
    throw sparkError('TABLE_OR_VIEW_ALREADY_EXISTS', { relationName: quotedTableName(name) });
  }
  const { provider, query } = statement;
  if (provider === undefined)
    throw withPlanText(
      sparkError('NOT_SUPPORTED_COMMAND_WITHOUT_HIVE_SUPPORT', { cmd: 'CREATE Hive TABLE (AS SELECT)' }),
      () =>
        `'CreateTable ${quotedTableName(name)}, org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe, ErrorIfExists\n`,
    );
  if (query) {
    const plan = await context.analyze(query);
    if (plan.isStreaming) throw new SparkError('AnalysisException', 'CREATE TABLE AS SELECT cannot read a stream.');
    await saveAsTable(text, provider, tableWrite(plan, 'error_if_exists', context));
    return;
  }
  const format = provider.toLowerCase();
  findTableFormat(format, engine);
  await createTable({ name, format, schema: statement.columns, partitionBy: [], path: undefined }, session, engine);
}

/** INSERT with a column list: the query's columns in the table's order, NULL for those not listed. */
function inTableOrder({ name, columns, query }: Of<'insert_into'>, { engine }: StatementContext): Relation {
  const table = engine.saved.get(name.at(-1) ?? '');
  if (!columns || !table) return query;
  const input: Relation = { kind: 'to_df', input: query, column_names: columns };
  const listed = new Set(columns.map((column) => column.toLowerCase()));
  return {
    kind: 'project',
    input,
    expressions: table.schema.fields.map((field) =>
      listed.has(field.name.toLowerCase())
        ? { kind: 'unresolved_attribute', unparsed_identifier: quotedText([field.name]) }
        : { kind: 'alias', expr: { kind: 'literal', data_type: 'void', value: null }, name: [field.name] },
    ),
  };
}
