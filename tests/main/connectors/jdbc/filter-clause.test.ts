import { expect, test } from 'vitest';
import type { SourceFilter } from '../../../../engine/api/source-filter.ts';
import {
  binaryType,
  booleanType,
  dateType,
  decimalType,
  doubleType,
  integerType,
  stringType,
  timestampNtzType,
  timestampType,
  type DataType,
} from '../../../../engine/core/data-type.ts';
import { decimalValue, type SparkValue } from '../../../../engine/core/spark-value.ts';
import { filterClause } from '../../../../main/connectors/jdbc/filter-clause.ts';

const equal = (type: DataType, value: SparkValue): SourceFilter => ({
  kind: 'compare',
  operator: '=',
  column: 's',
  type,
  value,
});
const isAna = equal(stringType, 'ANA');
const noon = 1_652_443_018_500_000n;

// Taken from the log of a server that real Spark asked.
test.each<[SourceFilter, string]>([
  [equal(stringType, "it's \\ x"), "`s` = 'it''s \\ x'"],
  [equal(booleanType, true), '`s` = true'],
  [equal(doubleType, 1e20), '`s` = 1.0E20'],
  [equal(doubleType, Number.NaN), '`s` = NaN'],
  [equal(decimalType(10, 2), decimalValue(100n, 2)), '`s` = 1.00'],
  [equal(dateType, 19_125), "`s` = '2022-05-13'"],
  [equal(timestampType, noon), "`s` = '2022-05-13 13:56:58.5'"],
  [equal(timestampType, noon - 500_000n), "`s` = '2022-05-13 13:56:58.0'"],
  [equal(timestampNtzType, noon), '`s` = 2022-05-13T11:56:58.5'],
  [equal(binaryType, new Uint8Array([1])), '`s` = [B@0'],
  [
    { kind: 'compare', operator: '<=>', column: 's', type: stringType, value: 'ANA' },
    "(`s` = 'ANA') OR (`s` IS NULL AND 'ANA' IS NULL)",
  ],
  [{ kind: 'in', column: 'id', type: integerType, values: [1, 2, null] }, '`id` IN (1, 2, null)'],
  [{ kind: 'text', test: 'starts_with', column: 's', text: 'A' }, "`s` LIKE 'A%' ESCAPE '\\\\'"],
  [{ kind: 'text', test: 'ends_with', column: 's', text: 'x' }, "`s` LIKE '%x' ESCAPE '\\\\'"],
  [{ kind: 'text', test: 'contains', column: 's', text: 'a_%\\b' }, "`s` LIKE '%a\\_\\%\\b%' ESCAPE '\\\\'"],
  [{ kind: 'text', test: 'contains', column: 's', text: "'" }, "`s` LIKE '%''%' ESCAPE '\\\\'"],
  [{ kind: 'not', filter: isAna }, "NOT (`s` = 'ANA')"],
  [{ kind: 'or', left: { kind: 'is_null', column: 's' }, right: isAna }, "(`s` IS NULL) OR (`s` = 'ANA')"],
  [
    { kind: 'and', left: { kind: 'is_not_null', column: 'a`b' }, right: isAna },
    "(`a``b` IS NOT NULL) AND (`s` = 'ANA')",
  ],
])('$1', (filter, clause) => expect(filterClause(filter, 'Europe/Madrid')).toBe(clause));
