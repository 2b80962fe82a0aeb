import type { RelationalTypeName } from '../../../../engine/api/relational-client.ts';
import { charactersOf } from './characters.ts';

/** A MySQL type, of a column or of an expression. */
export type SqlType = {
  readonly name: RelationalTypeName;
  readonly unsigned: boolean;
  /** As in `RelationalColumn`: characters, bytes, bits, display width, digits of `decimal`. */
  readonly length: number;
  readonly scale: number;
  /** Decimal digits before and after the point that a number can have; 0 for what is no exact number. */
  readonly digits: number;
  /** Of `enum` and `set`. */
  readonly members: readonly string[];
};

/** How a type is computed with; the families convert into each other. */
export type TypeFamily =
  | 'null'
  | 'integer'
  | 'decimal'
  | 'double'
  | 'text'
  | 'binary'
  | 'date'
  | 'datetime'
  | 'time'
  | 'bit';

export function familyOf(type: SqlType): TypeFamily {
  switch (type.name) {
    case 'tinyint':
    case 'smallint':
    case 'mediumint':
    case 'int':
    case 'bigint':
    case 'year':
      return 'integer';
    case 'float':
    case 'double':
      return 'double';
    case 'datetime':
    case 'timestamp':
      return 'datetime';
    case 'decimal':
    case 'bit':
    case 'date':
    case 'time':
    case 'null':
      return type.name;
    case 'binary':
    case 'varbinary':
    case 'tinyblob':
    case 'blob':
    case 'mediumblob':
    case 'longblob':
      return 'binary';
    default:
      return 'text';
  }
}

/** Numbers of 64 bits without sign, which a BIGINT does not hold. */
export const isBigUnsigned = (type: SqlType): boolean =>
  type.name === 'bit' || (type.unsigned && type.name === 'bigint');
export const isNumeric = (type: SqlType): boolean => ['integer', 'decimal', 'double', 'bit'].includes(familyOf(type));
export const isExact = (type: SqlType): boolean => ['integer', 'decimal'].includes(familyOf(type));
export const isTemporal = (type: SqlType): boolean => ['date', 'datetime', 'time'].includes(familyOf(type));

const type = (name: RelationalTypeName, length: number, more: Partial<SqlType> = {}): SqlType => ({
  name,
  length,
  unsigned: false,
  scale: 0,
  digits: 0,
  members: [],
  ...more,
});

type IntegerName = 'tinyint' | 'smallint' | 'mediumint' | 'int' | 'bigint';

const integerDigits = { tinyint: 3, smallint: 5, mediumint: 7, int: 10, bigint: 19 } as const;
const signedWidths = { tinyint: 4, smallint: 6, mediumint: 9, int: 11, bigint: 20 } as const;
const unsignedDigits = { tinyint: 3, smallint: 5, mediumint: 8, int: 10, bigint: 20 } as const;

/** A column's integer type; `width` as in `int(11)`. */
export function integerColumnType(name: IntegerName, unsigned: boolean, width?: number): SqlType {
  const digits = unsigned ? unsignedDigits[name] : integerDigits[name];
  const usual = unsigned ? digits : signedWidths[name];
  return type(name, width ?? usual, { unsigned, digits });
}

/** The type of a computed integer that can have `digits` digits: MariaDB answers `int` while they surely fit. */
export const integerType = (digits: number, unsigned = false, length = digits + (unsigned ? 0 : 1)): SqlType =>
  type(digits >= 10 ? 'bigint' : 'int', length, { unsigned, digits });
/** `int` or `bigint` of a known display width, as functions answer it. */
export const wideInteger = (name: 'int' | 'bigint', length: number, unsigned = false): SqlType =>
  type(name, length, { unsigned, digits: Math.min(length, unsigned ? 20 : 19) });
export const conditionType: SqlType = type('int', 1, { digits: 1 });
export const decimalType = (digits: number, scale: number, unsigned = false): SqlType =>
  type('decimal', Math.min(digits, 65), { scale: Math.min(scale, 38), digits: Math.min(digits, 65), unsigned });
export const doubleType: SqlType = type('double', 23);
export const doubleColumnType = (name: 'float' | 'double', unsigned: boolean): SqlType =>
  type(name, name === 'float' ? 12 : 22, { unsigned });
export const dateType: SqlType = type('date', 10);
const fraction = (scale: number): number => (scale > 0 ? scale + 1 : 0);
export const datetimeType = (scale: number, name: 'datetime' | 'timestamp' = 'datetime'): SqlType =>
  type(name, 19 + fraction(scale), { scale });
export const timeType = (scale: number): SqlType => type('time', 10 + fraction(scale), { scale });
export const yearType: SqlType = type('year', 4, { unsigned: true, digits: 4 });
export const bitType = (bits: number): SqlType => type('bit', bits, { unsigned: true });
export const nullType: SqlType = type('null', 0);
export const charType = (length: number): SqlType => type('char', length);
export const binaryType = (name: 'binary' | 'varbinary', length: number): SqlType => type(name, length);
export const memberType = (name: 'enum' | 'set', members: readonly string[]): SqlType => {
  const lengths = members.map((member) => charactersOf(member).length);
  const length = name === 'enum' ? Math.max(...lengths) : lengths.reduce((sum, n) => sum + n, members.length - 1);
  return type(name, length, { members });
};

const textLengths = { tinytext: 255, text: 65_535, mediumtext: 16_777_215, longtext: 4_294_967_295 } as const;
const blobLengths = { tinyblob: 255, blob: 65_535, mediumblob: 16_777_215, longblob: 4_294_967_295 } as const;
export type TextName = keyof typeof textLengths;
export type BlobName = keyof typeof blobLengths;
export const textColumnType = (name: TextName): SqlType => type(name, textLengths[name]);
export const blobColumnType = (name: BlobName): SqlType => type(name, blobLengths[name]);
export const isTextName = (name: string): name is TextName => Object.hasOwn(textLengths, name);
export const isBlobName = (name: string): name is BlobName => Object.hasOwn(blobLengths, name);

/** Longest text that is still a `varchar` in a result; a longer one is a `mediumtext` or `longtext`. */
const longestVarchar = 16_383;

export function varcharType(length: number): SqlType {
  if (length <= longestVarchar) return type('varchar', length);
  return length <= textLengths.mediumtext ? type('mediumtext', length) : type('longtext', textLengths.longtext);
}

/** Characters that a value needs as text. */
export function textLength(of: SqlType): number {
  if (of.name === 'decimal') return of.length + (of.unsigned ? 0 : 1) + (of.scale > 0 ? 1 : 0);
  return of.length;
}

/** As SHOW CREATE TABLE and `column_type` write it. */
export function typeText(of: SqlType): string {
  const unsigned = of.unsigned ? ' unsigned' : '';
  switch (of.name) {
    case 'tinyint':
    case 'smallint':
    case 'mediumint':
    case 'int':
    case 'bigint':
      return `${of.name}(${of.length})${unsigned}`;
    case 'decimal':
      return `decimal(${of.length},${of.scale})${unsigned}`;
    case 'float':
    case 'double':
      return `${of.name}${unsigned}`;
    case 'bit':
    case 'char':
    case 'varchar':
    case 'binary':
    case 'varbinary':
      return `${of.name}(${of.length})`;
    case 'year':
      return 'year(4)';
    case 'datetime':
    case 'timestamp':
    case 'time':
      return of.scale > 0 ? `${of.name}(${of.scale})` : of.name;
    case 'enum':
    case 'set':
      return `${of.name}(${of.members.map((member) => `'${member.replaceAll("'", "''")}'`).join(',')})`;
    default:
      return of.name;
  }
}
