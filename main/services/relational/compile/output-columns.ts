import { sql, sqlInteger, type Sql } from '../../../../engine/core/sql-text.ts';
import { compiled, type Compiled } from './compiled.ts';
import type { OutputColumn } from './scope.ts';

export const outputName = (index: number): Sql => sql`c${sqlInteger(index)}`;

/** The columns of a compiled query, seen from outside under `alias`. */
export const outputs = (columns: readonly OutputColumn[], alias: Sql): readonly Compiled[] =>
  columns.map((column, i) =>
    compiled(sql`${alias}.${outputName(i)}`, column.type, column.isNullable, {
      isAutoIncrement: column.isAutoIncrement,
    }),
  );
