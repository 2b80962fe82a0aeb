import { RelationalError, type RelationalClient } from '../../../engine/api/relational-client.ts';
import type { SinkContext } from '../../../engine/api/sink.ts';
import type { StructType } from '../../../engine/core/data-type.ts';
import { SparkError } from '../../../engine/core/spark-error.ts';
import { simpleString } from '../../../engine/core/type-names.ts';
import { ask } from './jdbc-connections.ts';
import type { JdbcOptions } from './jdbc-options.ts';
import { quoted } from './quoted-name.ts';
import { uniqueTypes } from './table-columns.ts';
import { mysqlType } from './write-column.ts';

/** Creates the table of a frame, with the text that Spark sends. */
export async function createTable(
  client: RelationalClient,
  options: JdbcOptions,
  schema: StructType,
  context: SinkContext,
): Promise<void> {
  const types = createTypes(options, schema, context);
  const columns = schema.fields.map(({ name, type, nullable }) => {
    const own = types.get(name.toLowerCase()) ?? mysqlType(type);
    return `${quoted(name)} ${own} ${nullable ? '' : 'NOT NULL'}`;
  });
  await ask(client, `CREATE TABLE ${options.table} (${columns.join(', ')}) ${options.get('createTableOptions') ?? ''}`);
  await comment(client, options);
}

/** `createTableColumnTypes`, by column in lower case. */
function createTypes({ get }: JdbcOptions, schema: StructType, context: SinkContext): ReadonlyMap<string, string> {
  const text = get('createTableColumnTypes');
  if (text === undefined) return new Map();
  const given = context.parseSchema(text);
  const types = uniqueTypes(given);
  for (const { name } of given.fields)
    if (!schema.fields.some((each) => each.name.toLowerCase() === name.toLowerCase()))
      throw new SparkError(
        'AnalysisException',
        `createTableColumnTypes option column ${name} not found in schema ${simpleString(schema)}.`,
      );
  return new Map([...types].map(([name, type]) => [name, simpleString(type)]));
}

/** A comment that the server refuses is only a warning in Spark's log. */
async function comment(client: RelationalClient, { get, table }: JdbcOptions): Promise<void> {
  const text = get('tableComment');
  if (text === undefined || text === '') return;
  try {
    await client.query(`ALTER TABLE ${table} COMMENT = '${text}'`);
  } catch (error) {
    if (!(error instanceof RelationalError)) throw error;
  }
}
