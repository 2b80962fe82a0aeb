import { backQuoted } from '../../core/type-names.ts';
import type { StructType } from '../../core/data-type.ts';
import { structType } from '../../core/data-type.ts';
import type { Relation } from '../../plan/relation.ts';
import type { Node } from '../network/syntax-tree.ts';
import { errorAt, notSupported, queryOf, type BuildContext } from './build-context.ts';
import { stringText } from './build-literal.ts';
import { listedNames, nameParts, nameText, tableNameParts } from './build-name.ts';
import { buildField } from './build-type.ts';
import { buildSetting } from './build-setting.ts';
import { hasWord, innerNode, joinedText, nodes, onlyNode, optionalNode } from './tree-access.ts';

/** What `spark.sql` can be asked. Names of tables come in parts. */
export type ParsedStatement =
  | { readonly kind: 'query'; readonly query: Relation }
  | {
      readonly kind: 'explain';
      readonly mode: 'simple' | 'extended' | 'codegen' | 'cost' | 'formatted';
      readonly query: Relation;
    }
  | { readonly kind: 'show_tables'; readonly namespace?: readonly string[]; readonly pattern?: string }
  | { readonly kind: 'show_databases'; readonly pattern?: string }
  | { readonly kind: 'describe_table'; readonly table: readonly string[]; readonly is_extended: boolean }
  | { readonly kind: 'describe_query'; readonly query: Relation }
  | {
      readonly kind: 'create_view';
      readonly name: string;
      readonly input: Relation;
      readonly column_names?: readonly string[];
      readonly is_global: boolean;
      readonly replace: boolean;
    }
  | { readonly kind: 'drop_view'; readonly name: readonly string[]; readonly if_exists: boolean }
  | { readonly kind: 'drop_table'; readonly name: readonly string[]; readonly if_exists: boolean }
  /** Columns without query make an empty table. `provider` absent: the session's default. */
  | {
      readonly kind: 'create_table';
      readonly name: readonly string[];
      readonly columns: StructType;
      readonly query?: Relation;
      readonly provider?: string;
      readonly if_not_exists: boolean;
    }
  | {
      readonly kind: 'insert_into';
      readonly name: readonly string[];
      readonly columns?: readonly string[];
      readonly query: Relation;
      readonly overwrite: boolean;
    }
  | { readonly kind: 'cache_table'; readonly name: readonly string[]; readonly is_lazy: boolean }
  | { readonly kind: 'refresh_table'; readonly name: readonly string[] }
  | { readonly kind: 'uncache_table'; readonly name: readonly string[]; readonly if_exists: boolean }
  | { readonly kind: 'clear_cache' }
  /** Without `key`: list all. Without `value`: show one. */
  | { readonly kind: 'set_conf'; readonly key?: string; readonly value?: string }
  | { readonly kind: 'reset_conf'; readonly key?: string };

export function buildStatement(node: Node, context: BuildContext): ParsedStatement {
  const query = (): Relation => queryOf(onlyNode(node, 'query'), context);
  const name = (): readonly string[] => tableNameParts(onlyNode(node, 'tableReference'));
  const if_exists = hasWord(node, 'EXISTS');
  switch (node.label) {
    case 'query':
      return { kind: 'query', query: query() };
    case 'explain':
      return explain(node, context);
    case 'describeQuery':
      return { kind: 'describe_query', query: query() };
    case 'describeTable':
      if (optionalNode(node, 'dottedWords')) throw notSupported('DESCRIBE of a column in SQL');
      return {
        kind: 'describe_table',
        table: name(),
        is_extended: hasWord(node, 'EXTENDED') || hasWord(node, 'FORMATTED'),
      };
    case 'showTables':
      return {
        kind: 'show_tables',
        ...(optionalNode(node, 'tableReference') ? { namespace: name() } : {}),
        ...pattern(node),
      };
    case 'showDatabases':
      return { kind: 'show_databases', ...pattern(node) };
    case 'createView':
      return createView(node, context);
    case 'createTable':
      return createTable(node, context);
    case 'dropView':
      return { kind: 'drop_view', name: name(), if_exists };
    case 'dropTable':
      return { kind: 'drop_table', name: name(), if_exists };
    case 'insert':
      return insertInto(node, context);
    case 'replaceWhere':
      throw notSupported('INSERT INTO … REPLACE WHERE in SQL');
    case 'cacheTable':
      if (optionalNode(node, 'query')) throw notSupported('CACHE TABLE … AS SELECT');
      return { kind: 'cache_table', name: name(), is_lazy: hasWord(node, 'LAZY') };
    case 'uncacheTable':
      return { kind: 'uncache_table', name: name(), if_exists };
    case 'refreshTable':
      return { kind: 'refresh_table', name: name() };
    case 'clearCache':
      return { kind: 'clear_cache' };
    case 'showFunctions':
      throw notSupported('SHOW FUNCTIONS in SQL');
    case 'setTimeZone':
    case 'set':
    case 'reset':
      return buildSetting(node, context);
    case 'refusedBySpark':
      throw errorAt('_LEGACY_ERROR_TEMP_0035', { message: ownWords(innerNode(node)) }, node, context);
    default:
      throw notSupported(`${ownWords(innerNode(node)).toUpperCase()} in SQL`);
  }
}

const pattern = (node: Node): { readonly pattern?: string } => {
  const written = optionalNode(node, 'string');
  return written ? { pattern: stringText(written) } : {};
};

/** The words that a statement is known by, without the names among them, as written. */
const ownWords = (node: Node): string =>
  node.children
    .flatMap((child) => (child.kind === 'token' ? [child.text] : child.rule === 'database' ? [joinedText(child)] : []))
    .join(' ');

function explain(node: Node, context: BuildContext): ParsedStatement {
  const modes = ['extended', 'codegen', 'cost', 'formatted'] as const;
  const inner = buildStatement(onlyNode(node, 'statement'), context);
  if (inner.kind !== 'query') throw notSupported('EXPLAIN of anything but a query');
  const mode = modes.find((word) => hasWord(node, word.toUpperCase())) ?? 'simple';
  return { kind: 'explain', mode, query: inner.query };
}

/** Refuses a statement that goes on with a clause that Marea does not have. */
function refuseOption(option: Node | undefined, statement: string): void {
  if (option) throw notSupported(`${statement} … ${ownWords(option).toUpperCase()} in SQL`);
}

function createView(node: Node, context: BuildContext): ParsedStatement {
  const head = onlyNode(node, 'viewHead');
  refuseOption(optionalNode(node, 'viewOption'), 'CREATE VIEW');
  if (!hasWord(head, 'TEMPORARY')) throw notSupported('CREATE VIEW without TEMPORARY');
  if (hasWord(head, 'EXISTS')) throw errorAt('_LEGACY_ERROR_TEMP_0053', {}, node, context);
  const parts = tableNameParts(onlyNode(head, 'tableReference'));
  const [name = ''] = parts;
  if (parts.length > 1)
    throw errorAt('TEMP_VIEW_NAME_TOO_MANY_NAME_PARTS', { actualName: parts.map(backQuoted).join('.') }, node, context);
  const columns = nodes(head, 'viewColumn').map((column) => nameText(onlyNode(column, 'word')));
  return {
    kind: 'create_view',
    name,
    input: queryOf(onlyNode(node, 'query'), context),
    ...(columns.length > 0 ? { column_names: columns } : {}),
    is_global: hasWord(head, 'GLOBAL'),
    replace: hasWord(head, 'REPLACE'),
  };
}

function createTable(node: Node, context: BuildContext): ParsedStatement {
  const head = onlyNode(node, 'tableHead');
  refuseOption(optionalNode(node, 'tableOption'), 'CREATE TABLE');
  const provider = optionalNode(head, 'dottedName');
  const query = optionalNode(node, 'query');
  const columns = optionalNode(head, 'tableColumns');
  return {
    kind: 'create_table',
    name: tableNameParts(onlyNode(head, 'tableReference')),
    columns: structType((columns ? nodes(columns, 'tableColumn') : []).map((column) => tableColumn(column, context))),
    ...(query ? { query: queryOf(query, context) } : {}),
    ...(provider ? { provider: nameParts(provider).join('.') } : {}),
    if_not_exists: hasWord(head, 'EXISTS'),
  };
}

function tableColumn(node: Node, context: BuildContext): StructType['fields'][number] {
  const options = nodes(node, 'columnOption');
  if (options.some((option) => option.label === 'computed')) throw notSupported('columns with DEFAULT or GENERATED');
  return { ...buildField(node, context), nullable: !options.some((option) => hasWord(option, 'NOT')) };
}

function insertInto(node: Node, context: BuildContext): ParsedStatement {
  if (optionalNode(node, 'withClause')) throw notSupported('WITH before INSERT');
  const columns = optionalNode(node, 'nameList');
  return {
    kind: 'insert_into',
    name: tableNameParts(onlyNode(node, 'tableReference')),
    ...(columns ? { columns: listedNames(columns) } : {}),
    query: queryOf(onlyNode(node, 'query'), context),
    overwrite: hasWord(node, 'OVERWRITE'),
  };
}
