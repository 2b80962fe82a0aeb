import { arrayType, voidType, type ArrayType, type DataType } from '../core/data-type.ts';
import { sql, type Sql } from '../core/sql-text.ts';
import { bindValue } from './bind-value.ts';
import type { CallShape } from './define-function.ts';
import { argumentType } from './function-forms.ts';

/** The array type of argument `index`. */
export function arrayArgument(call: { readonly types: readonly DataType[] }, index: number): ArrayType {
  const type = argumentType(call, index);
  return type.kind === 'array' ? type : arrayType(voidType);
}

export const elementType = (shape: CallShape): DataType => arrayArgument(shape, 0).element;
export const hasNull = (list: Sql): Sql => sql`(list_count(${list}) < len(${list}))`;

/** Each value once, NULL too, in the order in which they come; DuckDB's own loses order and NULL. Quadratic in the length of the list. */
export const distinctList = (list: Sql): Sql =>
  bindValue(list, (name) => sql`list_filter(${name}, lambda item_, at_: list_position(${name}, item_) = at_)`);
