/** Where and as whom to log in. `database`: the default one, as in `jdbc:mysql://host:port/database`. */
export type RelationalAddress = {
  readonly host: string;
  readonly port: number;
  readonly database: string | undefined;
  readonly user: string | undefined;
  readonly password: string | undefined;
};

/** MySQL's name of a result column's type. Text columns answer `varchar`, `char`, `text` and the like with `length` in characters. */
export type RelationalTypeName =
  | 'tinyint'
  | 'smallint'
  | 'mediumint'
  | 'int'
  | 'bigint'
  | 'decimal'
  | 'float'
  | 'double'
  | 'bit'
  | 'year'
  | 'date'
  | 'datetime'
  | 'timestamp'
  | 'time'
  | 'char'
  | 'varchar'
  | 'tinytext'
  | 'text'
  | 'mediumtext'
  | 'longtext'
  | 'binary'
  | 'varbinary'
  | 'tinyblob'
  | 'blob'
  | 'mediumblob'
  | 'longblob'
  | 'enum'
  | 'set'
  | 'json'
  | 'null';

export type RelationalColumn = {
  /** The label: an alias or a column's name, or the text of the expression. */
  readonly name: string;
  readonly type: RelationalTypeName;
  readonly unsigned: boolean;
  readonly nullable: boolean;
  readonly autoIncrement: boolean;
  /** Characters of text, bytes of binary, bits of `bit`, display width of integers (`tinyint(1)`: 1), digits of `decimal` (`decimal(10,2)`: 10). */
  readonly length: number;
  /** Digits after the point of `decimal`, and of seconds of `datetime`, `timestamp` and `time`. */
  readonly scale: number;
};

/**
 * A value: integers of up to 32 bits and doubles as number, `bigint` columns as bigint, decimals as text in full, dates and times as MySQL's text
 * (`2022-05-13 13:36:58.123456`, the server's wall time), `bit` and binary as bytes, everything else as text.
 */
export type RelationalValue = null | number | bigint | string | Uint8Array;

export type RelationalResult =
  | {
      readonly kind: 'rows';
      readonly columns: readonly RelationalColumn[];
      readonly rows: readonly (readonly RelationalValue[])[];
    }
  | {
      readonly kind: 'done';
      readonly affectedRows: number;
      readonly insertId: bigint;
      readonly warnings: number;
      /** As the `mysql` client prints it: `Rows matched: 1  Changed: 1  Warnings: 0`; empty when the server says nothing. */
      readonly info: string;
    };

/** An error of the server, with its number (1146), SQLSTATE (`42S02`) and text (`Table 'spark.x' doesn't exist`). */
export class RelationalError extends Error {
  override readonly name = 'RelationalError';
  readonly errno: number;
  readonly sqlState: string;

  constructor(errno: number, sqlState: string, message: string) {
    super(message);
    this.errno = errno;
    this.sqlState = sqlState;
  }
}

/**
 * One logged-in connection to a relational server that speaks MariaDB's dialect. Two implementations: `mysql2` for real servers and the embedded store;
 * the same client tests run on both. Statements are run one after another in the order asked. Autocommit is on, as on a fresh connection.
 */
export interface RelationalClient {
  /** As the server greets: `10.11.6-MariaDB`. */
  readonly serverVersion: string;
  /** Counts up when some table may have changed; absent where the server does not tell. */
  readonly changes?: () => number;
  /** Runs one statement; rejects with `RelationalError`. `?` takes the values in turn. */
  query(statement: string, values?: readonly RelationalValue[]): Promise<RelationalResult>;
  /**
   * Runs one statement with `?` once for each row of values, as a JDBC batch: inside the transaction that is open, else each on its own. A row that the
   * server refuses does not keep the following ones from running; then rejects with the last refusal. Answers the affected rows.
   */
  batch(statement: string, rows: readonly (readonly RelationalValue[])[]): Promise<number>;
  /** `setAutoCommit(false)` … `commit()` / `rollback()`. */
  begin(): Promise<void>;
  commit(): Promise<void>;
  rollback(): Promise<void>;
  /** Ends the connection; an open transaction is rolled back. */
  close(): Promise<void>;
}
