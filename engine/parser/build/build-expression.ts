import { typeToJson } from '../../core/type-json.ts';
import type { DataType } from '../../core/data-type.ts';
import type { Expression } from '../../plan/expression.ts';
import type { Node } from '../network/syntax-tree.ts';
import { notSupported, type BuildContext } from './build-context.ts';
import { buildCall, isCall } from './build-call.ts';
import { buildConstant } from './build-literal.ts';
import { listedNames, nameParts, nameText, unparsedName } from './build-name.ts';
import { stringLiteral } from './build-number.ts';
import { buildPredicate } from './build-predicate.ts';
import { buildType } from './build-type.ts';
import { fn, not } from './make-expression.ts';
import { hasWord, innerNode, nodes, onlyNode, optionalNode, words } from './tree-access.ts';

/** `e`, `e AS name`, `e AS (a, b)`. */
function buildNamedExpression(node: Node, context: BuildContext): Expression {
  const expr = buildExpression(onlyNode(node, 'expression'), context);
  const name = optionalNode(node, 'errorCapturingIdentifier');
  const list = optionalNode(node, 'identifierList');
  if (name) return { kind: 'alias', expr, name: [nameText(name)] };
  return list ? { kind: 'alias', expr, name: listedNames(list) } : expr;
}

/** Any of the rules from `expression` down to `primaryExpression`. */
export function buildExpression(node: Node, context: BuildContext): Expression {
  switch (node.rule) {
    case 'expression':
      return buildExpression(innerNode(node), context);
    case 'namedExpression':
      return buildNamedExpression(node, context);
    case 'booleanExpression':
      return buildBoolean(node, context);
    case 'valueExpression':
      return buildValue(node, context);
    case 'primaryExpression':
      return buildPrimary(node, context);
    default:
      throw new Error(`${node.rule} is no expression`);
  }
}

function buildBoolean(node: Node, context: BuildContext): Expression {
  const parts = nodes(node, 'booleanExpression').map((part) => buildExpression(part, context));
  switch (node.label) {
    case 'logicalNot':
      return fn('not', parts);
    case 'and':
    case 'or':
      return fn(node.label, parts);
    case 'exists':
      throw notSupported('EXISTS (subquery) in SQL');
    default: {
      const value = buildExpression(onlyNode(node, 'valueExpression'), context);
      const predicate = optionalNode(node, 'predicate');
      return predicate ? buildPredicate(value, predicate, context) : value;
    }
  }
}

const operatorNames: Readonly<Record<string, string>> = { DIV: 'div', '||': 'concat', '=': '==' };

function buildValue(node: Node, context: BuildContext): Expression {
  const parts = nodes(node, 'valueExpression').map((part) => buildExpression(part, context));
  switch (node.label) {
    case 'unary': {
      const names: Readonly<Record<string, string>> = { '-': 'negative', '+': 'positive', '~': '~' };
      return fn(names[words(node)[0] ?? ''] ?? '', parts);
    }
    case 'binary': {
      const operator = words(node)[0] ?? '';
      return fn(operatorNames[operator] ?? operator, parts);
    }
    case 'comparison': {
      const operator = words(onlyNode(node, 'comparisonOperator'))[0] ?? '';
      if (operator === '<>' || operator === '!=') return not(fn('==', parts));
      return fn(operatorNames[operator] ?? operator, parts);
    }
    default:
      return buildExpression(onlyNode(node, 'primaryExpression'), context);
  }
}

function buildPrimary(node: Node, context: BuildContext): Expression {
  if (isCall(node)) return buildCall(node, context);
  switch (node.label) {
    case 'constant':
      return buildConstant(innerNode(node), context);
    case 'star':
      return buildStar(node);
    case 'currentLike':
    case 'columnReference':
      return attribute([nameText(node)]);
    case 'dereference':
      return buildDereference(node, context);
    case 'subscript':
      return {
        kind: 'unresolved_extract_value',
        child: buildExpression(onlyNode(node, 'primaryExpression'), context),
        extraction: buildExpression(onlyNode(node, 'valueExpression'), context),
      };
    case 'parenthesized':
      return buildExpression(onlyNode(node, 'expression'), context);
    case 'subquery':
      throw notSupported('subqueries as expressions in SQL');
    case 'cast':
      return buildCast(node, context);
    case 'searchedCase':
    case 'simpleCase':
      return buildCase(node, context);
    case 'lambda':
      return buildLambda(node, context);
    default:
      throw new Error(`unknown expression ${node.label}`);
  }
}

const attribute = (parts: readonly string[]): Expression => ({
  kind: 'unresolved_attribute',
  unparsed_identifier: unparsedName(parts),
});

function buildStar(node: Node): Expression {
  const target = optionalNode(node, 'qualifiedName');
  return target
    ? { kind: 'unresolved_star', unparsed_target: `${unparsedName(nameParts(target))}.*` }
    : { kind: 'unresolved_star' };
}

/** `a.b` is one name: analysis decides whether `a` is a table or a struct. Of anything else `.b` takes a field. */
function buildDereference(node: Node, context: BuildContext): Expression {
  const base = buildExpression(onlyNode(node, 'primaryExpression'), context);
  const field = nameText(onlyNode(node, 'identifier'));
  if (base.kind === 'unresolved_attribute')
    return { ...base, unparsed_identifier: `${base.unparsed_identifier}.${unparsedName([field])}` };
  return { kind: 'unresolved_extract_value', child: base, extraction: stringLiteral(field) };
}

function buildCast(node: Node, context: BuildContext): Expression {
  const type = withoutLengths(buildType(onlyNode(node, 'dataType'), context));
  return {
    kind: 'cast',
    expr: buildExpression(onlyNode(node, 'expression'), context),
    type: typeToJson(type),
    ...(hasWord(node, 'TRY_CAST') ? { eval_mode: 'try' } : {}),
  };
}

/** Casts to `char(n)` and `varchar(n)` are casts to string. */
function withoutLengths(type: DataType): DataType {
  switch (type.kind) {
    case 'char':
    case 'varchar':
      return { kind: 'string' };
    case 'array':
      return { ...type, element: withoutLengths(type.element) };
    case 'map':
      return { ...type, key: withoutLengths(type.key), value: withoutLengths(type.value) };
    case 'struct':
      return { ...type, fields: type.fields.map((field) => ({ ...field, type: withoutLengths(field.type) })) };
    default:
      return type;
  }
}

function buildCase(node: Node, context: BuildContext): Expression {
  const direct = nodes(node, 'expression').map((part) => buildExpression(part, context));
  const compared = node.label === 'simpleCase' ? direct.shift() : undefined;
  const branches = nodes(node, 'whenClause').flatMap((clause) => {
    const [condition, value] = nodes(clause, 'expression').map((part) => buildExpression(part, context));
    if (!condition || !value) throw new Error('WHEN without THEN');
    return [compared ? fn('==', [compared, condition]) : condition, value];
  });
  return fn('when', [...branches, ...direct]);
}

/** Names in the body stay names: analysis looks for a parameter first, then for a column. */
function buildLambda(node: Node, context: BuildContext): Expression {
  return {
    kind: 'lambda_function',
    function: buildExpression(onlyNode(node, 'expression'), context),
    arguments: nodes(node, 'identifier').map((name) => ({
      kind: 'unresolved_named_lambda_variable',
      name_parts: [nameText(name)],
    })),
  };
}
