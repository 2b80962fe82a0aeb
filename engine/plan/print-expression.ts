import { assertNever } from '../core/assert-never.ts';
import { simpleString, sqlTypeName } from '../core/type-names.ts';
import type {
  BoundAggregate,
  BoundBound,
  BoundCall,
  BoundCast,
  BoundExpression,
  BoundFrame,
  BoundOrder,
  BoundWindow,
} from './bound-expression.ts';
import { literalText } from './print-value.ts';

export type PrintContext = {
  readonly zone: string;
  /** Spark's form of a catalogue function given its printed arguments; undefined: `name(a, b)`. */
  readonly functionText: (
    call: BoundCall | BoundAggregate,
    args: readonly string[],
    spelling: string,
  ) => string | undefined;
  /** As Spark prints what the learner wrote before it resolves it: `s[x]`, the call `window(…)`. Names made by `groupBy` and `agg` are such. */
  readonly isUnresolved?: true;
  /** Inside a plan, where Spark prints an expression's own text and not its SQL. */
  readonly isPlan?: true;
};

/** Spark's `toPrettySQL`: the default name of a column and the way messages quote an expression. Implicit casts do not show. */
export function printExpression(expression: BoundExpression, context: PrintContext): string {
  const text = printPlain(expression, context);
  return expression.alias === undefined ? text : `${text} AS ${expression.alias}`;
}

function printPlain(expression: BoundExpression, context: PrintContext): string {
  const print = (part: BoundExpression): string => printExpression(part, context);
  switch (expression.kind) {
    case 'literal':
      return expression.text ?? literalText(expression.value, expression.type, context.zone);
    case 'attribute':
      return (context.isUnresolved && expression.unresolvedText) ?? expression.attribute.name;
    case 'call':
      return printCall(expression, context);
    case 'cast':
      return printCast(expression, context);
    case 'case': {
      const branches = expression.branches.map(({ when, then }) => ` WHEN ${print(when)} THEN ${print(then)}`).join('');
      return `CASE${branches}${expression.otherwise ? ` ELSE ${print(expression.otherwise)}` : ''} END`;
    }
    case 'field':
      return `${print(expression.child)}${context.isUnresolved && expression.isExtracted ? `[${expression.name}]` : `.${expression.name}`}`;
    case 'lambda':
      return `lambdafunction(${[print(expression.body), ...expression.parameters.map(print)].join(', ')})`;
    case 'lambda_variable':
      return 'namedlambdavariable()';
    case 'aggregate':
      return printAggregate(expression, context);
    case 'window':
      return printWindow(expression, context);
    case 'python':
      return `${expression.name}(${expression.args.map(print).join(', ')})`;
    default:
      return assertNever(expression, 'expression');
  }
}

/** A call to `transform` whose spelling is `.x` is Spark's `as.x`: a field of every struct of an array. */
function printCall(expression: BoundCall, context: PrintContext): string {
  const spelling = expression.spelling ?? expression.name;
  const args = expression.args.map((arg) => printExpression(arg, context));
  if (spelling.startsWith('.')) return `${args[0] ?? ''}${spelling}`;
  if (context.isPlan && plainInPlans.has(expression.name)) return `${expression.name}(${args.join(', ')})`;
  if (context.isPlan && expression.name === 'not') return `NOT ${args[0] ?? ''}`;
  return context.functionText(expression, args, spelling) ?? `${spelling}(${args.join(', ')})`;
}

/** SQL has an operator for these, plans show the function. */
const plainInPlans: ReadonlySet<string> = new Set(['isnull', 'isnotnull']);

function printCast(expression: BoundCast, context: PrintContext): string {
  const child = printExpression(expression.child, context);
  if (context.isPlan)
    return `${expression.mode === 'try' ? 'try_cast' : 'cast'}(${child} as ${simpleString(expression.type)})`;
  if (expression.implicit) return child;
  return `${expression.mode === 'try' ? 'TRY_CAST' : 'CAST'}(${child} AS ${sqlTypeName(expression.type)})`;
}

function printAggregate(expression: BoundAggregate, context: PrintContext): string {
  const spelling = expression.spelling ?? expression.name;
  const args = expression.args.map((arg) => printExpression(arg, context));
  const shown = expression.distinct ? [`DISTINCT ${args[0] ?? ''}`, ...args.slice(1)] : args;
  const text = context.functionText(expression, shown, spelling) ?? `${spelling}(${shown.join(', ')})`;
  return expression.filter ? `${text} FILTER (WHERE ${printExpression(expression.filter, context)})` : text;
}

function printWindow(expression: BoundWindow, context: PrintContext): string {
  const print = (part: BoundExpression): string => printExpression(part, context);
  const pieces = [
    expression.partition.length > 0 ? `PARTITION BY ${expression.partition.map(print).join(', ')}` : '',
    expression.order.length > 0
      ? `ORDER BY ${expression.order.map((order) => printOrder(order, context)).join(', ')}`
      : '',
    printFrame(expression.frame, context),
  ];
  return `${print(expression.function)} OVER (${pieces.filter((piece) => piece !== '').join(' ')})`;
}

/** `end ASC NULLS FIRST`. */
export const printOrder = (order: BoundOrder, context: PrintContext): string =>
  `${printExpression(order.expression, context)} ${order.direction === 'ascending' ? 'ASC' : 'DESC'} ${order.nulls === 'nulls_first' ? 'NULLS FIRST' : 'NULLS LAST'}`;

export function printFrame(frame: BoundFrame, context: PrintContext): string {
  if (frame.kind === 'unspecified') return 'unspecifiedframe$()';
  const kind = frame.kind === 'rows' ? 'ROWS' : 'RANGE';
  return `${kind} BETWEEN ${printBound(frame.lower, context)} AND ${printBound(frame.upper, context)}`;
}

function printBound(bound: BoundBound, context: PrintContext): string {
  switch (bound.kind) {
    case 'unbounded_preceding':
      return 'UNBOUNDED PRECEDING';
    case 'unbounded_following':
      return 'UNBOUNDED FOLLOWING';
    case 'current_row':
      return 'CURRENT ROW';
    case 'offset': {
      // Spark writes PRECEDING only for a negated expression (`2 PRECEDING` in SQL text); the literal -2 of rowsBetween stays `-2 FOLLOWING`.
      const { value } = bound;
      const negated = value.kind === 'call' && value.name === 'negative' ? value.args[0] : undefined;
      return negated
        ? `${printExpression(negated, context)} PRECEDING`
        : `${printExpression(value, context)} FOLLOWING`;
    }
    default:
      return assertNever(bound, 'frame bound');
  }
}
