import { expect, test } from 'vitest';
import { fitToTable, orderedByName } from '../../../engine/analysis/fit-to-table.ts';
import { AnalysisFixture, columnsOf, firstLine, messageOf, namesOf, structOf } from './analysis-fixture.ts';

const session = new AnalysisFixture();
const rows = session.analyze(session.table('a INT, b STRING'));

test('columns go by position, under the names and in the types of the table', () =>
  expect(columnsOf(fitToTable(rows, structOf('x BIGINT, y STRING'), '`t`'))).toEqual(['x bigint', 'y string']));

test('text goes into text only', () =>
  expect(firstLine(() => fitToTable(rows, structOf('x INT, y INT'), '`t`'))).toBe(
    '[INCOMPATIBLE_DATA_FOR_TABLE.CANNOT_SAFELY_CAST] Cannot write incompatible data for the table `t`: Cannot safely cast `y` "STRING" to "INT".',
  ));

test('another number of columns is refused with both lists', () =>
  expect(messageOf(() => fitToTable(rows, structOf('x INT'), '`t`'))).toBe(
    '[INSERT_COLUMN_ARITY_MISMATCH.TOO_MANY_DATA_COLUMNS] Cannot write to `t`, the reason is too many data columns:\nTable columns: `x`.\nData columns: `a`, `b`.',
  ));

test('by name, letter case does not matter and a missing column is named', () => {
  expect(namesOf(orderedByName(rows, ['B', 'a'], false))).toEqual(['B', 'a']);
  expect(messageOf(() => orderedByName(rows, ['z'], false))).toBe("Cannot resolve 'z' given input columns: [a, b].");
});
