import { sql, sqlJoin, sqlWord, type Sql } from '../../../../engine/core/sql-text.ts';
import { wideInteger, type SqlType } from '../catalog/sql-type.ts';
import { controlFunctions } from '../functions/control-functions.ts';
import { dateFunctions } from '../functions/date-functions.ts';
import { numberFunctions } from '../functions/number-functions.ts';
import type { SqlFunction } from '../functions/sql-function.ts';
import { textFunctions } from '../functions/text-functions.ts';
import { unknownFunction, wrongArgumentCount } from '../relational-errors.ts';
import type { FunctionCall, WindowSpec } from '../syntax/expression.ts';
import { compileAggregate } from './compile-aggregate.ts';
import { sortSql } from './compile-comparison.ts';
import { compiled, type Compiled } from './compiled.ts';
import { doubleSql, integerArgument } from './convert.ts';
import { isAggregateName } from './expression-children.ts';
import type { Context, Scope } from './scope.ts';

const functions: ReadonlyMap<string, SqlFunction> = new Map(
  [textFunctions, numberFunctions, dateFunctions, controlFunctions].flatMap((table) => Object.entries(table)),
);

export function compileCall(call: FunctionCall, scope: Scope, context: Context): Compiled {
  if (call.over !== undefined) return compileWindow(call, call.over, scope, context);
  if (isAggregateName(call.name)) return compileAggregate(call, scope, context);
  const row = functions.get(call.name);
  if (row === undefined) throw unknownFunction(context.session.database ?? '', call.spelling);
  if (call.isStar || call.args.length < row.least || call.args.length > row.most)
    throw wrongArgumentCount(call.spelling);
  return row.compile(
    call.args.map((arg) => context.compiler.expression(arg, scope, context)),
    context,
  );
}

const rankType: SqlType = wideInteger('bigint', 21);

/** Functions that exist only with OVER; aggregates may have it too. */
function compileWindow(call: FunctionCall, over: WindowSpec, scope: Scope, context: Context): Compiled {
  const window = windowSql(over, scope, context);
  if (isAggregateName(call.name)) {
    const aggregate = compileAggregate(call, { ...scope, mode: 'group' }, context, window);
    return aggregate;
  }
  const args = call.args.map((arg) => context.compiler.expression(arg, scope, context));
  const [first, second, third] = args;
  switch (call.name) {
    case 'ROW_NUMBER':
    case 'RANK':
    case 'DENSE_RANK':
      return compiled(sql`${sqlWord(call.name)}() ${window}`, rankType, false);
    case 'PERCENT_RANK':
    case 'CUME_DIST':
      return compiled(
        sql`${sqlWord(call.name)}() ${window}`,
        { ...rankType, name: 'double', length: 10, digits: 0 },
        false,
      );
    case 'NTILE':
      if (first === undefined) throw wrongArgumentCount(call.spelling);
      return compiled(sql`NTILE(${integerArgument(first)}) ${window}`, rankType, false);
    case 'LAG':
    case 'LEAD': {
      if (first === undefined) throw wrongArgumentCount(call.spelling);
      const distance = second === undefined ? sql`1` : sql`CAST(${doubleSql(second)} AS INTEGER)`;
      const rest = third === undefined ? sql`` : sql`, ${third.sql}`;
      return compiled(sql`${sqlWord(call.name)}(${first.sql}, ${distance}${rest}) ${window}`, first.type, true);
    }
    case 'FIRST_VALUE':
    case 'LAST_VALUE':
      if (first === undefined) throw wrongArgumentCount(call.spelling);
      return compiled(sql`${sqlWord(call.name)}(${first.sql}) ${window}`, first.type, true);
    default:
      throw unknownFunction(context.session.database ?? '', call.spelling);
  }
}

function windowSql(over: WindowSpec, scope: Scope, context: Context): Sql {
  const keys = over.partitionBy.map((key) => sortSql(context.compiler.expression(key, scope, context)));
  const order = over.orderBy.map(({ key, isDescending }) => {
    const value = sortSql(context.compiler.expression(key, scope, context));
    return isDescending ? sql`${value} DESC` : value;
  });
  const parts = [
    keys.length === 0 ? sql`` : sql`PARTITION BY ${sqlJoin(keys, ', ')}`,
    order.length === 0 ? sql`` : sql`ORDER BY ${sqlJoin(order, ', ')}`,
    over.frame === undefined ? sql`` : sqlWord(over.frame.replace(/\s+/g, ' ')),
  ];
  return sql`OVER (${sqlJoin(parts, ' ')})`;
}
