import type { RelationalValue } from '../../../engine/api/relational-client.ts';
import { dateText } from '../../../engine/core/civil-date.ts';
import type { DataType } from '../../../engine/core/data-type.ts';
import { SparkError } from '../../../engine/core/spark-error.ts';
import { decimalText, type DecimalValue, type SparkValue } from '../../../engine/core/spark-value.ts';
import { simpleString } from '../../../engine/core/type-names.ts';
import { wallText } from './wall-time.ts';

/** MySQL's type in which Spark creates a column; source: `services/jdbc_tipos`. Throws for types that JDBC does not have. */
export function mysqlType(type: DataType): string {
  switch (type.kind) {
    case 'boolean':
      return 'BIT(1)';
    case 'byte':
      return 'TINYINT';
    case 'short':
    case 'integer':
      return 'INTEGER';
    case 'long':
      return 'BIGINT';
    case 'float':
      return 'FLOAT';
    case 'double':
      return 'DOUBLE PRECISION';
    case 'decimal':
      return `DECIMAL(${type.precision},${type.scale})`;
    case 'string':
      return 'LONGTEXT';
    case 'char':
    case 'varchar':
      return `${type.kind.toUpperCase()}(${type.length})`;
    case 'binary':
      return 'BLOB';
    case 'date':
      return 'DATE';
    case 'timestamp':
    case 'timestamp_ntz':
      return 'TIMESTAMP';
    default:
      throw new SparkError('IllegalArgumentException', `Can't get JDBC type for ${simpleString(type)}.`);
  }
}

/** How instants are sent: as wall clocks of `zone`, with or without fractions of a second. */
export type WrittenTimes = { readonly zone: string; readonly hasFractions: boolean };

/** A value as Connector/J sends it. A time without zone is taken for UTC and shifted, as Spark does. */
export function columnWriter(type: DataType, times: WrittenTimes): (value: SparkValue) => RelationalValue {
  const write = typeWriter(type, times);
  return (value) => (value === null ? null : write(value));
}

function typeWriter(type: DataType, { zone, hasFractions }: WrittenTimes): (value: SparkValue) => RelationalValue {
  switch (type.kind) {
    case 'boolean':
      return (value) => (value === true ? 1 : 0);
    case 'float':
    case 'double':
      return (value) => finite(Number(value));
    case 'decimal':
      return (value) => decimalText(value as DecimalValue);
    case 'date':
      return (value) => dateText(Number(value));
    case 'timestamp':
    case 'timestamp_ntz':
      return (value) => {
        const text = wallText(value as bigint, zone);
        return hasFractions ? text : text.replace(/\.\d+$/, '');
      };
    default:
      return (value) => value as RelationalValue;
  }
}

/** MySQL has no such numbers; Java's own name of infinity is in the message. */
function finite(value: number): number {
  if (Number.isFinite(value)) return value;
  const name = Number.isNaN(value) ? 'NaN' : `${value < 0 ? '-' : ''}∞`;
  throw new SparkError(
    { java: 'java.sql.SQLException' },
    `'${name}' is not a valid numeric or approximate numeric value`,
  );
}
