import type { DataType } from '../core/data-type.ts';
import { storageFieldNames } from '../core/storage-type.ts';
import { sql, sqlInteger, sqlJoin, sqlString, type Sql } from '../core/sql-text.ts';

/**
 * A value that DuckDB orders as Spark orders `value`. They disagree on NULL inside arrays and structs: first in Spark, last in DuckDB; so each
 * member goes along with whether it is there. Plain values are their own key.
 */
export function orderKey(value: Sql, type: DataType, depth = 0): Sql {
  switch (type.kind) {
    case 'array': {
      const item = sql`order_${sqlInteger(depth)}`;
      return sql`list_transform(${value}, lambda ${item}: ${member(item, type.element, depth + 1)})`;
    }
    case 'struct': {
      const names = storageFieldNames(type);
      const members = type.fields.map(
        (field, i) =>
          sql`${sqlString(`k${i}`)}: ${member(sql`struct_extract(${value}, ${sqlString(names[i] ?? field.name)})`, field.type, depth)}`,
      );
      return sql`CASE WHEN ${value} IS NOT NULL THEN {${sqlJoin(members, ', ')}} END`;
    }
    default:
      return value;
  }
}

const member = (value: Sql, type: DataType, depth: number): Sql =>
  sql`{p: ${value} IS NOT NULL, v: ${orderKey(value, type, depth)}}`;
