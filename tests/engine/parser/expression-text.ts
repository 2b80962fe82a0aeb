import { assertNever } from '../../../engine/core/assert-never.ts';
import type { Expression, FrameBound } from '../../../engine/plan/expression.ts';

const list = (expressions: readonly Expression[]): string => expressions.map(expressionText).join(', ');

/** One line for a parsed expression: names after `'`, literals with their type, operators as calls. */
export function expressionText(e: Expression): string {
  switch (e.kind) {
    case 'literal':
      return `${JSON.stringify(e.value)}:${JSON.stringify(e.data_type).replaceAll('"', '')}`;
    case 'alias':
      return `${expressionText(e.expr)} AS ${e.name.join('|')}`;
    case 'unresolved_attribute':
      return `'${e.unparsed_identifier}`;
    case 'unresolved_star':
      return e.unparsed_target ?? '*';
    case 'unresolved_function':
      return `${e.function_name}(${e.is_distinct ? 'DISTINCT ' : ''}${list(e.arguments)}${e.ignore_nulls ? ' IGNORE NULLS' : ''})${e.filter ? ` WHERE ${expressionText(e.filter)}` : ''}`;
    case 'cast':
      return `${e.eval_mode === 'try' ? 'try_' : ''}cast(${expressionText(e.expr)} AS ${JSON.stringify(e.type).replaceAll('"', '')})`;
    case 'unresolved_extract_value':
      return `${expressionText(e.child)}[${expressionText(e.extraction)}]`;
    case 'lambda_function':
      return `(${e.arguments.map((a) => a.name_parts.join('.')).join(', ')}) -> ${expressionText(e.function)}`;
    case 'sort_order':
      return `${expressionText(e.child)} ${e.direction} ${e.null_ordering}`;
    case 'window': {
      const frame = e.frame_spec
        ? ` ${e.frame_spec.frame_type} ${boundText(e.frame_spec.lower)} ${boundText(e.frame_spec.upper)}`
        : '';
      return `${expressionText(e.window_function)} OVER (${list(e.partition_spec)}; ${list(e.order_spec)}${frame})`;
    }
    case 'unresolved_named_lambda_variable':
    case 'unresolved_regex':
    case 'expression_string':
    case 'update_fields':
    case 'common_inline_user_defined_function':
      throw new Error(`the parser makes no ${e.kind}`);
    default:
      return assertNever(e, 'expression');
  }
}

const boundText = (bound: FrameBound): string => (bound.kind === 'offset' ? expressionText(bound.value) : bound.kind);
