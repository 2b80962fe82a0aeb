import type { RelationalColumn, RelationalValue } from '../../../engine/api/relational-client.ts';
import { paddedText } from '../../../engine/core/character-padding.ts';
import {
  binaryType,
  booleanType,
  byteType,
  dateType,
  decimalType,
  doubleType,
  integerType,
  longType,
  shortType,
  stringType,
  timestampNtzType,
  timestampType,
  type DataType,
} from '../../../engine/core/data-type.ts';
import { javaDoubleText } from '../../../engine/core/java-number-text.ts';
import { SparkError } from '../../../engine/core/spark-error.ts';
import type { SparkValue } from '../../../engine/core/spark-value.ts';
import { simpleString } from '../../../engine/core/type-names.ts';
import type { DriverProperties } from './driver-properties.ts';
import { bytesNumber, decimalOf, integerOf, longOf, numberOf } from './read-number.ts';
import { readDate, readInstant, readTime } from './read-time.ts';

const maxPrecision = 38;

/** Spark's type of a column (`MySQLDialect` over Connector/J's metadata); source: `services/jdbc_tipos`. */
export function sparkType(column: RelationalColumn, prefersNtz: boolean, properties: DriverProperties): DataType {
  switch (column.type) {
    case 'tinyint':
      if (column.unsigned) return shortType;
      return column.length === 1 && properties.tinyInt1isBit ? booleanType : byteType;
    case 'smallint':
    case 'mediumint':
      return integerType;
    case 'int':
      return column.unsigned ? longType : integerType;
    case 'bigint':
      return column.unsigned ? decimalType(20, 0) : longType;
    case 'decimal':
      return decimalType(Math.min(column.length, maxPrecision), Math.min(column.scale, maxPrecision));
    case 'float':
    case 'double':
      return doubleType;
    case 'bit':
      return column.length === 1 ? booleanType : longType;
    case 'year':
      return properties.yearIsDateType ? dateType : integerType;
    case 'date':
      return dateType;
    case 'datetime':
    case 'timestamp':
      return prefersNtz ? timestampNtzType : timestampType;
    case 'time':
      return timestampType;
    case 'binary':
    case 'varbinary':
    case 'tinyblob':
    case 'blob':
    case 'mediumblob':
    case 'longblob':
    case 'null':
      return binaryType;
    default:
      return stringType;
  }
}

type ReadValue = (value: NonNullable<RelationalValue>) => SparkValue;
type ReadText = (value: NonNullable<RelationalValue>) => string;

/** How values of a column become values of a Spark type, which `customSchema` may have chosen. Throws what Connector/J throws for a value that does not fit. */
export function columnReader(
  column: RelationalColumn,
  type: DataType,
  properties: DriverProperties,
): (value: RelationalValue) => SparkValue {
  const read = typeReader(column, type, properties);
  return (value) => (value === null ? null : read(value));
}

function typeReader(column: RelationalColumn, type: DataType, properties: DriverProperties): ReadValue {
  switch (type.kind) {
    case 'boolean':
      return (value) => isTrue(numberOf(value));
    case 'byte':
      return (value) => integerOf(value, 'byte');
    case 'short':
      return (value) => integerOf(value, 'short');
    case 'integer':
      return (value) => integerOf(value, 'integer');
    case 'float':
    case 'double':
      return numberOf;
    case 'long':
      return longOf;
    case 'decimal':
      return (value) => decimalOf(value, type.precision, type.scale);
    case 'date':
      return (value) => readDate(column.type === 'year' ? `${String(value)}-01-01` : String(value), properties);
    case 'timestamp':
    case 'timestamp_ntz':
      return column.type === 'time'
        ? (value) => readTime(String(value), properties)
        : (value) => readInstant(String(value), properties);
    case 'binary':
      return (value) => (value instanceof Uint8Array ? value : Buffer.from(String(value)));
    case 'string':
    case 'char':
      return padded(textReader(column, properties), paddedLength(column, type));
    case 'varchar':
      return textReader(column, properties);
    default:
      return () => {
        if (type.kind === 'array') throw new SparkError({ java: 'java.sql.SQLFeatureNotSupportedException' }, '');
        throw new SparkError({ java: 'org.apache.spark.SparkSQLException' }, `Unsupported type ${simpleString(type)}.`);
      };
  }
}

/** Characters to which Spark pads a column's values, as it does with CHAR; Java takes ENUM and SET for CHAR too. Undefined: it does not. */
export function paddedLength(column: RelationalColumn, type: DataType): number | undefined {
  if (type.kind === 'char') return type.length;
  const isFixed = column.type === 'char' || column.type === 'enum' || column.type === 'set';
  return isFixed && type.kind === 'string' ? column.length : undefined;
}

const padded = (read: ReadText, length: number | undefined): ReadText =>
  length === undefined ? read : (value) => paddedText(read(value), length);

/** As `BooleanValueFactory`: other negative numbers are false. */
const isTrue = (value: number): boolean => value > 0 || value === -1;

/** A column read as text shows what its Java value shows. */
function textReader(column: RelationalColumn, { yearIsDateType }: DriverProperties): ReadText {
  switch (column.type) {
    case 'year':
      return (value) => (yearIsDateType ? `${String(value)}-01-01` : String(value));
    case 'float':
    case 'double':
      return (value) => javaDoubleText(Number(value));
    case 'bit':
      return (value) => (value instanceof Uint8Array ? String(bytesNumber(value)) : String(value));
    case 'datetime':
    case 'timestamp':
      return (value) => String(value).replace(/\.0+$/, '');
    default:
      return (value) => (value instanceof Uint8Array ? Buffer.from(value).toString() : String(value));
  }
}
