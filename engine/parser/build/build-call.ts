import type { Expression, UnresolvedFunction } from '../../plan/expression.ts';
import type { Node } from '../network/syntax-tree.ts';
import { errorAt, expressionOf, expressionsOf, notSupported, type BuildContext } from './build-context.ts';
import { nameParts, nameText } from './build-name.ts';
import { integerLiteral, stringLiteral } from './build-number.ts';
import { stringText } from './build-literal.ts';
import { buildWindow } from './build-window.ts';
import { fn } from './make-expression.ts';
import { hasWord, joinedText, nodes, onlyNode, optionalNode, words } from './tree-access.ts';

const callLabels = new Set([
  'functionCall',
  'timestampAdd',
  'timestampDiff',
  'struct',
  'rowConstructor',
  'firstLast',
  'position',
  'extract',
  'substring',
  'trim',
  'overlay',
  'percentile',
]);

/** Whether an expression is a call, in the usual form or in one of SQL's own (`EXTRACT(… FROM …)`). */
export const isCall = (node: Node): boolean => node.label !== undefined && callLabels.has(node.label);

export function buildCall(node: Node, context: BuildContext): Expression {
  const values = expressionsOf(nodes(node, 'valueExpression'), context);
  switch (node.label) {
    case 'functionCall':
      return buildFunction(node, context);
    case 'timestampAdd':
    case 'timestampDiff':
      return fn(node.label.toLowerCase(), [datetimeUnit(node, context), ...values]);
    case 'struct':
      return fn(
        'struct',
        nodes(node, 'namedExpression').map((part) => expressionOf(part, context)),
      );
    case 'rowConstructor':
      return fn('named_struct', rowFields(node, context));
    case 'firstLast':
      return {
        kind: 'unresolved_function',
        function_name: words(node)[0]?.toLowerCase() ?? '',
        arguments: [expressionOf(onlyNode(node, 'expression'), context)],
        ...(hasWord(node, 'IGNORE') ? { ignore_nulls: true } : {}),
      };
    case 'position':
      return fn('locate', values);
    case 'extract':
      return fn('extract', [stringLiteral(nameText(onlyNode(node, 'identifier'))), ...values]);
    case 'substring':
      return fn('substring', values);
    case 'trim': {
      const name = hasWord(node, 'LEADING') ? 'ltrim' : hasWord(node, 'TRAILING') ? 'rtrim' : 'trim';
      return fn(name, values);
    }
    case 'overlay':
      return fn('overlay', values);
    default:
      throw notSupported(`${words(node)[0] ?? ''}(…) WITHIN GROUP in SQL`);
  }
}

/** `(a, 2)`: a struct whose fields are named after columns and aliases, the others `col1`, `col2`… by place. */
function rowFields(node: Node, context: BuildContext): readonly Expression[] {
  return nodes(node, 'namedExpression').flatMap((part, index) => {
    const value = expressionOf(part, context);
    return [stringLiteral(rowFieldName(value) ?? `col${index + 1}`), value.kind === 'alias' ? value.expr : value];
  });
}

function rowFieldName(value: Expression): string | undefined {
  if (value.kind === 'alias') return value.name[0];
  if (value.kind !== 'unresolved_attribute') return undefined;
  return /(?:^|\.)`?([^`.]+)`?$/.exec(value.unparsed_identifier)?.[1];
}

function datetimeUnit(node: Node, context: BuildContext): Expression {
  const unit = optionalNode(node, 'datetimeUnit');
  if (unit) return stringLiteral(joinedText(unit));
  const written = stringText(onlyNode(node, 'stringLit'));
  const functionName = `\`${node.start.text.toLowerCase()}\``;
  throw errorAt('INVALID_PARAMETER_VALUE.DATETIME_UNIT', { functionName, invalidValue: `'${written}'` }, node, context);
}

function buildFunction(node: Node, context: BuildContext): Expression {
  const name = functionName(onlyNode(node, 'functionName'));
  const quantifier = optionalNode(node, 'setQuantifier');
  const isDistinct = quantifier !== undefined && hasWord(quantifier, 'DISTINCT');
  const written = nodes(node, 'functionArgument').map((argument) => buildArgument(argument, context));
  const [only] = written;
  const countsRows = name.toLowerCase() === 'count' && !isDistinct && written.length === 1 && isBareStar(only);
  const condition = optionalNode(node, 'booleanExpression');
  const call: UnresolvedFunction = {
    kind: 'unresolved_function',
    function_name: name,
    arguments: countsRows ? [integerLiteral(1)] : written,
    ...(isDistinct ? { is_distinct: true } : {}),
    ...(condition ? { filter: expressionOf(condition, context) } : {}),
    ...(hasWord(node, 'IGNORE') ? { ignore_nulls: true } : {}),
  };
  const over = optionalNode(node, 'windowSpec');
  return over ? buildWindow(call, over, context) : call;
}

const isBareStar = (argument: Expression | undefined): boolean =>
  argument?.kind === 'unresolved_star' && argument.unparsed_target === undefined;

function buildArgument(node: Node, context: BuildContext): Expression {
  const value = optionalNode(node, 'expression');
  if (!value) throw notSupported('named arguments (name => value) in SQL');
  return expressionOf(value, context);
}

export function functionName(node: Node): string {
  if (node.label === 'computedName') throw notSupported('IDENTIFIER(…) in SQL');
  const name = optionalNode(node, 'qualifiedName');
  return name ? nameParts(name).join('.') : joinedText(node);
}
