import { backQuoted } from '../../core/type-names.ts';
import type { StructType } from '../../core/data-type.ts';
import { structType } from '../../core/data-type.ts';
import type { Relation } from '../../plan/relation.ts';
import type { Node } from '../network/syntax-tree.ts';
import { errorAt, notSupported, queryOf, type BuildContext } from './build-context.ts';
import { stringText } from './build-literal.ts';
import { listedNames, nameParts, nameText, tableNameParts } from './build-name.ts';
import { buildField } from './build-type.ts';
import { hasWord, joinedText, nodes, onlyNode, optionalNode, sourceText, tokensOf } from './tree-access.ts';

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
  | { readonly kind: 'show_columns'; readonly table: readonly string[] }
  | { readonly kind: 'describe_table'; readonly table: readonly string[]; readonly is_extended: boolean }
  | { readonly kind: 'describe_query'; readonly query: Relation }
  | {
      readonly kind: 'create_view';
      readonly name: string;
      readonly input: Relation;
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
  | { readonly kind: 'cache_table' | 'uncache_table' | 'refresh_table'; readonly name: readonly string[] }
  | { readonly kind: 'clear_cache' }
  /** Without `key`: list all. Without `value`: show one. */
  | { readonly kind: 'set_conf'; readonly key?: string; readonly value?: string }
  | { readonly kind: 'reset_conf'; readonly key?: string };

export function buildStatement(node: Node, context: BuildContext): ParsedStatement {
  const query = (): Relation => queryOf(onlyNode(node, 'query'), context);
  const name = (): readonly string[] => tableNameParts(onlyNode(node, 'identifierReference'));
  const if_exists = hasWord(node, 'EXISTS');
  switch (node.label) {
    case 'query':
      return { kind: 'query', query: query() };
    case 'describeQuery':
      return { kind: 'describe_query', query: query() };
    case 'describeTable':
      if (optionalNode(node, 'partitionSpec') || optionalNode(node, 'describeColName'))
        throw notSupported('DESCRIBE of a column or a partition');
      return {
        kind: 'describe_table',
        table: name(),
        is_extended: hasWord(node, 'EXTENDED') || hasWord(node, 'FORMATTED'),
      };
    case 'explain':
      return explain(node, context);
    case 'showTables':
      return {
        kind: 'show_tables',
        ...(optionalNode(node, 'identifierReference') ? { namespace: name() } : {}),
        ...pattern(node),
      };
    case 'showNamespaces':
      return { kind: 'show_databases', ...pattern(node) };
    case 'showColumns':
      return { kind: 'show_columns', table: name() };
    case 'createView':
      return createView(node, context);
    case 'dropView':
      return { kind: 'drop_view', name: name(), if_exists };
    case 'dropTable':
      return { kind: 'drop_table', name: name(), if_exists };
    case 'createTable':
      return createTable(node, context);
    case 'dml':
      return insertInto(onlyNode(node, 'dmlStatementNoWith'), node, context);
    case 'cacheTable':
      if (optionalNode(node, 'query')) throw notSupported('CACHE TABLE … AS SELECT');
      return { kind: 'cache_table', name: name() };
    case 'uncacheTable':
      return { kind: 'uncache_table', name: name() };
    case 'refreshTable':
      return { kind: 'refresh_table', name: name() };
    case 'clearCache':
      return { kind: 'clear_cache' };
    case 'setTimeZone':
      return setTimeZone(node);
    case 'setConf':
    case 'setQuotedConf':
      return setConf(node, context);
    case 'reset':
      return resetConf(node, context);
    case 'unsupported':
      throw errorAt('_LEGACY_ERROR_TEMP_0035', { message: operation(node) }, node, context);
    default:
      throw notSupported(`${firstWords(node)} in SQL`);
  }
}

const pattern = (node: Node): { readonly pattern?: string } => {
  const written = optionalNode(node, 'stringLit');
  return written ? { pattern: stringText(written) } : {};
};

/** The keywords that a statement begins with: `ALTER TABLE`. */
function firstWords(node: Node): string {
  const end = node.children.findIndex((child) => child.kind === 'node' && !child.rule.startsWith('namespace'));
  const leading = end < 0 ? node.children : node.children.slice(0, end);
  return leading.map((child) => joinedText(child).toUpperCase()).join(' ');
}

/** The words of the statement that Hive has and Spark refuses. */
function operation(node: Node): string {
  const words = optionalNode(node, 'unsupportedHiveNativeCommands');
  return tokensOf(words ?? node)
    .slice(0, 2)
    .map((token) => token.text.toLowerCase())
    .join(' ');
}

function explain(node: Node, context: BuildContext): ParsedStatement {
  const mode =
    ['extended', 'codegen', 'cost', 'formatted'].find((word) => hasWord(node, word.toUpperCase())) ?? 'simple';
  const inner = buildStatement(onlyNode(node, 'statement'), context);
  if (inner.kind !== 'query') throw notSupported('EXPLAIN of anything but a query');
  return {
    kind: 'explain',
    mode: mode as 'simple' | 'extended' | 'codegen' | 'cost' | 'formatted',
    query: inner.query,
  };
}

function createView(node: Node, context: BuildContext): ParsedStatement {
  if (!hasWord(node, 'TEMPORARY')) throw notSupported('CREATE VIEW without TEMPORARY');
  if (hasWord(node, 'EXISTS')) throw errorAt('_LEGACY_ERROR_TEMP_0053', {}, node, context);
  const parts = tableNameParts(onlyNode(node, 'identifierReference'));
  const [name = ''] = parts;
  const replace = hasWord(node, 'REPLACE');
  if (parts.length > 1)
    throw errorAt('TEMP_VIEW_NAME_TOO_MANY_NAME_PARTS', { actualName: parts.map(backQuoted).join('.') }, node, context);
  const list = optionalNode(node, 'identifierCommentList');
  const columns = list && nodes(list, 'identifierComment').map((column) => nameText(onlyNode(column, 'identifier')));
  const query = queryOf(onlyNode(node, 'query'), context);
  const input: Relation = columns ? { kind: 'to_df', input: query, column_names: columns } : query;
  return { kind: 'create_view', name, input, is_global: hasWord(node, 'GLOBAL'), replace };
}

function createTable(node: Node, context: BuildContext): ParsedStatement {
  const header = onlyNode(node, 'createTableHeader');
  const options = onlyNode(node, 'createTableClauses');
  if (options.children.length > 0 || hasWord(header, 'EXTERNAL') || hasWord(header, 'TEMPORARY'))
    throw notSupported('CREATE TABLE with options');
  const list = optionalNode(node, 'createOrReplaceTableColTypeList');
  const columns = list ? nodes(list, 'createOrReplaceTableColType') : [];
  const provider = optionalNode(node, 'tableProvider');
  const query = optionalNode(node, 'query');
  return {
    kind: 'create_table',
    name: tableNameParts(onlyNode(header, 'identifierReference')),
    columns: structType(columns.map((column) => tableColumn(column, context))),
    ...(query ? { query: queryOf(query, context) } : {}),
    ...(provider ? { provider: nameParts(onlyNode(provider, 'multipartIdentifier')).join('.') } : {}),
    if_not_exists: hasWord(header, 'EXISTS'),
  };
}

function tableColumn(node: Node, context: BuildContext): StructType['fields'][number] {
  const options = nodes(node, 'colDefinitionOption');
  const other = options.find(
    (option) => optionalNode(option, 'defaultExpression') ?? optionalNode(option, 'generationExpression'),
  );
  if (other) throw notSupported('columns with DEFAULT or GENERATED');
  const nullable = !options.some((option) => hasWord(option, 'NOT'));
  return { ...buildField(node, context), nullable };
}

function insertInto(node: Node, statement: Node, context: BuildContext): ParsedStatement {
  if (node.label !== 'insert' || optionalNode(statement, 'ctes'))
    throw notSupported(`${node.start.text.toUpperCase()} in SQL`);
  const target = onlyNode(node, 'insertInto');
  const plain =
    target.label !== undefined &&
    !optionalNode(target, 'partitionSpec') &&
    !hasWord(target, 'NAME') &&
    !hasWord(target, 'EXISTS');
  if (!plain) throw notSupported(`${node.start.text.toUpperCase()} with PARTITION, BY NAME or a directory`);
  const columns = optionalNode(target, 'identifierList');
  return {
    kind: 'insert_into',
    name: tableNameParts(onlyNode(target, 'identifierReference')),
    ...(columns ? { columns: listedNames(columns) } : {}),
    query: queryOf(onlyNode(node, 'query'), context),
    overwrite: target.label === 'insertOverwrite',
  };
}

const zoneKey = 'spark.sql.session.timeZone';

function setTimeZone(node: Node): ParsedStatement {
  const zone = optionalNode(node, 'timezone');
  const written = zone && optionalNode(zone, 'stringLit');
  if (!written) throw notSupported('SET TIME ZONE of anything but a name');
  return { kind: 'set_conf', key: zoneKey, value: stringText(written) };
}

/** The text after SET, to the end, is not SQL: `key`, `key=value`; back-quotes where a key or a value has special characters. */
function setConf(node: Node, context: BuildContext): ParsedStatement {
  const text = context.text.slice(node.start.stop).trim();
  if (text === '') return { kind: 'set_conf' };
  const quoted =
    /^(?:`((?:[^`]|``)+)`|([\w\\.:]+))\s*=\s*`((?:[^`]|``)*)`\s*;*$|^`((?:[^`]|``)+)`\s*(?:=([^;]*))?;*$/.exec(text);
  if (quoted) {
    const key = quoted[1] ?? quoted[2] ?? quoted[4] ?? '';
    const value = quoted[3] ?? quoted[5]?.trim();
    return {
      kind: 'set_conf',
      key: key.replaceAll('``', '`'),
      ...(value === undefined ? {} : { value: value.replaceAll('``', '`') }),
    };
  }
  const pair = /^([\w\\.:]+)\s*=([^;]*);*$/.exec(text);
  if (pair) return { kind: 'set_conf', key: pair[1] ?? '', value: pair[2]?.trim() ?? '' };
  if (!/^([\w\\.:]+|-v)$/.test(text)) throw errorAt('INVALID_SET_SYNTAX', {}, node, context);
  return text === '-v' ? { kind: 'set_conf' } : { kind: 'set_conf', key: text };
}

function resetConf(node: Node, context: BuildContext): ParsedStatement {
  const text = sourceText(node, context.text)
    .replace(/^reset/i, '')
    .trim();
  return text === '' ? { kind: 'reset_conf' } : { kind: 'reset_conf', key: text.replace(/^`([^]*)`$/, '$1') };
}
