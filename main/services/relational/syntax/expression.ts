import type { RelationalValue } from '../../../../engine/api/relational-client.ts';
import type { SqlType } from '../catalog/sql-type.ts';
import type { OrderKey, Query } from './query.ts';

/** A constant as written: numbers as their text, so that `1.50` keeps its scale. */
export type Literal =
  | { readonly kind: 'null' }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'integer'; readonly text: string }
  | { readonly kind: 'decimal'; readonly text: string }
  | { readonly kind: 'double'; readonly text: string }
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'temporal'; readonly type: 'date' | 'time' | 'datetime'; readonly text: string };

export type ColumnName = {
  readonly kind: 'column';
  readonly database: string | undefined;
  readonly table: string | undefined;
  readonly name: string;
};

export type WindowSpec = {
  readonly partitionBy: readonly Expression[];
  readonly orderBy: readonly OrderKey[];
  /** `ROWS BETWEEN …` as words, already checked by the parser. */
  readonly frame: string | undefined;
};

export type FunctionCall = {
  readonly kind: 'call';
  /** In capitals; `spelling` is as written, for error texts. */
  readonly name: string;
  readonly spelling: string;
  readonly args: readonly Expression[];
  readonly isStar: boolean;
  readonly isDistinct: boolean;
  readonly orderBy: readonly OrderKey[];
  readonly separator: string | undefined;
  readonly over: WindowSpec | undefined;
};

export type Expression =
  | Literal
  | ColumnName
  | FunctionCall
  /** The n-th `?`, from 0. */
  | { readonly kind: 'parameter'; readonly index: number }
  | { readonly kind: 'user-variable'; readonly name: string }
  | { readonly kind: 'system-variable'; readonly name: string }
  | {
      readonly kind: 'unary';
      readonly operator: '-' | '~' | 'NOT';
      readonly operand: Expression;
    }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: 'between';
      readonly operand: Expression;
      readonly low: Expression;
      readonly high: Expression;
      readonly isNegated: boolean;
    }
  | {
      readonly kind: 'in-list';
      readonly operand: Expression;
      readonly items: readonly Expression[];
      readonly isNegated: boolean;
    }
  | { readonly kind: 'in-query'; readonly operand: Expression; readonly query: Query; readonly isNegated: boolean }
  | {
      readonly kind: 'is';
      readonly operand: Expression;
      readonly test: 'NULL' | 'TRUE' | 'FALSE';
      readonly isNegated: boolean;
    }
  | {
      readonly kind: 'like';
      readonly operand: Expression;
      readonly pattern: Expression;
      readonly escape: string;
      readonly isNegated: boolean;
    }
  | { readonly kind: 'regexp'; readonly operand: Expression; readonly pattern: Expression; readonly isNegated: boolean }
  | {
      readonly kind: 'case';
      readonly operand: Expression | undefined;
      readonly branches: readonly { readonly test: Expression; readonly result: Expression }[];
      readonly otherwise: Expression | undefined;
    }
  | { readonly kind: 'cast'; readonly operand: Expression; readonly type: SqlType }
  /** `date + INTERVAL amount unit`; the sign is part of the amount. */
  | { readonly kind: 'shift'; readonly operand: Expression; readonly amount: Expression; readonly unit: string }
  | { readonly kind: 'collate'; readonly operand: Expression; readonly isBinary: boolean }
  | { readonly kind: 'query'; readonly query: Query }
  | { readonly kind: 'exists'; readonly query: Query }
  | { readonly kind: 'row'; readonly items: readonly Expression[] }
  /** `VALUES(column)` of ON DUPLICATE KEY UPDATE. */
  | { readonly kind: 'inserted'; readonly column: string }
  /** `DEFAULT`, alone or with a column in brackets. */
  | { readonly kind: 'default'; readonly column: string | undefined };

export type ComparisonOperator = '=' | '<=>' | '<>' | '<' | '<=' | '>' | '>=';
export type ArithmeticOperator = '+' | '-' | '*' | '/' | 'DIV' | '%';
export type BitOperator = '|' | '&' | '^' | '<<' | '>>';
export type BinaryOperator = ComparisonOperator | ArithmeticOperator | BitOperator | 'AND' | 'OR' | 'XOR';

/** The literal that stands for a value given for a `?`. */
export function literalOf(value: RelationalValue): Literal {
  if (value === null) return { kind: 'null' };
  if (typeof value === 'bigint') return { kind: 'integer', text: value.toString() };
  if (typeof value === 'string') return { kind: 'string', text: value };
  if (value instanceof Uint8Array) return { kind: 'bytes', bytes: value };
  const text = value.toString();
  // Drivers write a number as its text: 1.5 is then a decimal, and only 1e+21 a double.
  if (Number.isSafeInteger(value)) return { kind: 'integer', text };
  return { kind: text.includes('e') ? 'double' : 'decimal', text };
}
