import { assert, assertNever } from '../core/assert-never.ts';
import { sparkError } from '../core/spark-error.ts';
import { sql, sqlInteger, sqlJoin, type Sql } from '../core/sql-text.ts';
import type { BoundBound, BoundExpression, BoundFrame, BoundWindow } from '../plan/bound-expression.ts';
import { functionRow } from './function-row.ts';
import { compileAggregateCall } from './compile-aggregate-call.ts';
import { callParts, compileOrder, compileSortKey, type ExpressionScope } from './expression-scope.ts';

/** `function(…) OVER (…)`. */
export function compileWindowFunction(window: BoundWindow, scope: ExpressionScope): Sql {
  const over = overClause(window, scope);
  if (window.function.kind === 'aggregate') return compileAggregateCall(window.function, scope, over);
  const row = functionRow(window.function.name);
  assert(row.kind === 'window' || row.kind === 'aggregate', `${window.function.name} is not a window function`);
  const call = callParts(window.function.args, window.function.type, scope);
  return row.sql({ ...call, distinct: false, ignoreNulls: false, over });
}

function overClause(window: BoundWindow, scope: ExpressionScope): Sql {
  const partition = window.partition.map((key) => compileSortKey(key, scope));
  const isRange = window.frame.kind === 'range' && hasOffset(window.frame);
  const order = isRange ? rangeOrder(window, scope) : window.order.map((item) => compileOrder(item, scope));
  const pieces = [
    partition.length > 0 ? sql`PARTITION BY ${sqlJoin(partition, ', ')}` : sql``,
    order.length > 0 ? sql`ORDER BY ${sqlJoin(order, ', ')}` : sql``,
    frameSql(window.frame),
  ].filter((piece) => piece !== '');
  return sql`(${sqlJoin(pieces, ' ')})`;
}

const hasOffset = (frame: BoundFrame): boolean =>
  frame.kind !== 'unspecified' && (frame.lower.kind === 'offset' || frame.upper.kind === 'offset');

/** Offsets are numbers (days, µs), so dates and timestamps are ordered as numbers too. */
function rangeOrder(window: BoundWindow, scope: ExpressionScope): readonly Sql[] {
  return window.order.map((item) => {
    const key = compileSortKey(item.expression, scope);
    const kind = item.expression.type.kind;
    const number =
      kind === 'timestamp' || kind === 'timestamp_ntz'
        ? sql`epoch_us(${key})`
        : kind === 'date'
          ? sql`(${key} - DATE '1970-01-01')`
          : key;
    const direction = item.direction === 'ascending' ? sql`ASC` : sql`DESC`;
    return sql`${number} ${direction} ${item.nulls === 'nulls_first' ? sql`NULLS FIRST` : sql`NULLS LAST`}`;
  });
}

function frameSql(frame: BoundFrame): Sql {
  if (frame.kind === 'unspecified') return sql``;
  const kind = frame.kind === 'rows' ? sql`ROWS` : sql`RANGE`;
  return sql`${kind} BETWEEN ${boundSql(frame.lower)} AND ${boundSql(frame.upper)}`;
}

function boundSql(bound: BoundBound): Sql {
  switch (bound.kind) {
    case 'unbounded_preceding':
      return sql`UNBOUNDED PRECEDING`;
    case 'unbounded_following':
      return sql`UNBOUNDED FOLLOWING`;
    case 'current_row':
      return sql`CURRENT ROW`;
    case 'offset': {
      const value = offsetValue(bound.value);
      return value < 0n ? sql`${sqlInteger(-value)} PRECEDING` : sql`${sqlInteger(value)} FOLLOWING`;
    }
    default:
      return assertNever(bound, 'frame bound');
  }
}

/** Rows, a number, days or µs, signed. */
function offsetValue(expression: BoundExpression): bigint {
  if (expression.kind === 'cast') return offsetValue(expression.child);
  if (expression.kind === 'call' && expression.name === 'negative' && expression.args[0])
    return -offsetValue(expression.args[0]);
  assert(expression.kind === 'literal', 'a frame offset is a constant');
  const { value } = expression;
  if (typeof value === 'number' || typeof value === 'bigint') return BigInt(value);
  assert(
    value !== null && typeof value === 'object' && 'form' in value && value.form === 'interval',
    'a frame offset is a number or an interval',
  );
  if (value.months !== 0) throw sparkError('NOT_SUPPORTED_BY_MAREA', { feature: 'a window frame of months' });
  return BigInt(value.days) * 86_400_000_000n + value.micros;
}
