import type { SourceFilter, TextTest } from '../api/source-filter.ts';
import { booleanType } from '../core/data-type.ts';
import { simplifiedLike } from '../compile/simplified-like.ts';
import type { AttributeId } from '../plan/attribute.ts';
import type { BoundCall, BoundExpression, BoundLiteral } from '../plan/bound-expression.ts';

type Columns = ReadonlyMap<AttributeId, string>;
type Comparison = Extract<SourceFilter, { kind: 'compare' }>['operator'];

const comparisons: ReadonlyMap<string, Comparison> = new Map([
  ['=', '='],
  ['==', '='],
  ['<=>', '<=>'],
  ['<', '<'],
  ['<=', '<='],
  ['>', '>'],
  ['>=', '>='],
]);
/** The operator with its sides exchanged, where that is another one. */
const mirrored: Readonly<Partial<Record<Comparison, Comparison>>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

const textTests: ReadonlyMap<string, TextTest> = new Map([
  ['startswith', 'starts_with'],
  ['endswith', 'ends_with'],
  ['contains', 'contains'],
]);

/**
 * The condition as Spark hands it to a source (`DataSourceStrategy.translateFilter`): comparisons of a bare column with a constant, joined by AND, OR
 * and NOT. Undefined: no source is asked. `columns`: the names of the source's columns.
 */
export function sourceFilterOf(condition: BoundExpression, columns: Columns): SourceFilter | undefined {
  if (condition.kind === 'attribute') return isTrue(condition, columns);
  if (condition.kind !== 'call') return undefined;
  const [first, second] = condition.args;
  switch (condition.name) {
    case 'and':
      return joined('and', condition, columns);
    case 'or':
      return joined('or', condition, columns);
    case 'not':
      return first && negated(sourceFilterOf(first, columns));
    case '!=':
      return negated(comparison('=', condition, columns));
    case 'isnull':
    case 'isnotnull': {
      const column = nameOf(first, columns);
      return column === undefined
        ? undefined
        : { kind: condition.name === 'isnull' ? 'is_null' : 'is_not_null', column };
    }
    case 'in':
      return membership(condition, columns);
    case 'like':
      return likeTest(condition, columns);
    default: {
      const test = textTests.get(condition.name);
      if (test !== undefined) return textTest(test, first, second, columns);
      const operator = comparisons.get(condition.name);
      return operator === undefined ? undefined : comparison(operator, condition, columns);
    }
  }
}

function joined(kind: 'and' | 'or', { args }: BoundCall, columns: Columns): SourceFilter | undefined {
  // Spark's optimizer has taken out of an OR what can never hold.
  const parts = args.filter((arg) => kind === 'and' || !neverHolds(arg)).map((arg) => sourceFilterOf(arg, columns));
  return parts.reduce((left, right) => left && right && { kind, left, right });
}

const neverHolds = (part: BoundExpression): boolean =>
  part.kind === 'literal' && (part.value === null || part.value === false);

const negated = (filter: SourceFilter | undefined): SourceFilter | undefined => filter && { kind: 'not', filter };

function comparison(operator: Comparison, { args }: BoundCall, columns: Columns): SourceFilter | undefined {
  const [left, right] = args;
  if (left?.kind === 'literal') return right && compared(mirrored[operator] ?? operator, right, left, columns);
  return left && right?.kind === 'literal' ? compared(operator, left, right, columns) : undefined;
}

function compared(
  operator: Comparison,
  side: BoundExpression,
  { value, type }: BoundLiteral,
  columns: Columns,
): SourceFilter | undefined {
  const column = nameOf(side, columns);
  if (column === undefined) return undefined;
  if (value === null) return operator === '<=>' ? { kind: 'is_null', column } : undefined;
  // `column = false` is NOT column, and that is NOT (column = true): another matter where TINYINT(1) holds a 5.
  if (operator === '=' && value === false) return negated(isTrue(side, columns));
  return { kind: 'compare', operator, column, type, value };
}

function isTrue(side: BoundExpression, columns: Columns): SourceFilter | undefined {
  const column = nameOf(side, columns);
  if (column === undefined || side.type.kind !== 'boolean') return undefined;
  return { kind: 'compare', operator: '=', column, type: booleanType, value: true };
}

function membership({ args: [side, ...list] }: BoundCall, columns: Columns): SourceFilter | undefined {
  const column = nameOf(side, columns);
  const literals = list.filter((value): value is BoundLiteral => value.kind === 'literal');
  if (column === undefined || side === undefined || literals.length < list.length || list.length === 0)
    return undefined;
  return { kind: 'in', column, type: side.type, values: literals.map(({ value }) => value) };
}

/** A LIKE of one piece; `'a%b'` also looks at the length, which no source does. */
function likeTest(condition: BoundCall, columns: Columns): SourceFilter | undefined {
  const [only, ...more] = simplifiedLike(condition) ?? [];
  return only && more.length === 0 ? sourceFilterOf(only, columns) : undefined;
}

function textTest(
  test: TextTest,
  side: BoundExpression | undefined,
  piece: BoundExpression | undefined,
  columns: Columns,
): SourceFilter | undefined {
  const column = nameOf(side, columns);
  if (column === undefined || piece?.kind !== 'literal' || typeof piece.value !== 'string') return undefined;
  return { kind: 'text', test, column, text: piece.value };
}

const nameOf = (side: BoundExpression | undefined, columns: Columns): string | undefined =>
  side?.kind === 'attribute' ? columns.get(side.attribute.id) : undefined;
