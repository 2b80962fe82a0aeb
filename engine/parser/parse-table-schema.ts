import { structType, type StructType } from '../core/data-type.ts';
import { buildField } from './build/build-type.ts';
import { newContext } from './build/new-context.ts';
import { nodes, onlyNode } from './build/tree-access.ts';
import { readText } from './read-text.ts';

/** A schema in DDL: `a INT NOT NULL COMMENT 'x', b struct<x: int>`. Throws `ParseException` as Spark 3.5. */
export function parseTableSchema(text: string): StructType {
  const columns = nodes(onlyNode(readText(text, 'wholeSchema'), 'columns'), 'column');
  const context = newContext(text);
  return structType(columns.map((column) => buildField(column, context)));
}
