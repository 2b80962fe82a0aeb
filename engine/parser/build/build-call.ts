import type { Expression, UnresolvedFunction } from '../../plan/expression.ts';
import type { Node } from '../network/syntax-tree.ts';
import { errorAt, expressionOf, expressionsOf, notSupported, type BuildContext } from './build-context.ts';
import { nameParts, nameText } from './build-name.ts';
import { integerLiteral, stringLiteral } from './build-number.ts';
import { stringText } from './build-literal.ts';
import { buildWindow } from './build-window.ts';
import { fn } from './make-expression.ts';
import { hasWord, joinedText, nodes, onlyNode, optionalNode, words } from './tree-access.ts';

/** A call in one of SQL's own forms: `EXTRACT(… FROM …)`. */
export function buildKeywordCall(node: Node, context: BuildContext): Expression {
  const values = expressionsOf(nodes(node, 'operand'), context);
  switch (node.label) {
    case 'timestampadd':
    case 'timestampdiff':
      return fn(node.label, [dateField(node, context), ...values]);
    case 'struct':
      return fn(
        'struct',
        nodes(node, 'aliasedExpression').map((part) => expressionOf(part, context)),
      );
    case 'oneOfGroup':
      return {
        kind: 'unresolved_function',
        function_name: words(node)[0]?.toLowerCase() ?? '',
        arguments: [expressionOf(onlyNode(node, 'expression'), context)],
        ...(hasWord(node, 'IGNORE') ? { ignore_nulls: true } : {}),
      };
    case 'position':
      return fn('locate', values);
    case 'extract':
      return fn('extract', [stringLiteral(nameText(onlyNode(node, 'word'))), ...values]);
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
export function buildRow(node: Node, context: BuildContext): Expression {
  const fields = nodes(node, 'aliasedExpression').flatMap((part, index) => {
    const value = expressionOf(part, context);
    return [stringLiteral(rowFieldName(value) ?? `col${index + 1}`), value.kind === 'alias' ? value.expr : value];
  });
  return fn('named_struct', fields);
}

function rowFieldName(value: Expression): string | undefined {
  if (value.kind === 'alias') return value.name[0];
  if (value.kind !== 'unresolved_attribute') return undefined;
  return /(?:^|\.)`?([^`.]+)`?$/.exec(value.unparsed_identifier)?.[1];
}

function dateField(node: Node, context: BuildContext): Expression {
  const unit = optionalNode(node, 'dateField');
  if (unit) return stringLiteral(joinedText(unit));
  const written = stringText(onlyNode(node, 'string'));
  const functionName = `\`${node.start.text.toLowerCase()}\``;
  throw errorAt('INVALID_PARAMETER_VALUE.DATETIME_UNIT', { functionName, invalidValue: `'${written}'` }, node, context);
}

/** `f(…)`, with FILTER and OVER if one likes. */
export function buildCall(node: Node, context: BuildContext): Expression {
  const name = functionName(onlyNode(node, 'functionName'));
  const quantifier = optionalNode(node, 'quantifier');
  const isDistinct = quantifier !== undefined && hasWord(quantifier, 'DISTINCT');
  const written = nodes(node, 'argument').map((argument) => buildArgument(argument, context));
  const [only] = written;
  const countsRows = name.toLowerCase() === 'count' && !isDistinct && written.length === 1 && isBareStar(only);
  const filter = optionalNode(node, 'aggregateFilter');
  const call: UnresolvedFunction = {
    kind: 'unresolved_function',
    function_name: name,
    arguments: countsRows ? [integerLiteral(1)] : written,
    ...(isDistinct ? { is_distinct: true } : {}),
    ...(filter ? { filter: expressionOf(onlyNode(filter, 'expression'), context) } : {}),
    ...(hasWord(node, 'IGNORE') ? { ignore_nulls: true } : {}),
  };
  const over = optionalNode(node, 'window');
  return over ? buildWindow(call, over, context) : call;
}

const isBareStar = (argument: Expression | undefined): boolean =>
  argument?.kind === 'unresolved_star' && argument.unparsed_target === undefined;

function buildArgument(node: Node, context: BuildContext): Expression {
  if (node.label === 'named') throw notSupported('named arguments (name => value) in SQL');
  return expressionOf(onlyNode(node, 'expression'), context);
}

export function functionName(node: Node): string {
  if (node.label === 'computed') throw notSupported('IDENTIFIER(…) in SQL');
  const name = optionalNode(node, 'dottedWords');
  return name ? nameParts(name).join('.') : joinedText(node);
}
