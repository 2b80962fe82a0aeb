import { isDatetime, isNumeric, isInterval } from '../core/data-type.ts';
import { sparkError } from '../core/spark-error.ts';
import { sqlTypeName } from '../core/type-names.ts';
import type {
  BoundBound,
  BoundCall,
  BoundExpression,
  BoundFrame,
  BoundOrder,
  BoundWindow,
} from '../plan/bound-expression.ts';
import type { FrameBound, SortOrder, WindowExpression } from '../plan/expression.ts';
import { printFrame } from '../plan/print-expression.ts';
import { withPlanText, type Binder } from './binder.ts';
import { implicitCast } from './cast-expression.ts';
import { expressionText, printContext, quotedExpression } from './function-text.ts';
import { lookUpFunction } from './look-up-function.ts';
import { integerLiteral } from './make-expression.ts';

/** `f(…) OVER (PARTITION BY … ORDER BY … frame)`, the frame always written out as Spark's analyzer does. */
export function bindWindow(expression: WindowExpression, binder: Binder): BoundExpression {
  const inside: Binder = { ...binder, insideOver: true };
  const bound = inside.bind(expression.window_function, inside);
  const partition = expression.partition_spec.map((part) => binder.bind(part, binder));
  const order = expression.order_spec.map((item) => bindOrder(item, binder));
  const frame = windowFrame(expression, bound, order, binder);
  if (bound.kind !== 'aggregate' && !(bound.kind === 'call' && isWindowFunction(bound)))
    throw withPlanText(
      sparkError('UNSUPPORTED_EXPR_FOR_WINDOW', { sqlExpr: quotedExpression(bound, binder.context) }),
      binder.planText,
    );
  const window: BoundWindow = {
    kind: 'window',
    function: bound,
    partition,
    order,
    frame,
    type: bound.type,
    nullable: bound.nullable,
  };
  if (bound.kind === 'aggregate' && bound.distinct)
    throw withPlanText(
      sparkError('DISTINCT_WINDOW_FUNCTION_UNSUPPORTED', { windowExpr: quotedExpression(window, binder.context) }),
      binder.planText,
    );
  return window;
}

export function bindOrder(item: SortOrder, binder: Binder): BoundOrder {
  return { expression: binder.bind(item.child, binder), direction: item.direction, nulls: item.null_ordering };
}

const isWindowFunction = (call: BoundCall): boolean => lookUpFunction(call.name)?.row.kind === 'window';

const wholePartition: BoundFrame = {
  kind: 'rows',
  lower: { kind: 'unbounded_preceding' },
  upper: { kind: 'unbounded_following' },
};
const upToRow: BoundFrame = { kind: 'rows', lower: { kind: 'unbounded_preceding' }, upper: { kind: 'current_row' } };
const upToPeers: BoundFrame = { kind: 'range', lower: { kind: 'unbounded_preceding' }, upper: { kind: 'current_row' } };

function windowFrame(
  expression: WindowExpression,
  bound: BoundExpression,
  order: readonly BoundOrder[],
  binder: Binder,
): BoundFrame {
  const required = bound.kind === 'call' && isWindowFunction(bound) ? rankingFrame(bound) : undefined;
  if (required && order.length === 0)
    throw sparkError('_LEGACY_ERROR_TEMP_1037', { wf: expressionText(bound, binder.context) });
  const written = expression.frame_spec ? writtenFrame(expression, order, binder) : undefined;
  if (required && written && JSON.stringify(frameWords(written)) !== JSON.stringify(frameWords(required)))
    throw sparkError('_LEGACY_ERROR_TEMP_1036', { wf: frameWords(written), required: frameWords(required) });
  return required ?? written ?? (order.length > 0 ? upToPeers : wholePartition);
}

/** Ranking functions see the rows up to their own; `lag` and `lead` one row at their offset. */
function rankingFrame(bound: BoundCall): BoundFrame {
  if (bound.name !== 'lag' && bound.name !== 'lead') return upToRow;
  const given = bound.args[1];
  const offset = given?.kind === 'literal' ? Number(given.value) : 1;
  const value = integerLiteral(bound.name === 'lag' ? -offset : offset);
  return { kind: 'rows', lower: { kind: 'offset', value }, upper: { kind: 'offset', value } };
}

function writtenFrame(expression: WindowExpression, order: readonly BoundOrder[], binder: Binder): BoundFrame {
  const spec = expression.frame_spec;
  if (!spec) return upToPeers;
  const kind = spec.frame_type === 'row' ? 'rows' : 'range';
  const frame: BoundFrame = {
    kind,
    lower: frameBound(spec.lower, 'lower', binder),
    upper: frameBound(spec.upper, 'upper', binder),
  };
  return kind === 'range' ? rangeFrame(frame, order, binder) : frame;
}

function frameBound(bound: FrameBound, side: 'lower' | 'upper', binder: Binder): BoundBound {
  switch (bound.kind) {
    case 'current_row':
      return { kind: 'current_row' };
    case 'unbounded':
      return { kind: side === 'lower' ? 'unbounded_preceding' : 'unbounded_following' };
    case 'offset':
      return { kind: 'offset', value: binder.bind(bound.value, binder) };
  }
}

type WrittenFrame = Exclude<BoundFrame, { readonly kind: 'unspecified' }>;

/** Offsets of a RANGE frame are distances of the one order column. */
function rangeFrame(frame: WrittenFrame, order: readonly BoundOrder[], binder: Binder): BoundFrame {
  const offsets = [frame.lower, frame.upper].filter((bound) => bound.kind === 'offset');
  const [by] = order;
  if (offsets.length === 0 || !by) return frame;
  const { type } = by.expression;
  const fits = (bound: BoundBound): BoundBound => {
    if (bound.kind !== 'offset') return bound;
    if (isNumeric(type)) return { ...bound, value: implicitCast(bound.value, type, binder.context.ansi) };
    if (isDatetime(type) && (isInterval(bound.value.type) || (type.kind === 'date' && isNumeric(bound.value.type))))
      return bound;
    throw unacceptedBound(frame, type, binder);
  };
  return { ...frame, lower: fits(frame.lower), upper: fits(frame.upper) };
}

const unacceptedBound = (frame: BoundFrame, type: BoundExpression['type'], binder: Binder): Error =>
  withPlanText(
    sparkError('DATATYPE_MISMATCH.SPECIFIED_WINDOW_FRAME_UNACCEPTED_TYPE', {
      sqlExpr: `"${printFrame(frame, printContext(binder.context.zone))}"`,
      location: 'lower',
      exprType: `"${sqlTypeName(type)}"`,
      expectedType: '("NUMERIC" or "INTERVAL DAY TO SECOND" or "INTERVAL YEAR TO MONTH" or "INTERVAL")',
    }),
    binder.planText,
  );

/** Spark's `toString` of a frame, as one of its messages prints it. */
function frameWords(frame: BoundFrame): string {
  if (frame.kind === 'unspecified') return 'unspecifiedframe$()';
  const word = (bound: BoundBound): string => {
    if (bound.kind === 'offset')
      return bound.value.kind === 'literal' && typeof bound.value.value === 'number' ? String(bound.value.value) : '?';
    return bound.kind === 'current_row'
      ? 'currentrow$()'
      : bound.kind === 'unbounded_preceding'
        ? 'unboundedpreceding$()'
        : 'unboundedfollowing$()';
  };
  return `specifiedwindowframe(${frame.kind === 'rows' ? 'RowFrame' : 'RangeFrame'}, ${word(frame.lower)}, ${word(frame.upper)})`;
}
