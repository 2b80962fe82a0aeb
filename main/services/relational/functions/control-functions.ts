import { sql, sqlInteger, sqlJoin, type Sql } from '../../../../engine/core/sql-text.ts';
import { doubleType, familyOf, isNumeric, isTemporal, varcharType, wideInteger } from '../catalog/sql-type.ts';
import { compileComparison } from '../compile/compile-comparison.ts';
import { compileLiteral } from '../compile/compile-literal.ts';
import { anyNullable, callSql, compiled, condition, type Compiled } from '../compile/compiled.ts';
import { conditionSql, convertTo } from '../compile/convert.ts';
import type { Context } from '../compile/scope.ts';
import { unifyTypes } from '../compile/unify-types.ts';
import { any, argument, define, type SqlFunction } from './sql-function.ts';

const coalesce = (args: readonly Compiled[]): Compiled => {
  const type = unifyTypes(args.map((arg) => arg.type));
  const values = args.map((arg) => convertTo(arg, type).sql);
  return compiled(
    sql`coalesce(${sqlJoin(values, ', ')})`,
    type,
    args.every((arg) => arg.isNullable),
  );
};

const choose = define(3, 3, (args) => {
  const [test, yes, no] = [argument(args, 0), argument(args, 1), argument(args, 2)];
  const type = unifyTypes([yes.type, no.type]);
  const result = sql`(CASE WHEN ${conditionSql(test)} THEN ${convertTo(yes, type).sql} ELSE ${convertTo(no, type).sql} END)`;
  return compiled(result, type, yes.isNullable || no.isNullable);
});

const nullIf = define(2, 2, (args) => {
  const [value, other] = [argument(args, 0), argument(args, 1)];
  const plain = convertTo(value, value.type);
  return compiled(
    sql`(CASE WHEN ${compileComparison('=', value, other).sql} THEN NULL ELSE ${plain.sql} END)`,
    value.type,
    true,
  );
});

/** NULL as soon as one argument is; text by the collation. */
const extreme = (isGreatest: boolean): SqlFunction =>
  define(2, any, (args) => {
    const types = args.map((arg) => arg.type);
    // Numbers and texts together are compared as numbers.
    const isMixed = types.some(isNumeric) && types.some((each) => familyOf(each) === 'text');
    const type = isMixed ? doubleType : unifyTypes(types);
    const values = args.map((arg) => convertTo(arg, type));
    const best = values.reduce((one, two) => better(one, two, isGreatest));
    const test = sqlJoin(
      values.map((value) => sql`${value.sql} IS NULL`),
      ' OR ',
    );
    return compiled(sql`(CASE WHEN ${test} THEN NULL ELSE ${best.sql} END)`, type, anyNullable(args));
  });

function better(one: Compiled, two: Compiled, isGreatest: boolean): Compiled {
  if (isNumeric(one.type) || isTemporal(one.type)) {
    return { ...one, sql: callSql(isGreatest ? 'greatest' : 'least', one.sql, two.sql) };
  }
  const test = compileComparison(isGreatest ? '>=' : '<=', one, two);
  return { ...one, sql: sql`(CASE WHEN ${test.sql} THEN ${one.sql} ELSE ${two.sql} END)` };
}

const constantText = (value: string | undefined): Compiled =>
  value === undefined
    ? { ...compileLiteral({ kind: 'null' }), type: varcharType(64) }
    : { ...compileLiteral({ kind: 'string', text: value }), isNullable: true };

const userText = (context: Context): Compiled => constantText(`${context.session.user}@localhost`);

export const serverVersion = '10.11.19-MariaDB';

const integer = (value: Sql): Compiled => compiled(value, wideInteger('bigint', 21), false);

export const controlFunctions: Readonly<Record<string, SqlFunction>> = {
  IF: choose,
  IFNULL: define(2, 2, coalesce),
  NVL: define(2, 2, coalesce),
  COALESCE: define(1, any, coalesce),
  NULLIF: nullIf,
  ISNULL: define(1, 1, (args) => condition(sql`(${argument(args, 0).sql} IS NULL)`, false)),
  GREATEST: extreme(true),
  LEAST: extreme(false),
  INTERVAL: define(2, any, (args) => {
    const [value, ...limits] = args;
    const passed = limits.map((limit) => sql`CAST(${compileComparison('>=', value ?? limit, limit).sql} AS BIGINT)`);
    return integer(sql`(${sqlJoin(passed, ' + ')})`);
  }),
  VERSION: define(0, 0, () => ({ ...constantText(serverVersion), isNullable: false })),
  DATABASE: define(0, 0, (_, context) => constantText(context.session.database)),
  SCHEMA: define(0, 0, (_, context) => constantText(context.session.database)),
  USER: define(0, 0, (_, context) => userText(context)),
  CURRENT_USER: define(0, 0, (_, context) => userText(context)),
  SESSION_USER: define(0, 0, (_, context) => userText(context)),
  SYSTEM_USER: define(0, 0, (_, context) => userText(context)),
  CONNECTION_ID: define(0, 0, (_, context) => integer(sqlInteger(context.session.connectionId))),
  LAST_INSERT_ID: define(0, 0, (_, context) =>
    compiled(sql`CAST(${sqlInteger(context.session.lastInsertId)} AS UBIGINT)`, wideInteger('bigint', 21, true), false),
  ),
  FOUND_ROWS: define(0, 0, (_, context) => integer(sqlInteger(context.session.foundRows))),
  CHARSET: define(1, 1, () => constantText('utf8mb4')),
  COLLATION: define(1, 1, () => constantText('utf8mb4_general_ci')),
  BIT_COUNT: define(1, 1, (args) => integer(callSql('bit_count', sql`CAST(${argument(args, 0).sql} AS BIGINT)`))),
};
