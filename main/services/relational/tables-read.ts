import { parseStatement } from './syntax/parse-statement.ts';
import type { TableName } from './syntax/query.ts';

/** The tables that a SELECT names, its subqueries' too; none for other statements, or for what cannot be parsed here. */
export function tablesRead(statement: string): readonly TableName[] {
  try {
    const parsed = parseStatement(statement);
    return parsed.kind === 'query' ? namedIn(parsed.query) : [];
  } catch {
    return [];
  }
}

/** Wherever in the tree a reference to a table stands. */
function namedIn(node: unknown): readonly TableName[] {
  if (Array.isArray(node)) return node.flatMap(namedIn);
  if (typeof node !== 'object' || node === null) return [];
  return isReference(node) ? [node.table] : Object.values(node).flatMap(namedIn);
}

const isReference = (node: object): node is { readonly table: TableName } =>
  'kind' in node && node.kind === 'table' && 'table' in node;

/** The table that a statement makes, fills, changes or takes away; undefined for other statements. */
export function tableWritten(statement: string): TableName | undefined {
  const given = (statement.match(/\?/g) ?? []).length;
  try {
    const parsed = parseStatement(statement, given);
    switch (parsed.kind) {
      case 'insert':
      case 'update':
      case 'delete':
      case 'create-table':
      case 'truncate':
      case 'alter-table':
        return parsed.table;
      case 'drop-table':
        return parsed.tables[0];
      default:
        return undefined;
    }
  } catch {
    return undefined;
  }
}
