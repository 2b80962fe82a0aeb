import { longType, integerType, stringType, voidType } from '../core/data-type.ts';
import { sql, sqlString } from '../core/sql-text.ts';
import { simpleString } from '../core/type-names.ts';
import type { FunctionTable } from './define-function.ts';
import { argument, argumentType, gives, scalar, simple } from './function-forms.ts';
import { raiseErrorWith } from './raise-error.ts';

/** What does not belong elsewhere: types, identifiers, errors on purpose. */
export const miscFunctions: FunctionTable = {
  typeof: scalar({
    takes: ['any'],
    returns: stringType,
    nullable: 'never',
    sql: (call) => sqlString(simpleString(argumentType(call, 0))),
    examples: [
      gives('typeof(1)', 'int'),
      gives("typeof(array(1.5, 'a'))", 'array<string>'),
      gives('typeof(NULL)', 'void'),
      gives("typeof(map('a', 1L))", 'map<string,bigint>'),
    ],
  }),
  uuid: simple({
    takes: [],
    returns: stringType,
    nullable: 'never',
    nondeterministic: true,
    write: () => sql`uuid()::VARCHAR`,
    examples: [gives('length(uuid())', '36')],
  }),
  monotonically_increasing_id: simple({
    takes: [],
    returns: longType,
    nullable: 'never',
    nondeterministic: true,
    write: () => sql`(row_number() OVER () - 1)`,
    examples: [gives('monotonically_increasing_id()', '0')],
  }),
  // Everything is one partition.
  spark_partition_id: simple({
    takes: [],
    returns: integerType,
    nullable: 'never',
    text: () => 'SPARK_PARTITION_ID()',
    write: () => sql`0::INTEGER`,
    examples: [gives('spark_partition_id()', '0')],
  }),
  // Only where rows come straight from files has it a value: there a column of the source takes its place.
  input_file_name: simple({
    takes: [],
    returns: stringType,
    nullable: 'never',
    nondeterministic: true,
    write: () => sql`''`,
    examples: [gives('input_file_name()', '')],
  }),
  version: simple({
    takes: [],
    returns: stringType,
    nullable: 'never',
    write: () => sql`'3.5.7 ed00d046951a7ecda6429accd3b9c5b2dc792b65'`,
    examples: [gives("startswith(version(), '3.5.7 ')", 'true')],
  }),
  current_user: simple({
    takes: [],
    returns: stringType,
    nullable: 'never',
    aliases: ['user'],
    text: () => 'current_user()',
    write: () => sql`'marea'`,
    examples: [gives('length(current_user()) > 0', 'true')],
  }),
  current_database: simple({
    takes: [],
    returns: stringType,
    nullable: 'never',
    aliases: ['current_schema'],
    text: () => 'current_database()',
    write: () => sql`'default'`,
    examples: [gives('current_database()', 'default')],
  }),
  current_catalog: simple({
    takes: [],
    returns: stringType,
    nullable: 'never',
    write: () => sql`'spark_catalog'`,
    examples: [gives('current_catalog()', 'spark_catalog')],
  }),
  raise_error: scalar({
    takes: ['string'],
    returns: voidType,
    nullable: 'always',
    sql: (call) =>
      raiseErrorWith('_LEGACY_RAISE_ERROR', (at) => ({ text: at(0) }), [
        sql`coalesce((${argument(call, 0)})::VARCHAR, 'null')`,
      ]),
    examples: [gives("if(true, 'x', raise_error('no'))", 'x')],
  }),
  assert_true: simple({
    takes: ['boolean', 'string'],
    returns: voidType,
    nullable: 'always',
    write: (condition, message) =>
      sql`CASE WHEN ${condition} THEN NULL ELSE ${raiseErrorWith('_LEGACY_RAISE_ERROR', (at) => ({ text: at(0) }), [sql`coalesce((${message ?? sql`NULL`})::VARCHAR, 'null')`])} END`,
    examples: [gives("assert_true(1 < 2, 'no')", null)],
  }),
};
