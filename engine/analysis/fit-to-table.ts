import { isNumeric, isStringLike, sameType, type DataType, type StructType } from '../core/data-type.ts';
import { sparkError } from '../core/spark-error.ts';
import { backQuoted, sqlTypeName } from '../core/type-names.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { Attribute } from '../plan/attribute.ts';
import { implicitCast } from './cast-expression.ts';
import { aliasItem, attributeReference } from './make-expression.ts';
import { nodeOver } from './relation-binder.ts';

/**
 * Rows to insert, as the table has them: columns by position, under the table's names, cast as Spark's ANSI store assignment allows.
 * `tableName`: as messages quote it. Throws `INSERT_COLUMN_ARITY_MISMATCH` and `INCOMPATIBLE_DATA_FOR_TABLE`.
 */
export function fitToTable(input: AnalyzedRelation, schema: StructType, tableName: string): AnalyzedRelation {
  const difference = input.output.length - schema.fields.length;
  if (difference !== 0) {
    const reason = difference < 0 ? 'NOT_ENOUGH_DATA_COLUMNS' : 'TOO_MANY_DATA_COLUMNS';
    throw sparkError(`INSERT_COLUMN_ARITY_MISMATCH.${reason}`, {
      tableName,
      tableColumns: quotedNames(schema.fields),
      dataColumns: quotedNames(input.output),
    });
  }
  const items = input.output.map((attribute, index) => {
    const field = schema.fields[index] ?? attribute;
    if (!canStore(attribute.type, field.type))
      throw sparkError('INCOMPATIBLE_DATA_FOR_TABLE.CANNOT_SAFELY_CAST', {
        tableName,
        colName: backQuoted(field.name),
        srcType: sqlTypeName(attribute.type),
        targetType: sqlTypeName(field.type),
      });
    return aliasItem(field.name, implicitCast(attributeReference(attribute), field.type, true));
  });
  return {
    ...nodeOver(
      input,
      items.map((item) => item.output),
    ),
    kind: 'project',
    input,
    items,
  };
}

const quotedNames = (columns: readonly { readonly name: string }[]): string =>
  columns.map((column) => backQuoted(column.name)).join(', ');

const times: ReadonlySet<DataType['kind']> = new Set(['date', 'timestamp', 'timestamp_ntz']);

/** Numbers go into numbers, times into times, every simple value into text; text goes into nothing else. */
function canStore(from: DataType, to: DataType): boolean {
  if (sameType(from, to) || from.kind === 'void') return true;
  if (isStringLike(to)) return !['array', 'map', 'struct', 'binary'].includes(from.kind);
  if (isNumeric(from) && isNumeric(to)) return true;
  if (times.has(from.kind) && times.has(to.kind)) return true;
  if (from.kind === 'array' && to.kind === 'array') return canStore(from.element, to.element);
  if (from.kind === 'map' && to.kind === 'map') return canStore(from.key, to.key) && canStore(from.value, to.value);
  if (from.kind === 'struct' && to.kind === 'struct')
    return (
      from.fields.length === to.fields.length &&
      from.fields.every((field, index) => canStore(field.type, to.fields[index]?.type ?? field.type))
    );
  return from.kind === to.kind && (from.kind === 'day_time_interval' || from.kind === 'year_month_interval');
}

/** The input's columns in the table's order, found by name. Throws Spark's error for the first that is missing. */
export function orderedByName(
  input: AnalyzedRelation,
  names: readonly string[],
  caseSensitive: boolean,
): AnalyzedRelation {
  const items = names.map((name) => {
    const found = input.output.find(
      (attribute) => attribute.name === name || (!caseSensitive && attribute.name.toLowerCase() === name.toLowerCase()),
    );
    if (found) return aliasItem(name, attributeReference(found));
    const columns = input.output.map((attribute: Attribute) => attribute.name).join(', ');
    throw sparkError('_LEGACY_ERROR_TEMP_1162', { name, columns });
  });
  return {
    ...nodeOver(
      input,
      items.map((item) => item.output),
    ),
    kind: 'project',
    input,
    items,
  };
}
