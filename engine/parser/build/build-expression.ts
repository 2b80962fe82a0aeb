import { typeToJson } from '../../core/type-json.ts';
import type { DataType } from '../../core/data-type.ts';
import type { Expression } from '../../plan/expression.ts';
import type { Node } from '../network/syntax-tree.ts';
import { notSupported, type BuildContext } from './build-context.ts';
import { buildCall, buildKeywordCall, buildRow } from './build-call.ts';
import { buildLiteral } from './build-literal.ts';
import { listedNames, nameParts, nameText, unparsedName } from './build-name.ts';
import { stringLiteral } from './build-number.ts';
import { buildTest } from './build-test.ts';
import { buildType } from './build-type.ts';
import { fn, not } from './make-expression.ts';
import { located } from './text-position.ts';
import { hasWord, innerNode, nodes, onlyNode, optionalNode, words } from './tree-access.ts';

/** `e`, `e AS name`, `e AS (a, b)`. */
function buildAliased(node: Node, context: BuildContext): Expression {
  const expr = buildExpression(onlyNode(node, 'expression'), context);
  const name = optionalNode(node, 'name');
  const list = optionalNode(node, 'nameList');
  if (name) return { kind: 'alias', expr, name: [nameText(name)] };
  return list ? { kind: 'alias', expr, name: listedNames(list) } : expr;
}

/** Any of the rules from `aliasedExpression` down to `term`. */
export const buildExpression = (node: Node, context: BuildContext): Expression =>
  located(buildByRule(node, context), node);

function buildByRule(node: Node, context: BuildContext): Expression {
  switch (node.rule) {
    case 'aliasedExpression':
      return buildAliased(node, context);
    case 'expression':
      return buildCondition(node, context);
    case 'operand':
      return buildOperand(node, context);
    case 'term':
      return buildTerm(node, context);
    default:
      throw new Error(`${node.rule} is no expression`);
  }
}

function buildCondition(node: Node, context: BuildContext): Expression {
  const parts = nodes(node, 'expression').map((part) => buildExpression(part, context));
  switch (node.label) {
    case 'not':
    case 'and':
    case 'or':
      return fn(node.label, parts);
    case 'exists':
      throw notSupported('EXISTS (subquery) in SQL');
    default: {
      const value = buildExpression(onlyNode(node, 'operand'), context);
      const test = optionalNode(node, 'test');
      return test ? located(buildTest(value, test, context), test) : value;
    }
  }
}

const operatorNames: Readonly<Record<string, string>> = { DIV: 'div', '||': 'concat', '=': '==' };

function buildOperand(node: Node, context: BuildContext): Expression {
  const parts = nodes(node, 'operand').map((part) => buildExpression(part, context));
  switch (node.label) {
    case 'sign': {
      const names: Readonly<Record<string, string>> = { '-': 'negative', '+': 'positive', '~': '~' };
      return fn(names[words(node)[0] ?? ''] ?? '', parts);
    }
    case 'binary':
    case 'comparison': {
      const operator = words(node)[0] ?? '';
      if (operator === '<>' || operator === '!=') return not(fn('==', parts));
      return fn(operatorNames[operator] ?? operator, parts);
    }
    default:
      return buildExpression(onlyNode(node, 'term'), context);
  }
}

function buildTerm(node: Node, context: BuildContext): Expression {
  switch (node.label) {
    case 'call':
      return buildCall(innerNode(node), context);
    case 'keywordCall':
    case 'wordedCall':
      return buildKeywordCall(innerNode(node), context);
    case 'row':
      return buildRow(node, context);
    case 'literal':
      return buildLiteral(innerNode(node), context);
    case 'star':
      return buildStar(node);
    case 'name':
      return attribute([nameText(node)]);
    case 'member':
      return buildMember(node, context);
    case 'element':
      return {
        kind: 'unresolved_extract_value',
        child: buildExpression(onlyNode(node, 'term'), context),
        extraction: buildExpression(onlyNode(node, 'operand'), context),
      };
    case 'bracketed':
      return buildExpression(onlyNode(node, 'expression'), context);
    case 'subquery':
      throw notSupported('subqueries as expressions in SQL');
    case 'cast':
      return buildCast(node, context);
    case 'case':
    case 'caseOf':
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
  const target = optionalNode(node, 'dottedWords');
  return target
    ? { kind: 'unresolved_star', unparsed_target: `${unparsedName(nameParts(target))}.*` }
    : { kind: 'unresolved_star' };
}

/** `a.b` is one name: analysis decides whether `a` is a table or a struct. Of anything else `.b` takes a field. */
function buildMember(node: Node, context: BuildContext): Expression {
  const base = buildExpression(onlyNode(node, 'term'), context);
  const field = nameText(onlyNode(node, 'word'));
  if (base.kind === 'unresolved_attribute')
    return {
      kind: 'unresolved_attribute',
      unparsed_identifier: `${base.unparsed_identifier}.${unparsedName([field])}`,
    };
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
  const compared = node.label === 'caseOf' ? direct.shift() : undefined;
  const branches = nodes(node, 'branch').flatMap((clause) => {
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
    arguments: nodes(node, 'word').map((name) => ({
      kind: 'unresolved_named_lambda_variable',
      name_parts: [nameText(name)],
    })),
  };
}
