import type { Expression } from '../../plan/expression.ts';
import { sparkError, type SparkError } from '../../core/spark-error.ts';
import type { Node } from '../network/syntax-tree.ts';
import { errorAt, type BuildContext } from './build-context.ts';
import { buildInterval, buildIntervalText } from './build-interval.ts';
import { nameText } from './build-name.ts';
import { buildNumber, literal, stringLiteral, wireInteger } from './build-number.ts';
import { readDate, readTimestamp } from './read-date-time.ts';
import { innerNode, joinedText, nodes, onlyNode } from './tree-access.ts';
import { unescapeString } from './unescape-string.ts';

/** A literal. Timestamps are folded with the session's zone. */
export function buildLiteral(node: Node, context: BuildContext): Expression {
  switch (node.label) {
    case 'null':
      return literal('void', null);
    case 'positionalParameter':
      return positionalParameter(node, context);
    case 'namedParameter':
      return namedParameter(nameText(onlyNode(node, 'word')), context);
    case 'interval':
      return buildInterval(innerNode(node), context);
    case 'typed':
      return buildTypedLiteral(node, context);
    case 'number':
      return buildNumber(innerNode(node), context);
    case 'boolean':
      return literal('boolean', joinedText(node).toLowerCase() === 'true');
    case 'string':
      return stringLiteral(nodes(node, 'string').map(stringText).join(''));
    default:
      throw new Error(`unknown literal ${node.label}`);
  }
}

export const stringText = (node: Node): string => unescapeString(joinedText(node));

function positionalParameter(node: Node, { questionMarks, positionalArguments }: BuildContext): Expression {
  const at = node.start.start;
  const value = positionalArguments?.[questionMarks.indexOf(at)];
  if (value) return value;
  throw sparkError('UNBOUND_SQL_PARAMETER', { name: `_${at}` });
}

function namedParameter(name: string, { namedArguments }: BuildContext): Expression {
  const value = namedArguments && Object.hasOwn(namedArguments, name) ? namedArguments[name] : undefined;
  if (value) return value;
  throw sparkError('UNBOUND_SQL_PARAMETER', { name });
}

function buildTypedLiteral(node: Node, context: BuildContext): Expression {
  const type = joinedText(onlyNode(node, 'literalType')).toUpperCase();
  const value = stringText(onlyNode(node, 'string'));
  const invalid = (): SparkError =>
    errorAt('INVALID_TYPED_LITERAL', { valueType: `"${type}"`, value: `'${value}'` }, node, context);
  const now = { nowMs: context.nowMs, zone: context.zone };
  switch (type) {
    case 'DATE': {
      const days = readDate(value, now);
      if (days === undefined) throw invalid();
      return literal('date', days);
    }
    case 'TIMESTAMP':
    case 'TIMESTAMP_LTZ':
    case 'TIMESTAMP_NTZ': {
      const isLocal = type === 'TIMESTAMP_NTZ';
      const micros = readTimestamp(value, now, isLocal);
      if (micros === undefined) throw invalid();
      return literal(isLocal ? 'timestamp_ntz' : 'timestamp', wireInteger(micros));
    }
    case 'INTERVAL':
      return buildIntervalText(value, node, context);
    case 'X': {
      const bytes = /^[0-9A-Fa-f]*$/.test(value)
        ? Buffer.from(value.length % 2 === 0 ? value : `0${value}`, 'hex')
        : undefined;
      if (!bytes) throw invalid();
      return literal('binary', bytes.toString('base64'));
    }
    default:
      throw errorAt('UNSUPPORTED_TYPED_LITERAL', { unsupportedType: `"${type}"` }, node, context);
  }
}
