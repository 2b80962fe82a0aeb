import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Connection } from '../../../engine/duckdb/connection.ts';
import type { Database } from '../../../engine/duckdb/open-database.ts';
import { openExampleDatabase, sparkAnswer } from '../../support/spark-answer.ts';

let database: Database;
let connection: Connection;

beforeAll(async () => {
  database = await openExampleDatabase();
  connection = await database.connect();
});
afterAll(() => database.close());

const bypass = 'If necessary set "spark.sql.ansi.enabled" to "false" to bypass this error.';

describe('with ANSI on, what has no answer is an error', () => {
  test.each([
    [
      '2147483647 + 1',
      `[ARITHMETIC_OVERFLOW] integer overflow. Use 'try_add' to tolerate overflow and return NULL instead. ${bypass}`,
    ],
    [
      '9223372036854775807L * 2L',
      `[ARITHMETIC_OVERFLOW] long overflow. Use 'try_multiply' to tolerate overflow and return NULL instead. ${bypass}`,
    ],
    ['abs(-2147483648)', `[ARITHMETIC_OVERFLOW] integer overflow. ${bypass}`],
    ['round(2147483647, -1)', `[ARITHMETIC_OVERFLOW] Overflow. ${bypass}`],
    [
      '1 % 0',
      `[DIVIDE_BY_ZERO] Division by zero. Use \`try_divide\` to tolerate divisor being 0 and return NULL instead. ${bypass}`,
    ],
    [
      '1.5 / 0',
      `[DIVIDE_BY_ZERO] Division by zero. Use \`try_divide\` to tolerate divisor being 0 and return NULL instead. ${bypass}`,
    ],
    [
      'cast(99999999999999999999999999999999999999 as decimal(38,0)) + 1',
      '[NUMERIC_VALUE_OUT_OF_RANGE] 100000000000000000000000000000000000000 cannot be represented as Decimal(38, 0). If necessary set "spark.sql.ansi.enabled" to "false" to bypass this error, and return NULL instead.',
    ],
    [
      'array(1, 2)[5]',
      `[INVALID_ARRAY_INDEX] The index 5 is out of bounds. The array has 2 elements. Use the SQL function \`get()\` to tolerate accessing element at invalid index and return NULL instead. ${bypass}`,
    ],
    [
      'element_at(array(1, 2), -3)',
      `[INVALID_ARRAY_INDEX_IN_ELEMENT_AT] The index -3 is out of bounds. The array has 2 elements. Use \`try_element_at\` to tolerate accessing element at invalid index and return NULL instead. ${bypass}`,
    ],
  ])('%s', async (sql, message) => {
    await expect(sparkAnswer(sql, connection, { ansi: true })).rejects.toThrow(message);
  });

  test.each([
    ['try_add(2147483647, 1)', 'NULL'],
    ['try_divide(1, 0)', 'NULL'],
    ['try_element_at(array(1), 2)', 'NULL'],
    ['get(array(1), 3)', 'NULL'],
    ["map('a', 1)['z']", 'NULL'],
    ['size(NULL)', 'NULL'],
    ['NULL + 1', 'NULL'],
    ['1L + 1', '2'],
  ])('%s is no error', async (sql, answer) => {
    expect((await sparkAnswer(sql, connection, { ansi: true })).answer).toBe(answer);
  });
});

describe('with ANSI on or off, some calls are errors', () => {
  test.each([
    ["map('a', 1, 'a', 2)", 'DUPLICATED_MAP_KEY'],
    ['map(NULL, 1)', 'NULL_MAP_KEY'],
    ['element_at(array(1), 0)', 'INVALID_INDEX_OF_ZERO'],
    ["split_part('a', '-', 0)", 'INVALID_INDEX_OF_ZERO'],
    ["regexp_extract('a', 'a', 3)", 'INVALID_PARAMETER_VALUE.REGEX_GROUP_INDEX'],
    ["'a' RLIKE '('", 'INVALID_PARAMETER_VALUE.PATTERN'],
    ['interval 1 day / 0', 'INTERVAL_DIVIDED_BY_ZERO'],
    ['slice(array(1), 0, 1)', undefined],
    ['sequence(1, 5, -1)', undefined],
    ["raise_error('no')", undefined],
  ])('%s', async (sql, condition) => {
    await expect(sparkAnswer(sql, connection)).rejects.toMatchObject({ condition });
  });
});
