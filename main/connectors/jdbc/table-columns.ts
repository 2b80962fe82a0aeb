import type { RelationalColumn } from '../../../engine/api/relational-client.ts';
import type { DataType, StructType } from '../../../engine/core/data-type.ts';
import { sparkError } from '../../../engine/core/spark-error.ts';
import { ask, type JdbcConnections } from './jdbc-connections.ts';
import { flagOption, type JdbcOptions } from './jdbc-options.ts';
import { sparkType } from './read-column.ts';

/** A column of a table, as the server describes it and in Spark's type. */
export type TableColumn = { readonly name: string; readonly type: DataType; readonly column: RelationalColumn };

/** The columns of a table or query, found as Spark does: by asking for none of its rows. */
export function tableColumns(options: JdbcOptions, connections: JdbcConnections): Promise<readonly TableColumn[]> {
  const prefersNtz = flagOption(options.get, 'preferTimestampNTZ', false);
  return connections.use(options, async (connection) => {
    const result = await ask(connection, `${prefix(options)}SELECT * FROM ${options.table} WHERE 1=0`);
    const columns = result.kind === 'rows' ? result.columns : [];
    return columns.map((column) => ({
      name: column.name,
      type: sparkType(column, prefersNtz, connection.properties),
      column,
    }));
  });
}

/** What `prepareQuery` puts before each SELECT. */
export function prefix({ get }: JdbcOptions): string {
  const text = get('prepareQuery');
  return text === undefined ? '' : `${text} `;
}

/** Types by name in lower case, as an option of Spark gives them; a name twice is refused. */
export function uniqueTypes({ fields }: StructType): ReadonlyMap<string, DataType> {
  const types = new Map<string, DataType>();
  for (const { name, type } of fields) {
    const key = name.toLowerCase();
    if (types.has(key)) throw sparkError('COLUMN_ALREADY_EXISTS', { columnName: `\`${key}\`` });
    types.set(key, type);
  }
  return types;
}
