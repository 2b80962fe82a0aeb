import { expect, test } from 'vitest';
import { AnalysisFixture, col, expr, messageOf, select } from './analysis-fixture.ts';

const session = new AnalysisFixture();
const df = session.table('Amount INT, Type STRING, precio DOUBLE');
session.view('bolsa', df);

const placeOf = (run: () => unknown): string | undefined => /; (line \d+ pos \d+)/.exec(messageOf(run))?.[1];

test.each([
  ['select  nope from bolsa', 'line 1 pos 8'],
  ['select upper(nope) from bolsa', 'line 1 pos 13'],
  ['select 1 + bolsa.nope from bolsa', 'line 1 pos 11'],
  ['select 1+upper(Type,1) from bolsa', 'line 1 pos 9'],
  ['select 1 + sumar(Amount) from bolsa', 'line 1 pos 11'],
  ['select * from bolsa where  nope > 1', 'line 1 pos 27'],
  ['select * from bolsa where Amount', 'line 1 pos 0'],
  ['select * from bolsa where sum(Amount) > 1', 'line 1 pos 0'],
  ['select Type, sum(Amount) from bolsa', 'line 1 pos 0'],
  ['select Amount not in (array(1)) from bolsa', 'line 1 pos 14'],
  ['select Amount between 1 and array(1) from bolsa', 'line 1 pos 14'],
  ['select case Amount when array(1) then 2 end from bolsa', 'line 1 pos 7'],
  ["select 1 + array(1)['x'] from bolsa", 'line 1 pos 11'],
  ['select x.* from bolsa', 'line 1 pos 7'],
  ['select * from bolsa join nada', 'line 1 pos 25'],
  ['select explode(Type) as x from bolsa', 'line 1 pos 7'],
  ['select lag(Amount) from bolsa', 'line 1 pos 0'],
  ['select count(*) from bolsa where rank() > 1', 'line 1 pos 33'],
  ['select Amount from bolsa union select Amount, Type from bolsa', 'line 1 pos 0'],
  ['select\n  Amount,\n  nope\nfrom bolsa', 'line 3 pos 2'],
])('the error of %s is placed at %s', (text, place) => expect(placeOf(() => session.sql(text))).toBe(place));

test.each([
  'select Type[0] from bolsa',
  'select upper(Type[0]) from bolsa',
  'select Type, Amount from bolsa group by Type',
  'select * from bolsa a join bolsa b using (nope)',
])('the error of %s has no place, as in Spark', (text) => expect(placeOf(() => session.sql(text))).toBeUndefined());

test('the text of an expression has places too, a column named in Python has none', () => {
  expect(placeOf(() => session.analyze(select(df, expr('1 + nope'))))).toBe('line 1 pos 4');
  expect(placeOf(() => session.analyze(select(df, col('nope'))))).toBeUndefined();
});
