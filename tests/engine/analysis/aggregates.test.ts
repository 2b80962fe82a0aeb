import { describe, expect, test } from 'vitest';
import { PivotValuesNeeded } from '../../../engine/analysis/analyze-pivot.ts';
import type { Relation } from '../../../engine/plan/relation.ts';
import {
  AnalysisFixture,
  alias,
  col,
  columnsOf,
  expr,
  firstLine,
  int,
  messageOf,
  namesOf,
  text,
} from './analysis-fixture.ts';

const session = new AnalysisFixture();
const df = session.table('Amount INT, Type STRING, precio DOUBLE, m MAP<STRING,INT>');
session.view('bolsa', df);
type Grouping = {
  readonly by: readonly string[];
  readonly calls: readonly string[];
  readonly type?: 'groupby' | 'rollup' | 'cube';
};
const group = ({ by, calls, type = 'groupby' }: Grouping): Relation => ({
  kind: 'aggregate',
  input: df,
  group_type: type,
  grouping_expressions: by.map(expr),
  aggregate_expressions: calls.map(expr),
});

describe('grouping', () => {
  test('grouping columns come first and keep their names', () =>
    expect(
      columnsOf(
        session.analyze(
          group({ by: ['Type', 'Amount + 1'], calls: ['sum(Amount)', 'sum(Amount) + (Amount + 1) AS x'] }),
        ),
      ),
    ).toEqual(['Type string', '(Amount + 1) int', 'sum(Amount) bigint', 'x bigint']));
  test('a column that is not grouped is refused', () =>
    expect(messageOf(() => session.analyze(group({ by: ['Type'], calls: ['Amount'] })))).toContain(
      '[MISSING_AGGREGATION] The non-aggregating expression "Amount" is based on columns which are not participating in the GROUP BY clause.\nAdd the columns or the expression to the GROUP BY, aggregate the expression, or use "any_value(Amount)" if you do not care which of the values within a group is returned.;\nAggregate [Type#',
    ));
  test.each([
    [
      group({ by: [], calls: ['sum(max(Amount))'] }),
      '[NESTED_AGGREGATE_FUNCTION] It is not allowed to use an aggregate function in the argument of another aggregate function. Please use the inner aggregate function in a sub-query.;',
    ],
    [
      group({ by: ['sum(Amount)'], calls: ['count(1)'] }),
      '[GROUP_BY_AGGREGATE] Aggregate functions are not allowed in GROUP BY, but found sum(Amount).;',
    ],
    [
      group({ by: ['m'], calls: ['count(1)'] }),
      '[GROUP_EXPRESSION_TYPE_IS_NOT_ORDERABLE] The expression "m" cannot be used as a grouping expression because its data type "MAP<STRING, INT>" is not an orderable data type.;',
    ],
  ])('what cannot be grouped (%#)', (relation, expected) =>
    expect(firstLine(() => session.analyze(relation))).toBe(expected),
  );

  test('an equal call is computed once', () => {
    const plan = session.analyze(group({ by: ['Type'], calls: ['sum(Amount)', 'sum(AMOUNT) * 2'] }));
    expect(plan.kind === 'aggregate' && plan.calls.length).toBe(1);
  });

  test('rollup and cube make their columns nullable', () => {
    expect(
      columnsOf(
        session.analyze(
          group({
            by: ['Type', 'Amount'],
            calls: ['count(1) AS n', 'grouping_id()', 'grouping(Type)', 'sum(Amount)'],
            type: 'rollup',
          }),
        ),
      ),
    ).toEqual([
      'Type string',
      'Amount int',
      'n bigint!',
      'grouping_id() bigint!',
      'grouping(Type) tinyint!',
      'sum(Amount) bigint',
    ]);
    const cube = session.analyze(group({ by: ['Type', 'Amount'], calls: ['count(1)'], type: 'cube' }));
    expect(cube.kind === 'aggregate' && cube.input.kind === 'expand' && cube.input.projections.length).toBe(4);
  });
});

describe('clauses above an aggregate', () => {
  const totals = session.frame(group({ by: ['Type'], calls: ['sum(Amount) AS s'] }));
  test('a filter may aggregate the rows below', () =>
    expect(
      namesOf(session.analyze({ kind: 'filter', input: totals, condition: expr('max(precio) > 1 and s > 2') })),
    ).toEqual(['Type', 's']));
  test('a sort may too', () => {
    const sorted = session.analyze({
      kind: 'sort',
      input: totals,
      order: [{ kind: 'sort_order', child: expr('avg(precio)'), direction: 'descending', null_ordering: 'nulls_last' }],
    });
    expect(namesOf(sorted)).toEqual(['Type', 's']);
  });
  test('but neither sees columns that are not grouped', () =>
    expect(
      firstLine(() =>
        session.analyze({
          kind: 'sort',
          input: totals,
          order: [{ kind: 'sort_order', child: col('precio'), direction: 'ascending', null_ordering: 'nulls_first' }],
        }),
      ),
    ).toBe(
      '[UNRESOLVED_COLUMN.WITH_SUGGESTION] A column or function parameter with name `precio` cannot be resolved. Did you mean one of the following? [`Type`, `s`].;',
    ));
});

describe('pivot', () => {
  const pivot = (calls: readonly string[], values: readonly number[]): Relation => ({
    kind: 'aggregate',
    input: df,
    group_type: 'pivot',
    grouping_expressions: [col('Type')],
    aggregate_expressions: calls.map(expr),
    pivot: { col: col('Amount'), values: values.map(int) },
  });
  test('one aggregate names its columns after the values, several add their own names', () => {
    expect(columnsOf(session.analyze(pivot(['sum(precio)'], [1, 2])))).toEqual(['Type string', '1 double', '2 double']);
    expect(namesOf(session.analyze(pivot(['sum(precio)', 'max(precio) AS m'], [1])))).toEqual([
      'Type',
      '1_sum(precio)',
      '1_m',
    ]);
  });
  test('counts of what is absent are NULL, unless a list is collected beside them', () => {
    expect(columnsOf(session.analyze(pivot(['count(1)'], [1])))).toEqual(['Type string', '1 bigint']);
    expect(columnsOf(session.analyze(pivot(['count(1)', 'collect_list(precio)'], [1])))).toEqual([
      'Type string',
      '1_count(1) bigint!',
      '1_collect_list(precio) array<double>!',
    ]);
  });
  test('without values the session is asked for them', () => {
    expect(() => session.analyze(pivot(['count(1)'], []))).toThrow(PivotValuesNeeded);
    session.pivots.set(JSON.stringify(col('Amount')), [text('7')]);
    expect(namesOf(session.analyze(pivot(['count(1)'], [])))).toEqual(['Type', '7']);
  });
  test('a stream has no values to ask for', () => {
    const stream = session.stream('k STRING, v INT');
    expect(
      firstLine(() =>
        session.analyze({
          kind: 'aggregate',
          input: stream,
          group_type: 'pivot',
          grouping_expressions: [col('k')],
          aggregate_expressions: [expr('count(1)')],
          pivot: { col: col('v'), values: [] },
        }),
      ),
    ).toBe('pivot is not supported on a streaming DataFrames/Datasets');
  });
});

describe('SQL text', () => {
  test.each([
    [
      'select Type, sum(Amount) total from bolsa group by Type having total > 1 order by total desc',
      ['Type string', 'total bigint'],
    ],
    ['select Amount + 1 as z, count(*) from bolsa group by z', ['z int', 'count(1) bigint!']],
    ['select Type, count(*) from bolsa group by 1', ['Type string', 'count(1) bigint!']],
    ['select Type from bolsa group by Type having count(*) > 1', ['Type string']],
    ['select Type, grouping_id() g from bolsa group by rollup(Type)', ['Type string', 'g bigint!']],
    [
      'select b.* from bolsa b join bolsa c on b.Amount = c.Amount',
      ['Amount int', 'Type string', 'precio double', 'm map<string,int>'],
    ],
    [
      'select b.Amount, c.Amount, Amount from bolsa b join bolsa c using (Amount)',
      ['Amount int', 'Amount int', 'Amount int'],
    ],
    ['select s.x from (select named_struct("x", 1) s) t', ['x int!']],
    ['with t as (select Type from bolsa) select * from t limit 2', ['Type string']],
    ['select 1 as a union all select 2.5', ['a decimal(11,1)!']],
    ['select Type, e from bolsa lateral view explode(array(1, 2)) t as e', ['Type string', 'e int!']],
    ['select id from range(2, 8, 3)', ['id bigint!']],
    [
      'select sum(sum(Amount)) over (order by Type) from bolsa group by Type',
      [
        'sum(sum(Amount)) OVER (ORDER BY Type ASC NULLS FIRST RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) bigint',
      ],
    ],
  ])('%s', (query, expected) => expect(columnsOf(session.sql(query))).toEqual(expected));

  test.each([
    [
      'select Amount from bolsa order by 3',
      '[ORDER_BY_POS_OUT_OF_RANGE] ORDER BY position 3 is not in select list (valid range is [1, 1]).',
    ],
    [
      'select Amount, count(*) from bolsa group by 5',
      '[GROUP_BY_POS_OUT_OF_RANGE] GROUP BY position 5 is not in select list (valid range is [1, 2]).',
    ],
    [
      'select Amount from bolsa a join bolsa b on a.Amount = b.Amount',
      '[AMBIGUOUS_REFERENCE] Reference `Amount` is ambiguous, could be: [`a`.`Amount`, `b`.`Amount`].; line 1 pos 7',
    ],
    [
      'select Type, Amount from bolsa group by Type',
      '[MISSING_AGGREGATION] The non-aggregating expression "Amount" is based on columns which are not participating in the GROUP BY clause.',
    ],
    [
      'select x.* from bolsa',
      '[CANNOT_RESOLVE_STAR_EXPAND] Cannot resolve `x`.* given input columns `Amount`, `Type`, `precio`, `m`. Please check that the specified table or struct exists and is accessible in the input columns.; line 1 pos 7',
    ],
  ])('%s is refused', (query, expected) => expect(firstLine(() => session.sql(query))).toBe(expected));
});

test('aliases keep nothing of a computed column but its value', () => {
  const plan = session.analyze({ kind: 'project', input: df, expressions: [alias(col('Amount'), 'a')] });
  expect(plan.output[0]?.id).not.toBe(session.analyze(df).output[0]?.id);
});

test('HAVING removes groups before analytic functions number them', () => {
  const plan = session.sql(
    'SELECT Type AS tipo, row_number() OVER (ORDER BY Type) AS r FROM bolsa GROUP BY Type HAVING count(*) > 1 AND tipo IS NOT NULL',
  );
  expect(namesOf(plan)).toEqual(['tipo', 'r']);
  expect(plan.kind).toBe('project');
  expect(plan.kind === 'project' && plan.input.kind).toBe('project');
  expect(plan.kind === 'project' && plan.input.kind === 'project' && plan.input.input.kind).toBe('filter');
});
