import type { SqlType } from '../catalog/sql-type.ts';
import type { Expression } from './expression.ts';
import type { Limit, OrderKey, Query, TableName } from './query.ts';

export type DefaultValue =
  | { readonly kind: 'literal'; readonly value: string | null }
  /** An expression as text, such as `current_timestamp(3)` or `uuid()`. */
  | { readonly kind: 'expression'; readonly text: string };

export type ColumnDefinition = {
  readonly name: string;
  readonly type: SqlType;
  readonly isNullable: boolean;
  readonly default: DefaultValue | undefined;
  readonly onUpdate: string | undefined;
  readonly isAutoIncrement: boolean;
  readonly comment: string;
  readonly isJson: boolean;
};

export type KeyDefinition = {
  readonly kind: 'primary' | 'unique' | 'index';
  /** Undefined takes the first column's name. */
  readonly name: string | undefined;
  readonly columns: readonly string[];
};

export type TableOptions = {
  readonly engine: string | undefined;
  readonly charset: string | undefined;
  readonly collation: string | undefined;
  readonly comment: string | undefined;
  readonly autoIncrement: bigint | undefined;
};

export type ColumnPosition = { readonly kind: 'first' } | { readonly kind: 'after'; readonly column: string };

export type TableChange =
  | {
      readonly kind: 'add-column';
      readonly column: ColumnDefinition;
      readonly keys: readonly KeyDefinition[];
      readonly position: ColumnPosition | undefined;
      readonly ifNotExists: boolean;
    }
  | {
      /** MODIFY keeps the name, CHANGE gives a new one. */
      readonly kind: 'change-column';
      readonly from: string;
      readonly column: ColumnDefinition;
      readonly keys: readonly KeyDefinition[];
      readonly position: ColumnPosition | undefined;
    }
  | { readonly kind: 'drop-column'; readonly name: string; readonly ifExists: boolean }
  | { readonly kind: 'rename-column'; readonly from: string; readonly to: string }
  | { readonly kind: 'set-default'; readonly column: string; readonly default: DefaultValue | undefined }
  | { readonly kind: 'add-key'; readonly key: KeyDefinition }
  | { readonly kind: 'drop-key'; readonly name: string }
  | { readonly kind: 'rename-table'; readonly to: TableName }
  | { readonly kind: 'options'; readonly options: TableOptions };

export type CreateTable = {
  readonly kind: 'create-table';
  readonly table: TableName;
  readonly ifNotExists: boolean;
  readonly columns: readonly ColumnDefinition[];
  readonly keys: readonly KeyDefinition[];
  readonly options: TableOptions;
  readonly like: TableName | undefined;
  readonly query: Query | undefined;
};

export type Assignment = { readonly column: string; readonly value: Expression };

export type Insert = {
  readonly kind: 'insert';
  readonly isReplace: boolean;
  readonly isIgnore: boolean;
  readonly table: TableName;
  /** Undefined: all columns in their order. */
  readonly columns: readonly string[] | undefined;
  readonly source:
    | { readonly kind: 'values'; readonly rows: readonly (readonly Expression[])[] }
    | { readonly kind: 'query'; readonly query: Query };
  readonly onDuplicate: readonly Assignment[];
};

export type Update = {
  readonly kind: 'update';
  readonly isIgnore: boolean;
  readonly table: TableName;
  readonly alias: string | undefined;
  readonly assignments: readonly Assignment[];
  readonly where: Expression | undefined;
  readonly orderBy: readonly OrderKey[];
  readonly limit: Limit | undefined;
};

export type Delete = {
  readonly kind: 'delete';
  readonly table: TableName;
  readonly alias: string | undefined;
  readonly where: Expression | undefined;
  readonly orderBy: readonly OrderKey[];
  readonly limit: Limit | undefined;
};

export type ShowFilter =
  | { readonly kind: 'like'; readonly pattern: string }
  | { readonly kind: 'where'; readonly condition: Expression };

export type Show =
  | { readonly kind: 'show-databases'; readonly filter: ShowFilter | undefined }
  | {
      readonly kind: 'show-tables';
      readonly database: string | undefined;
      readonly isFull: boolean;
      readonly filter: ShowFilter | undefined;
    }
  | {
      readonly kind: 'show-table-status';
      readonly database: string | undefined;
      readonly filter: ShowFilter | undefined;
    }
  | {
      readonly kind: 'show-columns';
      readonly table: TableName;
      readonly isFull: boolean;
      readonly filter: ShowFilter | undefined;
    }
  | { readonly kind: 'show-create-table'; readonly table: TableName }
  | { readonly kind: 'show-create-database'; readonly name: string }
  | { readonly kind: 'show-index'; readonly table: TableName }
  | { readonly kind: 'show-warnings'; readonly onlyErrors: boolean }
  | { readonly kind: 'show-variables'; readonly isStatus: boolean; readonly filter: ShowFilter | undefined };

export type SetItem =
  | { readonly kind: 'user-variable'; readonly name: string; readonly value: Expression }
  | { readonly kind: 'system-variable'; readonly name: string; readonly value: Expression };

export type Statement =
  | { readonly kind: 'query'; readonly query: Query }
  | Insert
  | Update
  | Delete
  | CreateTable
  | Show
  | {
      readonly kind: 'create-database';
      readonly name: string;
      readonly ifNotExists: boolean;
      readonly options: TableOptions;
    }
  | { readonly kind: 'drop-database'; readonly name: string; readonly ifExists: boolean }
  | { readonly kind: 'use'; readonly name: string }
  | { readonly kind: 'alter-table'; readonly table: TableName; readonly changes: readonly TableChange[] }
  | { readonly kind: 'drop-table'; readonly tables: readonly TableName[]; readonly ifExists: boolean }
  | { readonly kind: 'truncate'; readonly table: TableName }
  | { readonly kind: 'rename-tables'; readonly pairs: readonly { readonly from: TableName; readonly to: TableName }[] }
  | { readonly kind: 'set'; readonly items: readonly SetItem[] }
  | { readonly kind: 'begin' }
  | { readonly kind: 'commit' }
  | { readonly kind: 'rollback' }
  /** Accepted and without effect here: FLUSH, LOCK TABLES, ANALYZE … */
  | { readonly kind: 'nothing' };
