import { describe, expect, test } from 'vitest';
import {
  AnalysisFixture,
  alias,
  call,
  col,
  columnsOf,
  expr,
  firstLine,
  int,
  messageOf,
  namesOf,
  select,
  text,
} from './analysis-fixture.ts';

const session = new AnalysisFixture();
const df = session.table('Amount INT, Type STRING, precio DOUBLE, arr ARRAY<INT>, m MAP<STRING,INT>');
session.view('bolsa', df);
const columns = (...expressions: readonly string[]): readonly string[] =>
  columnsOf(session.analyze(select(df, ...expressions.map(expr))));
const grouped = (...aggregates: readonly string[]): readonly string[] =>
  columnsOf(
    session.analyze({
      kind: 'aggregate',
      input: df,
      group_type: 'groupby',
      grouping_expressions: [],
      aggregate_expressions: aggregates.map(expr),
    }),
  );

describe('names and types of columns without alias', () => {
  test.each([
    ['Amount + 1', '(Amount + 1) int'],
    ['-Amount', '(- Amount) int'],
    ['not (Amount > 1)', '(NOT (Amount > 1)) boolean'],
    ['Type is not null', '(Type IS NOT NULL) boolean!'],
    ['Amount <=> null', '(Amount <=> NULL) boolean!'],
    ['Amount between 1 and 3', '((Amount >= 1) AND (Amount <= 3)) boolean'],
    ['cast(Amount as string)', 'Amount string'],
    ['cast(Amount + 1 as string)', 'CAST((Amount + 1) AS STRING) string'],
    ['string(Amount)', 'Amount string'],
    ["case when Type = 'x' then 1 else 0 end", 'CASE WHEN (Type = x) THEN 1 ELSE 0 END int!'],
    ["case when Amount > 1 then 'y' end", 'CASE WHEN (Amount > 1) THEN y END string'],
    ['arr[0]', 'arr[0] int'],
    ["m['k']", 'm[k] int'],
    ['interval 1 hour', "INTERVAL '01' HOUR interval hour!"],
    ['Amount / 2', '(Amount / 2) double'],
    [
      'transform(arr, x -> x + 1)',
      'transform(arr, lambdafunction((namedlambdavariable() + 1), namedlambdavariable())) array<int>',
    ],
    ['struct(Amount as q, Type)', 'struct(Amount AS q, Type) struct<q:int,Type:string>!'],
    ['struct(Amount, Amount + 1)', 'struct(Amount, (Amount + 1)) struct<Amount:int,col2:int>!'],
    ['coalesce(Amount, precio)', 'coalesce(Amount, precio) double'],
    ['AMOUNT', 'AMOUNT int'],
    ['Amount + 1 AS suma', 'suma int'],
    ['1.5', '1.5 decimal(2,1)!'],
    ["Amount = '1'", '(Amount = 1) boolean'],
    ["if(true, 1, 'a')", '(IF(true, 1, a)) string!'],
  ])('%s is %s', (written, expected) => expect(columns(written)).toEqual([expected]));

  test.each([
    ['count(*)', 'count(1) bigint!'],
    ['count(distinct Amount, Type)', 'count(DISTINCT Amount, Type) bigint!'],
    ['sum(Amount + 1)', 'sum((Amount + 1)) bigint'],
    ['sum(Amount) filter (where precio > 1)', 'sum(Amount) FILTER (WHERE (precio > 1)) bigint'],
    ['first(Amount, true)', 'first(Amount) int'],
    ['collect_list(Amount)', 'collect_list(Amount) array<int>!'],
    ['avg(Amount) + 1', '(avg(Amount) + 1) double'],
    ['sum(1.5)', 'sum(1.5) decimal(12,1)'],
  ])('the aggregate %s is %s', (written, expected) => expect(grouped(written)).toEqual([expected]));

  test('analytic functions show the frame that Spark gives them', () => {
    expect(
      columns(
        'sum(Amount) over (partition by Type order by Amount desc)',
        'row_number() over (order by Amount)',
        'count(*) over ()',
        'lag(Amount) over (order by Type)',
      ),
    ).toEqual([
      'sum(Amount) OVER (PARTITION BY Type ORDER BY Amount DESC NULLS LAST RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) bigint',
      'row_number() OVER (ORDER BY Amount ASC NULLS FIRST ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) int!',
      'count(1) OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) bigint!',
      'lag(Amount, 1, NULL) OVER (ORDER BY Type ASC NULLS FIRST ROWS BETWEEN -1 FOLLOWING AND -1 FOLLOWING) int',
    ]);
  });

  test('fields of structs are named by their last part in a dotted name and by the whole path otherwise', () => {
    const nested = session.frame(
      select(df, expr('named_struct("x", Amount, "y", Type) AS s'), expr('array(named_struct("x", Amount)) AS list')),
    );
    expect(
      columnsOf(
        session.analyze(
          select(
            nested,
            col('s.x'),
            { kind: 'unresolved_extract_value', child: col('s'), extraction: text('y') },
            col('s.*'),
            col('list.x'),
          ),
        ),
      ),
    ).toEqual(['x int', 's.y string', 'x int', 'y string', 'x array<int>!']);
  });

  test('generators make their own columns, several of them in one select', () => {
    expect(columns('explode(arr)', 'explode(m)', 'posexplode_outer(arr) AS (i, v)')).toEqual([
      'col int',
      'key string!',
      'value int',
      'i int',
      'v int',
    ]);
  });
});

describe('columns edited by name', () => {
  test('withColumn replaces in place, under the new spelling, and adds at the end', () => {
    const plan = session.analyze({
      kind: 'with_columns',
      input: df,
      aliases: [alias(int(1), 'TYPE'), alias(int(2), 'z')],
    });
    expect(columnsOf(plan)).toEqual([
      'Amount int',
      'TYPE int!',
      'precio double',
      'arr array<int>',
      'm map<string,int>',
      'z int!',
    ]);
  });
  test('withColumnRenamed of an unknown column changes nothing', () =>
    expect(
      namesOf(
        session.analyze({
          kind: 'with_columns_renamed',
          input: df,
          renames: [
            { col_name: 'nada', new_col_name: 'x' },
            { col_name: 'TYPE', new_col_name: 't' },
          ],
        }),
      ),
    ).toEqual(['Amount', 't', 'precio', 'arr', 'm']));
  test('drop takes whole names only and ignores what is not there', () =>
    expect(
      namesOf(
        session.analyze({
          kind: 'drop',
          input: df,
          column_names: ['b.Amount', 'ARR'],
          columns: [col('m'), col('nada')],
        }),
      ),
    ).toEqual(['Amount', 'Type', 'precio']));
  test('toDF wants as many names as columns', () =>
    expect(firstLine(() => session.analyze({ kind: 'to_df', input: df, column_names: ['a'] }))).toBe(
      "requirement failed: The number of columns doesn't match.",
    ));
  test("fillna fills only columns of the value's family", () =>
    expect(columnsOf(session.analyze({ kind: 'fill_na', input: df, cols: [], values: [int(0)] }))).toEqual([
      'Amount int!',
      'Type string',
      'precio double!',
      'arr array<int>',
      'm map<string,int>',
    ]));
  test('a later entry of a select may use an earlier alias', () =>
    expect(columns('Amount + 1 AS x', 'x * 2 AS y')).toEqual(['x int', 'y int']));
  test('a column selected twice is not ambiguous, two columns of one name are', () => {
    expect(namesOf(session.analyze(select(select(df, col('Amount'), col('Amount')), col('Amount'))))).toEqual([
      'Amount',
    ]);
    expect(
      firstLine(() =>
        session.analyze(select(select(df, col('Amount'), alias(col('Amount'), 'Amount')), col('Amount'))),
      ),
    ).toBe('[AMBIGUOUS_REFERENCE] Reference `Amount` is ambiguous, could be: [`Amount`, `Amount`].');
  });
  test('unpivot names its columns and takes the common type', () =>
    expect(
      columnsOf(
        session.analyze({
          kind: 'unpivot',
          input: df,
          ids: [col('Type')],
          values: [col('Amount'), col('precio')],
          variable_column_name: 'a',
          value_column_name: 'b',
        }),
      ),
    ).toEqual(['Type string', 'a string!', 'b double']));
  test('describe shows text and numbers, as text', () =>
    expect(columnsOf(session.analyze({ kind: 'describe', input: df, cols: [] }))).toEqual([
      'summary string',
      'Amount string',
      'Type string',
      'precio string',
    ]));
});

describe('filter and sort over what a select left out', () => {
  const narrow = session.frame(select(df, col('Type')));
  test('a filter reaches the column below and the result keeps its columns', () =>
    expect(namesOf(session.analyze({ kind: 'filter', input: narrow, condition: expr('Amount > 1') }))).toEqual([
      'Type',
    ]));
  test('so does a sort', () =>
    expect(
      namesOf(
        session.analyze({
          kind: 'sort',
          input: narrow,
          order: [{ kind: 'sort_order', child: col('precio'), direction: 'ascending', null_ordering: 'nulls_first' }],
        }),
      ),
    ).toEqual(['Type']));
  test('a filter must be a boolean', () =>
    expect(firstLine(() => session.analyze({ kind: 'filter', input: df, condition: expr('Type') }))).toBe(
      '[DATATYPE_MISMATCH.FILTER_NOT_BOOLEAN] Cannot resolve "Type" due to data type mismatch: Filter expression "Type" of type "STRING" is not a boolean.;',
    ));
  test('aggregates are refused in WHERE', () =>
    expect(firstLine(() => session.analyze({ kind: 'filter', input: df, condition: expr('sum(Amount) > 1') }))).toBe(
      '[INVALID_WHERE_CONDITION] The WHERE condition "(sum(Amount) > 1)" contains invalid expressions: sum(Amount).',
    ));
});

describe('frames are analyzed once', () => {
  test('the same plan id answers the same attributes', () =>
    expect(session.analyze(df)).toBe(session.analyze({ ...df })));
  test("a column of a frame that is not in the input is refused by Spark's name", () => {
    const other = session.frame({ kind: 'range', start: 0, end: 3, step: 1 });
    expect(firstLine(() => session.analyze(select(other, col('Amount', df)))).replace(/#\d+/g, '#n')).toBe(
      '[MISSING_ATTRIBUTES.RESOLVED_ATTRIBUTE_MISSING_FROM_INPUT] Resolved attribute(s) "Amount" missing from "id" in operator !Project [Amount#n]. ;',
    );
  });
  test("a column replaced by withColumn is no longer the frame's own", () => {
    const replaced = session.frame({ kind: 'with_columns', input: df, aliases: [alias(int(1), 'Amount')] });
    expect(messageOf(() => session.analyze(select(replaced, col('Amount', df))))).toContain(
      'Attribute(s) with the same name appear in the operation: "Amount".\nPlease check if the right attribute(s) are used.',
    );
    expect(
      namesOf(session.analyze({ kind: 'filter', input: replaced, condition: call('>', col('Amount', df), int(1)) })),
    ).toEqual(['Amount', 'Type', 'precio', 'arr', 'm']);
  });
});

describe('ORDER BY a name that several columns of the select list have', () => {
  const session = new AnalysisFixture();
  session.view('t', session.table('id INT'));
  test('means the column below the select list', () => {
    const plan = session.sql('SELECT id, id + 1 AS id FROM t ORDER BY id');
    expect(plan.output.map((attribute) => attribute.name)).toEqual(['id', 'id']);
  });
  test('is unknown where there is none below', () =>
    expect(() => session.sql('SELECT id AS x, id AS x FROM t ORDER BY x')).toThrow(
      '[UNRESOLVED_COLUMN.WITH_SUGGESTION] A column or function parameter with name `x` cannot be resolved.',
    ));
});

describe('VALUES', () => {
  const session = new AnalysisFixture();
  test('of literals of one type is one node of rows', () =>
    expect(session.sql("SELECT * FROM VALUES (1, 'a'), (2, NULL), (3, 'c') AS t(n, k)")).toMatchObject({
      input: {
        input: {
          kind: 'local_rows',
          rows: [
            [1, 'a'],
            [2, null],
            [3, 'c'],
          ],
        },
      },
    }));
  test('widens types where they differ', () =>
    expect(columnsOf(session.sql('SELECT * FROM VALUES (1), (2.5)'))).toEqual(['col1 decimal(11,1)!']));
});
