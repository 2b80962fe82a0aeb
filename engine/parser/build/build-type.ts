import {
  arrayType,
  decimalType,
  mapType,
  structType,
  type DataType,
  type DayTimeField,
  type StructField,
  type YearMonthField,
} from '../../core/data-type.ts';
import { sparkError } from '../../core/spark-error.ts';
import type { Node } from '../network/syntax-tree.ts';
import { parseException } from '../syntax-error.ts';
import { errorAt, type BuildContext } from './build-context.ts';
import { stringText } from './build-literal.ts';
import { nameText } from './build-name.ts';
import { hasWord, joinedText, nodes, onlyNode, optionalNode, words, tokensOf } from './tree-access.ts';

const simpleTypes: Readonly<Record<string, DataType>> = {
  BOOLEAN: { kind: 'boolean' },
  TINYINT: { kind: 'byte' },
  BYTE: { kind: 'byte' },
  SMALLINT: { kind: 'short' },
  SHORT: { kind: 'short' },
  INT: { kind: 'integer' },
  INTEGER: { kind: 'integer' },
  BIGINT: { kind: 'long' },
  LONG: { kind: 'long' },
  FLOAT: { kind: 'float' },
  REAL: { kind: 'float' },
  DOUBLE: { kind: 'double' },
  DATE: { kind: 'date' },
  TIMESTAMP: { kind: 'timestamp' },
  TIMESTAMP_LTZ: { kind: 'timestamp' },
  TIMESTAMP_NTZ: { kind: 'timestamp_ntz' },
  STRING: { kind: 'string' },
  BINARY: { kind: 'binary' },
  VOID: { kind: 'void' },
  INTERVAL: { kind: 'calendar_interval' },
};

/** A data type as written: `decimal(10,2)`, `struct<a: int>`, `interval day to second`. */
export function buildType(node: Node, context: BuildContext): DataType {
  const inner = nodes(node, 'dataType').map((part) => buildType(part, context));
  const [first, second] = inner;
  switch (node.label) {
    case 'array':
      if (!first) throw new Error('array without element');
      return arrayType(first);
    case 'map':
      if (!first || !second) throw new Error('map without key or value');
      return mapType(first, second);
    case 'struct': {
      const fields = optionalNode(node, 'fields');
      return structType(fields ? nodes(fields, 'field').map((part) => buildField(part, context)) : []);
    }
    case 'interval':
      return intervalType(node);
    default:
      return primitiveType(node, context);
  }
}

/** `name type [NOT NULL] [COMMENT 'text']`, of a schema or of a struct. */
export function buildField(node: Node, context: BuildContext): StructField {
  const name = optionalNode(node, 'name') ?? onlyNode(node, 'word');
  const comment = optionalNode(node, 'comment');
  return {
    name: nameText(name),
    type: buildType(onlyNode(node, 'dataType'), context),
    nullable: !hasWord(node, 'NULL'),
    ...(comment ? { metadata: { comment: stringText(onlyNode(comment, 'string')) } } : {}),
  };
}

function intervalType(node: Node): DataType {
  const fields = words(node)
    .filter((word) => word !== 'INTERVAL' && word !== 'TO')
    .map((word) => word.toLowerCase());
  const [start = '', end = start] = fields;
  if (start === 'year' || start === 'month') return { kind: 'year_month_interval', start, end: end as YearMonthField };
  return { kind: 'day_time_interval', start: start as DayTimeField, end: end as DayTimeField };
}

function primitiveType(node: Node, context: BuildContext): DataType {
  const written = joinedText(onlyNode(node, 'typeWord')).toUpperCase();
  const sizes = node.children.flatMap((child) =>
    child.kind === 'token' && /^\d+$/.test(child.text) ? [Number(child.text)] : [],
  );
  const [size, scale = 0] = sizes;
  const simple = simpleTypes[written];
  if (simple && size === undefined) return simple;
  if (/^(DECIMAL|DEC|NUMERIC)$/.test(written) && sizes.length <= 2) return checkedDecimal(size ?? 10, scale, context);
  if (/^(CHAR|CHARACTER|VARCHAR)$/.test(written) && sizes.length <= 1) {
    if (size === undefined) throw errorAt('DATATYPE_MISSING_SIZE', { type: `"${written}"` }, node, context);
    return { kind: written === 'VARCHAR' ? 'varchar' : 'char', length: size };
  }
  if (written === 'ARRAY' || written === 'STRUCT' || written === 'MAP')
    throw errorAt(`INCOMPLETE_TYPE_DEFINITION.${written}`, {}, node, context);
  throw errorAt('UNSUPPORTED_DATATYPE', { typeName: `"${unsupportedText(node, written)}"` }, node, context);
}

const unsupportedText = (node: Node, written: string): string => {
  const sizes = tokensOf(node).filter((token) => /^\d+$/.test(token.text));
  return sizes.length === 0 ? written : `${written}(${sizes.map((token) => token.text).join(',')})`;
};

function checkedDecimal(precision: number, scale: number, { text }: BuildContext): DataType {
  if (scale > precision)
    throw parseException('_LEGACY_ERROR_TEMP_1228', { scale: String(scale), precision: String(precision) }, { text });
  if (precision > 38)
    throw sparkError('DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION', { precision: String(precision), maxPrecision: '38' });
  return decimalType(precision, scale);
}
