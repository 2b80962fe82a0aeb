import { sparkError } from '../../core/spark-error.ts';
import type {
  Expression,
  FrameBound,
  Literal,
  SortOrder,
  UnresolvedFunction,
  WindowFrame,
} from '../../plan/expression.ts';
import type { Node } from '../network/syntax-tree.ts';
import { errorAt, expressionOf, expressionsOf, type BuildContext } from './build-context.ts';
import { nameText } from './build-name.ts';
import { fn } from './make-expression.ts';
import { hasWord, nodes, onlyNode, optionalNode } from './tree-access.ts';

/** `f(…) OVER (…)`, or over a name that the WINDOW clause defines. */
export function buildWindow(call: UnresolvedFunction, spec: Node, context: BuildContext): Expression {
  if (spec.label === 'named') {
    const name = nameText(onlyNode(spec, 'name'));
    const defined = context.windows.get(name.toLowerCase());
    if (!defined) throw sparkError('_LEGACY_ERROR_TEMP_1004', { windowName: name });
    return buildWindow(call, defined, context);
  }
  const frame = optionalNode(spec, 'frame');
  return {
    kind: 'window',
    window_function: call,
    partition_spec: expressionsOf(nodes(spec, 'expression'), context),
    order_spec: nodes(spec, 'sortKey').map((item) => buildSortKey(item, context)),
    ...(frame ? { frame_spec: buildFrame(frame, context) } : {}),
  };
}

/** `e [ASC | DESC] [NULLS FIRST | LAST]`; nulls come first where the order ascends. */
export function buildSortKey(node: Node, context: BuildContext): SortOrder {
  const descends = hasWord(node, 'DESC');
  const nullsFirst = hasWord(node, 'NULLS') ? hasWord(node, 'FIRST') : !descends;
  return {
    kind: 'sort_order',
    child: expressionOf(onlyNode(node, 'expression'), context),
    direction: descends ? 'descending' : 'ascending',
    null_ordering: nullsFirst ? 'nulls_first' : 'nulls_last',
  };
}

function buildFrame(node: Node, context: BuildContext): WindowFrame {
  const [lower, upper] = nodes(node, 'bound').map((bound) => buildBound(bound, context));
  if (!lower) throw new Error('a frame without bounds');
  return { frame_type: hasWord(node, 'ROWS') ? 'row' : 'range', lower, upper: upper ?? { kind: 'current_row' } };
}

function buildBound(node: Node, context: BuildContext): FrameBound {
  if (node.label === 'unbounded') return { kind: 'unbounded' };
  if (node.label === 'currentRow') return { kind: 'current_row' };
  const value = expressionOf(onlyNode(node, 'expression'), context);
  if (!isConstant(value))
    throw errorAt('_LEGACY_ERROR_TEMP_0064', { msg: 'Frame bound value must be a literal.' }, node, context);
  return { kind: 'offset', value: hasWord(node, 'PRECEDING') ? fn('negative', [value]) : value };
}

const isConstant = (value: Expression): value is Literal | UnresolvedFunction =>
  value.kind === 'literal' || (value.kind === 'unresolved_function' && value.arguments.every(isConstant));
