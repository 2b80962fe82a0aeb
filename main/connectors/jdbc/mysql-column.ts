import type { RelationalColumn, RelationalTypeName, RelationalValue } from '../../../engine/api/relational-client.ts';

/** What a server says of a result column: type code, flags, length in bytes, decimals and character set of the wire protocol. */
export type WireColumn = {
  readonly name: string;
  readonly columnType: number;
  readonly columnLength: number;
  readonly characterSet: number;
  readonly flags: number;
  readonly decimals: number;
};

const notNull = 1;
const unsigned = 32;
const enumeration = 256;
const autoIncrement = 512;
const set = 2048;
const binaryCharacterSet = 63;
/** Bytes of one character of utf8mb4, in which the connection asks for text. */
const bytesPerCharacter = 4;

const plainTypes: ReadonlyMap<number, RelationalTypeName> = new Map([
  [0, 'decimal'],
  [1, 'tinyint'],
  [2, 'smallint'],
  [3, 'int'],
  [4, 'float'],
  [5, 'double'],
  [6, 'null'],
  [7, 'timestamp'],
  [8, 'bigint'],
  [9, 'mediumint'],
  [10, 'date'],
  [11, 'time'],
  [12, 'datetime'],
  [13, 'year'],
  [16, 'bit'],
  [245, 'json'],
  [246, 'decimal'],
]);

const numberTypes: ReadonlySet<RelationalTypeName> = new Set([
  'tinyint',
  'smallint',
  'mediumint',
  'int',
  'bigint',
  'decimal',
  'float',
  'double',
  'year',
]);
const variableTypes: readonly number[] = [15, 253];
const blobTypes: readonly number[] = [249, 250, 251, 252];

/** The column as the port describes it. */
export function relationalColumn(column: WireColumn): RelationalColumn {
  const type = typeName(column);
  // The server sets the flag for times and bits too, where it means nothing.
  const isUnsigned = (column.flags & unsigned) !== 0 && numberTypes.has(type);
  return {
    name: column.name,
    type,
    unsigned: isUnsigned,
    nullable: (column.flags & notNull) === 0,
    autoIncrement: (column.flags & autoIncrement) !== 0,
    length: columnLength(column, type, isUnsigned),
    scale: columnScale(column, type),
  };
}

function typeName(column: WireColumn): RelationalTypeName {
  const isBinary = column.characterSet === binaryCharacterSet;
  if (blobTypes.includes(column.columnType)) return blobName(characters(column), isBinary);
  if (variableTypes.includes(column.columnType)) return isBinary ? 'varbinary' : 'varchar';
  const plain = plainTypes.get(column.columnType);
  if (plain !== undefined) return plain;
  if ((column.flags & enumeration) !== 0) return 'enum';
  if ((column.flags & set) !== 0) return 'set';
  return isBinary ? 'binary' : 'char';
}

/** The wire has one code for the four sizes of TEXT and BLOB; the length tells them apart. */
function blobName(length: number, isBinary: boolean): RelationalTypeName {
  if (length <= 255) return isBinary ? 'tinyblob' : 'tinytext';
  if (length <= 65_535) return isBinary ? 'blob' : 'text';
  if (length <= 16_777_215) return isBinary ? 'mediumblob' : 'mediumtext';
  return isBinary ? 'longblob' : 'longtext';
}

/** Lengths near 2^32 are the server's upper limit, not a number of bytes. */
const characters = ({ characterSet, columnLength: bytes }: WireColumn): number =>
  characterSet === binaryCharacterSet || bytes >= 4_294_967_295 ? bytes : Math.floor(bytes / bytesPerCharacter);

function columnLength(column: WireColumn, type: RelationalTypeName, isUnsigned: boolean): number {
  if (type !== 'decimal') return characters(column);
  return column.columnLength - (column.decimals > 0 ? 1 : 0) - (isUnsigned ? 0 : 1);
}

function columnScale({ decimals }: WireColumn, type: RelationalTypeName): number {
  const hasScale = type === 'decimal' || type === 'datetime' || type === 'timestamp' || type === 'time';
  return hasScale && decimals <= 30 ? decimals : 0;
}

/** A value of the text protocol in the port's form; `bytes` as the server sent them. */
export function relationalValue(bytes: Buffer | null, column: RelationalColumn): RelationalValue {
  if (bytes === null) return null;
  switch (column.type) {
    case 'tinyint':
    case 'smallint':
    case 'mediumint':
    case 'int':
    case 'year':
    case 'float':
    case 'double':
      return Number(bytes.toString('latin1'));
    case 'bigint':
      return BigInt(bytes.toString('latin1'));
    case 'bit':
    case 'binary':
    case 'varbinary':
    case 'tinyblob':
    case 'blob':
    case 'mediumblob':
    case 'longblob':
      return Uint8Array.from(bytes);
    default:
      return bytes.toString('utf8');
  }
}
