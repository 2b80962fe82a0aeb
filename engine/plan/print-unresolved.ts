import { assertNever } from '../core/assert-never.ts';
import { simpleString } from '../core/type-names.ts';
import { typeFromJson } from '../core/type-json.ts';
import type { Expression, FrameBound, Literal, SortOrder, UnresolvedFunction, WindowExpression } from './expression.ts';
import { dateText } from '../core/civil-date.ts';

export type UnresolvedStyle = {
  /** Put before names that are not bound: `'` in plans, nothing in the text of a column. */
  readonly mark: string;
  /** A column taken from a frame: `a#1` where its id is known. */
  readonly frameColumn?: (name: string, planId: number) => string | undefined;
};

const infix: ReadonlySet<string> = new Set([
  '+',
  '-',
  '*',
  '/',
  '%',
  'div',
  '&',
  '|',
  '^',
  '<',
  '<=',
  '>',
  '>=',
  '<=>',
  '=',
  'and',
  'or',
]);

/** What Spark shows of an expression before its names are bound: `repr(column)` and the `'Project [...]` lines of messages. */
export function printUnresolved(expression: Expression, style: UnresolvedStyle): string {
  const print = (part: Expression): string => printUnresolved(part, style);
  switch (expression.kind) {
    case 'literal':
      return literalWord(expression);
    case 'alias': {
      const names =
        expression.name.length === 1 ? (expression.name[0] ?? '') : `ArrayBuffer(${expression.name.join(', ')})`;
      return `${print(expression.expr)} AS ${names}`;
    }
    case 'sort_order':
      return printSort(expression, style);
    case 'unresolved_attribute': {
      const known =
        expression.plan_id === undefined
          ? undefined
          : style.frameColumn?.(expression.unparsed_identifier, expression.plan_id);
      return known ?? `${style.mark}${expression.unparsed_identifier}`;
    }
    case 'unresolved_star':
      return expression.unparsed_target
        ? `ArrayBuffer(${expression.unparsed_target.replace(/\.?\*$/, '')}).*`
        : style.mark
          ? '*'
          : 'unresolvedstar()';
    case 'unresolved_regex':
      return `unresolvedregex(${expression.col_name})`;
    case 'expression_string':
      return expression.expression;
    case 'unresolved_function':
      return printFunction(expression, style);
    case 'cast':
      return `${expression.eval_mode === 'try' ? 'TRY_CAST' : style.mark ? 'cast' : 'CAST'}(${print(expression.expr)} ${style.mark ? 'as' : 'AS'} ${typeWord(expression.type, expression.type_str, style)})`;
    case 'unresolved_extract_value':
      return `${print(expression.child)}[${print(expression.extraction)}]`;
    case 'update_fields':
      return `update_fields(${print(expression.struct_expression)}, ${expression.value_expression ? `WithField(${expression.field_name}, ${print(expression.value_expression)})` : `dropfield(${expression.field_name})`})`;
    case 'window':
      return printWindow(expression, style);
    case 'unresolved_named_lambda_variable':
      return expression.name_parts.join('.');
    case 'lambda_function':
      return `lambdafunction(${[expression.function, ...expression.arguments].map(print).join(', ')})`;
    case 'common_inline_user_defined_function':
      return `${expression.function_name}(${expression.arguments.map(print).join(', ')})`;
    default:
      return assertNever(expression, 'expression');
  }
}

const typeWord = (
  json: Parameters<typeof typeFromJson>[0] | undefined,
  text: string | undefined,
  style: UnresolvedStyle,
): string => {
  const word = text ?? simpleString(typeFromJson(json ?? 'void'));
  return style.mark ? word : word.toUpperCase();
};

function literalWord(expression: Literal): string {
  const { value, data_type: type } = expression;
  if (value === null) return 'NULL';
  if (type === 'date' && typeof value === 'number') return `DATE '${dateText(value)}'`;
  if (type === 'double' && typeof value === 'number' && Number.isInteger(value)) return `${value}.0`;
  if (typeof type === 'string' && type.startsWith('interval') && typeof value === 'number') return String(value);
  return String(value);
}

export const printSort = (order: SortOrder, style: UnresolvedStyle): string =>
  `${printUnresolved(order.child, style)} ${order.direction === 'ascending' ? 'ASC' : 'DESC'} ${order.null_ordering === 'nulls_first' ? 'NULLS FIRST' : 'NULLS LAST'}`;

function printFunction(expression: UnresolvedFunction, style: UnresolvedStyle): string {
  const name = expression.function_name;
  const args = expression.arguments.map((arg) => printUnresolved(arg, style));
  const operator = name === '==' ? '=' : name;
  if (args.length === 2 && infix.has(operator))
    return `(${args.join(` ${operator === 'and' || operator === 'or' ? operator.toUpperCase() : operator} `)})`;
  switch (name) {
    case 'not':
      return `(NOT ${args.join('')})`;
    case 'negative':
      return `(- ${args.join('')})`;
    case 'isnull':
      return `(${args.join('')} IS NULL)`;
    case 'isnotnull':
      return `(${args.join('')} IS NOT NULL)`;
    case 'in':
      return `(${args[0] ?? ''} IN (${args.slice(1).join(', ')}))`;
    case 'like':
      return `${args[0] ?? ''} LIKE ${args[1] ?? ''}`;
    case 'rlike':
      return `RLIKE(${args.join(', ')})`;
    case 'when':
      return caseText(args);
    default: {
      const shown = expression.is_distinct ? `DISTINCT ${args.join(', ')}` : args.join(', ');
      return `${style.mark}${name}(${name === 'count' && shown === '*' ? '1' : shown})`;
    }
  }
}

function caseText(args: readonly string[]): string {
  let text = 'CASE';
  for (let index = 0; index + 1 < args.length; index += 2)
    text += ` WHEN ${args[index] ?? ''} THEN ${args[index + 1] ?? ''}`;
  return `${text}${args.length % 2 === 1 ? ` ELSE ${args[args.length - 1] ?? ''}` : ''} END`;
}

function printWindow(expression: WindowExpression, style: UnresolvedStyle): string {
  const frame = expression.frame_spec;
  const pieces = [
    expression.partition_spec.length > 0
      ? `PARTITION BY ${expression.partition_spec.map((part) => printUnresolved(part, style)).join(', ')}`
      : '',
    expression.order_spec.length > 0
      ? `ORDER BY ${expression.order_spec.map((item) => printSort(item, style)).join(', ')}`
      : '',
    frame
      ? `${frame.frame_type === 'row' ? 'ROWS' : 'RANGE'} BETWEEN ${boundWord(frame.lower, 'PRECEDING', style)} AND ${boundWord(frame.upper, 'FOLLOWING', style)}`
      : 'unspecifiedframe$()',
  ];
  return `${printUnresolved(expression.window_function, style)} OVER (${pieces.filter((piece) => piece !== '').join(' ')})`;
}

function boundWord(bound: FrameBound, unbounded: 'PRECEDING' | 'FOLLOWING', style: UnresolvedStyle): string {
  if (bound.kind === 'current_row') return 'CURRENT ROW';
  return bound.kind === 'unbounded' ? `UNBOUNDED ${unbounded}` : `${printUnresolved(bound.value, style)} FOLLOWING`;
}
