import {
  binaryType,
  bitType,
  blobColumnType,
  charType,
  dateType,
  datetimeType,
  decimalType,
  doubleColumnType,
  integerColumnType,
  isBlobName,
  isTextName,
  memberType,
  textColumnType,
  timeType,
  varcharType,
  wideInteger,
  yearType,
  type SqlType,
} from '../catalog/sql-type.ts';
import { columnTooLong, scaleAbovePrecision, tooMuchScale, tooPrecise, unknownDataType } from '../relational-errors.ts';
import type { TokenReader } from './token-reader.ts';

const integerNames: Readonly<Record<string, 'tinyint' | 'smallint' | 'mediumint' | 'int' | 'bigint'>> = {
  TINYINT: 'tinyint',
  INT1: 'tinyint',
  SMALLINT: 'smallint',
  INT2: 'smallint',
  MEDIUMINT: 'mediumint',
  INT3: 'mediumint',
  INT: 'int',
  INTEGER: 'int',
  INT4: 'int',
  BIGINT: 'bigint',
  INT8: 'bigint',
};

const maxVarchar = 16_383;

/** The type of a column definition; `column` for the error texts. */
export function parseColumnType(reader: TokenReader, column: string): SqlType {
  const token = reader.next();
  if (token.kind !== 'word') throw reader.error(token);
  const word = token.keyword;
  const integer = integerNames[word];
  if (integer !== undefined) {
    const width = optionalNumber(reader);
    return integerColumnType(integer, takesSign(reader), width);
  }
  const type =
    parseNumberType(reader, word, column) ?? parseTextType(reader, word, column) ?? parseTimeType(reader, word);
  if (type === undefined) throw unknownDataType(token.text);
  return type;
}

function optionalNumber(reader: TokenReader): number | undefined {
  if (!reader.takes('(')) return undefined;
  const number = reader.integer();
  reader.expect(')');
  return number;
}

function takesSign(reader: TokenReader): boolean {
  let isUnsigned = false;
  for (;;) {
    const word = reader.takesOne('UNSIGNED', 'SIGNED', 'ZEROFILL');
    if (word === undefined) return isUnsigned;
    isUnsigned ||= word !== 'SIGNED';
  }
}

function parseNumberType(reader: TokenReader, word: string, column: string): SqlType | undefined {
  switch (word) {
    case 'BOOL':
    case 'BOOLEAN':
      return integerColumnType('tinyint', false, 1);
    case 'SERIAL':
      return integerColumnType('bigint', true);
    case 'DECIMAL':
    case 'DEC':
    case 'NUMERIC':
    case 'FIXED': {
      const { digits, scale } = parseDigits(reader, column);
      return decimalType(digits, scale, takesSign(reader));
    }
    case 'FLOAT': {
      const size = optionalDigits(reader);
      // FLOAT(30) asks for 30 bits, more than a single-precision number has.
      return doubleColumnType(
        size !== undefined && size.scale === undefined && size.digits > 24 ? 'double' : 'float',
        takesSign(reader),
      );
    }
    case 'DOUBLE':
    case 'REAL':
      if (word === 'DOUBLE') reader.takes('PRECISION');
      optionalDigits(reader);
      return doubleColumnType('double', takesSign(reader));
    case 'BIT':
      return bitType(optionalNumber(reader) ?? 1);
    default:
      return undefined;
  }
}

function optionalDigits(
  reader: TokenReader,
): { readonly digits: number; readonly scale: number | undefined } | undefined {
  if (!reader.takes('(')) return undefined;
  const digits = reader.integer();
  const scale = reader.takes(',') ? reader.integer() : undefined;
  reader.expect(')');
  return { digits, scale };
}

function parseDigits(reader: TokenReader, column: string): { readonly digits: number; readonly scale: number } {
  const { digits = 10, scale = 0 } = optionalDigits(reader) ?? {};
  if (scale > 38) throw tooMuchScale(column, scale, 38);
  if (digits > 65) throw tooPrecise(column, 65);
  if (scale > digits) throw scaleAbovePrecision(column);
  return { digits: digits === 0 ? 10 : digits, scale };
}

function parseTextType(reader: TokenReader, word: string, column: string): SqlType | undefined {
  const type = parsePlainText(reader, word, column);
  if (type !== undefined) takesCharset(reader);
  return type;
}

function parsePlainText(reader: TokenReader, word: string, column: string): SqlType | undefined {
  switch (word) {
    case 'CHAR':
    case 'CHARACTER':
    case 'NCHAR':
      return reader.takes('VARYING') ? parseVarchar(reader, column) : charType(optionalNumber(reader) ?? 1);
    case 'VARCHAR':
    case 'NVARCHAR':
    case 'VARCHAR2':
      return parseVarchar(reader, column);
    case 'BINARY':
      return binaryType('binary', optionalNumber(reader) ?? 1);
    case 'VARBINARY':
      return binaryType('varbinary', requiredNumber(reader));
    case 'ENUM':
    case 'SET':
      return memberType(
        word === 'ENUM' ? 'enum' : 'set',
        reader.bracketed(() => reader.string()),
      );
    case 'JSON':
      return textColumnType('longtext');
    default: {
      const name = word.toLowerCase();
      if (isTextName(name)) return sized(reader, textColumnType(name));
      if (isBlobName(name)) return sized(reader, blobColumnType(name));
      return undefined;
    }
  }
}

/** TEXT(100) is the smallest TEXT that holds as much: here it stays a TEXT. */
function sized(reader: TokenReader, type: SqlType): SqlType {
  optionalNumber(reader);
  return type;
}

function parseVarchar(reader: TokenReader, column: string): SqlType {
  const length = requiredNumber(reader);
  if (length > maxVarchar) throw columnTooLong(column, maxVarchar);
  return varcharType(length);
}

function requiredNumber(reader: TokenReader): number {
  const number = optionalNumber(reader);
  if (number === undefined) throw reader.error();
  return number;
}

/** CHARACTER SET and COLLATE of one column: everything is utf8mb4 here. */
function takesCharset(reader: TokenReader): void {
  for (;;) {
    if (reader.takes('CHARACTER', 'SET') || reader.takesOne('CHARSET', 'COLLATE')) reader.next();
    else if (!reader.takesOne('ASCII', 'UNICODE')) return;
  }
}

function parseTimeType(reader: TokenReader, word: string): SqlType | undefined {
  switch (word) {
    case 'DATE':
      return dateType;
    case 'DATETIME':
    case 'TIMESTAMP':
      return datetimeType(optionalNumber(reader) ?? 0, word === 'DATETIME' ? 'datetime' : 'timestamp');
    case 'TIME':
      return timeType(optionalNumber(reader) ?? 0);
    case 'YEAR':
      optionalNumber(reader);
      return yearType;
    default:
      return undefined;
  }
}

/** The type after CAST's AS; undefined for a plain DECIMAL. */
export function parseCastType(reader: TokenReader): SqlType | undefined {
  const token = reader.next();
  switch (token.keyword) {
    case 'SIGNED':
    case 'INTEGER':
    case 'INT':
    case 'BIGINT':
      if (token.keyword === 'SIGNED') reader.takesOne('INTEGER', 'INT');
      return wideInteger('bigint', 20);
    case 'UNSIGNED':
      reader.takesOne('INTEGER', 'INT');
      return wideInteger('bigint', 20, true);
    case 'CHAR':
    case 'NCHAR':
    case 'VARCHAR': {
      // Without a length the operand decides it: 0 stands for that.
      const length = optionalNumber(reader) ?? 0;
      takesCharset(reader);
      return varcharType(length);
    }
    case 'BINARY':
      return binaryType('varbinary', optionalNumber(reader) ?? 0);
    case 'DECIMAL':
    case 'NUMERIC':
      return reader.sees('(') ? parseNumberType(reader, 'DECIMAL', '') : undefined;
    case 'DOUBLE':
    case 'FLOAT':
      return doubleColumnType(token.keyword === 'FLOAT' ? 'float' : 'double', false);
    case 'JSON':
      throw reader.error(token);
    default: {
      const type = parseTimeType(reader, token.keyword);
      if (type === undefined) throw reader.error(token);
      return type;
    }
  }
}
