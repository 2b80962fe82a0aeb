import type { Expression } from './expression.ts';

export type OrderKey = { readonly key: Expression; readonly isDescending: boolean };
export type Limit = { readonly count: Expression; readonly offset: Expression | undefined };

export type TableName = { readonly database: string | undefined; readonly name: string };

export type TableReference =
  | { readonly kind: 'table'; readonly table: TableName; readonly alias: string | undefined }
  | { readonly kind: 'derived'; readonly query: Query; readonly alias: string }
  | {
      readonly kind: 'join';
      readonly type: 'INNER' | 'LEFT' | 'RIGHT';
      readonly left: TableReference;
      readonly right: TableReference;
      readonly on: Expression | undefined;
      readonly using: readonly string[];
      readonly isNatural: boolean;
    };

export type SelectItem =
  | { readonly kind: 'star'; readonly database: string | undefined; readonly table: string | undefined }
  /** `label`: the alias, else the expression's own text. */
  | { readonly kind: 'value'; readonly value: Expression; readonly label: string; readonly hasAlias: boolean };

export type CommonTable = {
  readonly name: string;
  readonly columns: readonly string[];
  readonly query: Query;
};

export type Select = {
  readonly kind: 'select';
  readonly isDistinct: boolean;
  readonly items: readonly SelectItem[];
  readonly from: TableReference | undefined;
  readonly where: Expression | undefined;
  readonly groupBy: readonly Expression[];
  readonly having: Expression | undefined;
  readonly orderBy: readonly OrderKey[];
  readonly limit: Limit | undefined;
};

export type SetOperation = {
  readonly kind: 'set-operation';
  readonly operator: 'UNION' | 'INTERSECT' | 'EXCEPT';
  readonly isAll: boolean;
  readonly left: Query;
  readonly right: Query;
  readonly orderBy: readonly OrderKey[];
  readonly limit: Limit | undefined;
};

export type WithQuery = { readonly kind: 'with'; readonly tables: readonly CommonTable[]; readonly query: Query };

export type Query = Select | SetOperation | WithQuery;
