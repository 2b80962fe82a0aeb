import { assertNever } from '../core/assert-never.ts';
import { longType, type DataType } from '../core/data-type.ts';
import { storageType } from '../core/storage-type.ts';
import { sql, sqlInteger, sqlJoin, sqlWord, type Sql } from '../core/sql-text.ts';
import type { Attribute, AttributeId } from '../plan/attribute.ts';

/**
 * How a column lies in a compiled relation. `plain`: column `c<id>` of the storage type. A window struct is not built for each row:
 * `window` keeps only its start in `c<id>` (BIGINT µs, NULL for a NULL window), `session` also its end in `c<id>_end`. `pane`: `c<id>` is the start of a pane of
 * `paneUs`, and only an aggregate grouped by the window may read it.
 */
export type ColumnForm =
  | { readonly kind: 'plain' }
  | { readonly kind: 'window'; readonly windowUs: number; readonly slideUs: number; readonly startUs: number }
  | {
      readonly kind: 'pane';
      readonly windowUs: number;
      readonly slideUs: number;
      readonly startUs: number;
      readonly paneUs: number;
    }
  | { readonly kind: 'session' };

/** The columns of a compiled relation. */
export type Scope = ReadonlyMap<AttributeId, ColumnForm>;

export const plainForm: ColumnForm = { kind: 'plain' };
export const plainScope = (attributes: readonly Attribute[]): Scope =>
  new Map(attributes.map((attribute) => [attribute.id, plainForm]));

/** Unique in a query, so columns never need an alias. */
export const columnName = (id: AttributeId): Sql => sqlWord(`c${id}`);
export const sessionEndName = (id: AttributeId): Sql => sqlWord(`c${id}_end`);

/** The column as a value of its Spark type. */
export function columnValue(id: AttributeId, form: ColumnForm): Sql {
  const name = columnName(id);
  switch (form.kind) {
    case 'plain':
      return name;
    case 'window':
      return windowStruct(name, sql`${name} + ${sqlInteger(form.windowUs)}`);
    case 'session':
      return windowStruct(name, sessionEndName(id));
    case 'pane':
      throw new Error('internal error: a pane is read as a window');
    default:
      return assertNever(form, 'column form');
  }
}

/** The struct of a window from its ends in µs; NULL when the start is. */
export const windowStruct = (start: Sql, end: Sql): Sql =>
  sql`CASE WHEN ${start} IS NOT NULL THEN {'start': make_timestamp(${start}), 'end': make_timestamp(${end})} END`;

/** The event time (a window's end) of a column in µs, as a BIGINT. */
export function eventTimeUs(attribute: Attribute, form: ColumnForm): Sql {
  const name = columnName(attribute.id);
  switch (form.kind) {
    case 'plain':
      return plainTimeUs(name, attribute.type);
    case 'window':
      return sql`(${name} + ${sqlInteger(form.windowUs)})`;
    case 'session':
      return sessionEndName(attribute.id);
    case 'pane':
      throw new Error('internal error: a pane has no event time of its own');
    default:
      return assertNever(form, 'column form');
  }
}

/** Of a timestamp, or of the `end` of a window struct. */
export const plainTimeUs = (value: Sql, type: DataType): Sql =>
  type.kind === 'struct' ? sql`epoch_us(struct_extract(${value}, 'end'))` : sql`epoch_us(${value})`;

/** Select items that pass a column on under another id, in the same form. */
export function passedOn(from: AttributeId, to: AttributeId, form: ColumnForm): readonly Sql[] {
  const items = [from === to ? columnName(from) : sql`${columnName(from)} AS ${columnName(to)}`];
  if (form.kind !== 'session') return items;
  return [...items, from === to ? sessionEndName(from) : sql`${sessionEndName(from)} AS ${sessionEndName(to)}`];
}

/** All columns of a scope as select items. */
export const scopeItems = (scope: Scope): readonly Sql[] => [...scope].flatMap(([id, form]) => passedOn(id, id, form));

/** The Spark type of what really lies in the column. */
export const formType = (attribute: Attribute, form: ColumnForm): DataType =>
  form.kind === 'plain' ? attribute.type : longType;
export const formStorage = (attribute: Attribute, form: ColumnForm): Sql => storageType(formType(attribute, form));

export const selectList = (items: readonly Sql[]): Sql => (items.length === 0 ? sql`1` : sqlJoin(items, ', '));
