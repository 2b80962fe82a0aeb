import { describe, expect, test } from 'vitest';
import type { RelationalColumn, RelationalValue } from '../../../../engine/api/relational-client.ts';
import {
  booleanType,
  byteType,
  dateType,
  decimalType,
  doubleType,
  integerType,
  longType,
  stringType,
  timestampNtzType,
  timestampType,
  type DataType,
} from '../../../../engine/core/data-type.ts';
import { decimalValue, type SparkValue } from '../../../../engine/core/spark-value.ts';
import { simpleString } from '../../../../engine/core/type-names.ts';
import { driverProperties, type DriverProperties } from '../../../../main/connectors/jdbc/driver-properties.ts';
import { columnReader, sparkType } from '../../../../main/connectors/jdbc/read-column.ts';
import { column } from './scripted-server.ts';

const properties = (given: Readonly<Record<string, string>> = {}): DriverProperties =>
  driverProperties((name) => given[name], 'Europe/Madrid');
type Described = Partial<RelationalColumn>;

describe('the type of a column', () => {
  test.each<[Described, string]>([
    [{ type: 'bigint', unsigned: true }, 'decimal(20,0)'],
    [{ type: 'int', unsigned: true }, 'bigint'],
    [{ type: 'tinyint', length: 1 }, 'boolean'],
    [{ type: 'tinyint', length: 4 }, 'tinyint'],
    [{ type: 'tinyint', unsigned: true, length: 3 }, 'smallint'],
    [{ type: 'decimal', length: 50, scale: 10 }, 'decimal(38,10)'],
    [{ type: 'bit', length: 1 }, 'boolean'],
    [{ type: 'bit', length: 8 }, 'bigint'],
    [{ type: 'year' }, 'date'],
    [{ type: 'time' }, 'timestamp'],
    [{ type: 'json' }, 'string'],
    [{ type: 'null' }, 'binary'],
  ])('%j is %s', (described, type) => {
    expect(simpleString(sparkType(column('c', described), false, properties()))).toBe(type);
  });

  test('properties of the driver change some', () => {
    const own = properties({ tinyInt1isBit: 'false', yearIsDateType: 'false' });
    expect(sparkType(column('c', { type: 'tinyint', length: 1 }), false, own)).toBe(byteType);
    expect(sparkType(column('c', { type: 'year' }), false, own)).toBe(integerType);
    expect(sparkType(column('c', { type: 'datetime' }), true, own)).toBe(timestampNtzType);
  });
});

const read = (described: Described, type: DataType, value: RelationalValue, given = {}): SparkValue =>
  columnReader(column('c', described), type, properties(given))(value);
const utc = (text: string): bigint => BigInt(Date.parse(`${text}Z`)) * 1000n;

describe('a value of a column', () => {
  test.each<[Described, DataType, RelationalValue, SparkValue]>([
    [{ type: 'decimal' }, decimalType(3, 1), '1.25', decimalValue(13n, 1)],
    [{ type: 'decimal' }, integerType, '-1.99', -1],
    [{ type: 'varchar' }, integerType, '12', 12],
    [{ type: 'bit', length: 8 }, longType, new Uint8Array([1, 2]), 258n],
    [{ type: 'tinyint' }, booleanType, -1, true],
    [{ type: 'tinyint' }, booleanType, -5, false],
    [{ type: 'double' }, decimalType(10, 2), 1.5e3, decimalValue(150_000n, 2)],
    [{ type: 'float' }, stringType, -1, '-1.0'],
    [{ type: 'year' }, stringType, 2022, '2022-01-01'],
    [{ type: 'datetime', scale: 6 }, stringType, '2022-05-13 13:36:58.000000', '2022-05-13 13:36:58'],
    [{ type: 'datetime', scale: 6 }, stringType, '2022-05-13 13:36:58.500000', '2022-05-13 13:36:58.500000'],
    [{ type: 'char', length: 4 }, stringType, 'ñ', 'ñ   '],
    [{ type: 'enum', length: 3 }, stringType, 'a', 'a  '],
    [{ type: 'datetime' }, timestampType, '2022-05-13 13:36:58', utc('2022-05-13T11:36:58')],
    // Of the hour that comes twice, the second.
    [{ type: 'datetime' }, timestampType, '2022-10-30 02:30:00', utc('2022-10-30T01:30:00')],
    [{ type: 'datetime' }, timestampNtzType, '2022-05-13 13:36:58', utc('2022-05-13T11:36:58')],
    [{ type: 'time' }, timestampType, '10:11:12', utc('1970-01-01T09:11:12')],
    [{ type: 'year' }, dateType, 1970, 0],
    [{ type: 'bigint' }, doubleType, null, null],
  ])('%j read as %j: %s', (described, type, value, expected) => {
    expect(read(described, type, value)).toEqual(expected);
  });

  test('the zone of the connection counts for dates with a time, not for times', () => {
    const given = { connectionTimeZone: 'UTC' };
    expect(read({ type: 'datetime' }, timestampType, '2022-05-13 13:36:58', given)).toBe(utc('2022-05-13T13:36:58'));
    expect(read({ type: 'time' }, timestampType, '10:11:12', given)).toBe(utc('1970-01-01T09:11:12'));
  });

  test('a zero date is refused, NULL or the first day, as the properties say', () => {
    const zero = (given = {}): SparkValue => read({ type: 'date' }, dateType, '0000-00-00', given);
    expect(() => zero()).toThrow('Zero date value prohibited');
    expect(zero({ zeroDateTimeBehavior: 'convertToNull' })).toBeNull();
    expect(zero({ zeroDateTimeBehavior: 'ROUND' })).toBe(-719_162);
  });

  test.each<[Described, DataType, RelationalValue, string]>([
    [{ type: 'varchar' }, integerType, 'Ana', "Cannot determine value type from string 'Ana'"],
    [{ type: 'int' }, byteType, 300, "Value '300' is outside of valid range for type java.lang.Byte"],
    [
      { type: 'bigint' },
      longType,
      2n ** 63n,
      "Value '9,223,372,036,854,775,808' is outside of valid range for type java.lang.Long",
    ],
    [{ type: 'decimal' }, decimalType(38, 10), '1'.repeat(30), 'Decimal precision 40 exceeds max precision 38.'],
    [{ type: 'time' }, timestampType, '25:00:00', "The value '25:00:00' is an invalid TIME value."],
    [{ type: 'time' }, timestampType, '-10:00:00', "The value '-10:00:00' is an invalid TIME value."],
    [{ type: 'datetime' }, timestampType, '2022-03-27 02:30:00', 'HOUR_OF_DAY: 2 -> 3'],
    [
      { type: 'varchar' },
      { kind: 'map', key: stringType, value: integerType, valueContainsNull: true } as never,
      'x',
      'Unsupported type map<string,int>.',
    ],
  ])('%j read as %j refuses %s', (described, type, value, message) => {
    expect(() => read(described, type, value)).toThrow(message);
  });
});
