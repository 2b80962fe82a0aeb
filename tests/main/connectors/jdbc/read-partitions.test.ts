import { describe, expect, test } from 'vitest';
import {
  dateType,
  decimalType,
  field,
  stringType,
  structType,
  timestampType,
} from '../../../../engine/core/data-type.ts';
import { partitionClauses } from '../../../../main/connectors/jdbc/read-partitions.ts';

const schema = structType([
  field('id', decimalType(20, 0)),
  field('dia', dateType),
  field('hora', timestampType),
  field('nombre', stringType),
]);

const clauses = (column: string, lower: string, upper: string, count: number): readonly (string | null)[] => {
  const options: Readonly<Record<string, string>> = {
    partitionColumn: column,
    lowerBound: lower,
    upperBound: upper,
    numPartitions: String(count),
  };
  return partitionClauses((name) => options[name], schema, 'Europe/Madrid');
};

describe('the parts in which a table is read', () => {
  test('without a column there is one, and no condition', () => {
    expect(partitionClauses(() => undefined, schema, 'UTC')).toEqual([null]);
  });

  test('the first takes what is below and the NULLs, the last what is above', () => {
    expect(clauses('id', '0', '100', 4)).toEqual([
      '`id` < 25 or `id` is null',
      '`id` >= 25 AND `id` < 50',
      '`id` >= 50 AND `id` < 75',
      '`id` >= 75',
    ]);
  });

  test('there are never more than the range has numbers', () => {
    expect(clauses('id', '1', '3', 10)).toEqual(['`id` < 2 or `id` is null', '`id` >= 2']);
    expect(clauses('id', '5', '5', 10)).toEqual([null]);
  });

  test('dates and times are cut by days and microseconds', () => {
    expect(clauses('dia', '2022-05-01', '2022-05-03', 2)).toEqual([
      "`dia` < '2022-05-02' or `dia` is null",
      "`dia` >= '2022-05-02'",
    ]);
    expect(clauses('hora', '2022-05-13 00:00:00', '2022-05-13 00:00:01', 2)[1]).toBe(
      "`hora` >= '2022-05-13 00:00:00.5'",
    );
  });

  test('what Spark refuses', () => {
    expect(() => clauses('nombre', '1', '2', 2)).toThrow('should be numeric, date, or timestamp, but string found.');
    expect(() => clauses('edad', '1', '2', 2)).toThrow(
      'User-defined partition column edad not found in the JDBC relation: struct<id: decimal(20,0), dia: date, hora: timestamp, nombre: string ... 2 more fields>.',
    );
    expect(() => clauses('id', '5', '1', 2)).toThrow('Lower bound: 5; Upper bound: 1');
  });
});
