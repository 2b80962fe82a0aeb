import type { DataType, StructType } from '../core/data-type.ts';
import { typeName } from '../core/type-names.ts';
import { escaped } from './cell-text.ts';

/** The text of `printSchema(level)`, without the newline that `print` adds. `level` ≤ 0 or absent: all levels. */
export function treeString(schema: StructType, level = 0): string {
  return `root\n${typeTree(schema, ' |', level > 0 ? level : Number.POSITIVE_INFINITY)}`;
}

/** Columns of type `char(n)` and `varchar(n)` are strings once they belong to a frame. */
const shownName = (type: DataType): string =>
  type.kind === 'char' || type.kind === 'varchar' ? 'string' : typeName(type);

function typeTree(type: DataType, prefix: string, depth: number): string {
  if (depth <= 0) return '';
  const inner = (part: DataType): string => typeTree(part, `${prefix}    |`, depth - 1);
  switch (type.kind) {
    case 'struct':
      return type.fields
        .map(
          (field) =>
            `${prefix}-- ${escaped(field.name)}: ${shownName(field.type)} (nullable = ${field.nullable})\n${inner(field.type)}`,
        )
        .join('');
    case 'array':
      return `${prefix}-- element: ${shownName(type.element)} (containsNull = ${type.containsNull})\n${inner(type.element)}`;
    case 'map':
      return (
        `${prefix}-- key: ${shownName(type.key)}\n${inner(type.key)}` +
        `${prefix}-- value: ${shownName(type.value)} (valueContainsNull = ${type.valueContainsNull})\n${inner(type.value)}`
      );
    default:
      return '';
  }
}
