import { describe, expect, test } from 'vitest';
import type { Relation } from '../../../engine/plan/relation.ts';
import {
  AnalysisFixture,
  alias,
  call,
  col,
  columnsOf,
  expr,
  firstLine,
  int,
  namesOf,
  select,
} from './analysis-fixture.ts';

const session = new AnalysisFixture();
const d = session.table('id INT, nombre STRING, total INT');
const e = session.table('id INT, nombre STRING, ciudad STRING');
const as = (input: Relation, name: string): Relation => ({ kind: 'subquery_alias', input, alias: name });
const k = session.frame({
  kind: 'join',
  left: d,
  right: e,
  join_type: 'inner',
  join_condition: call('==', col('id', d), col('id', e)),
});
const j = session.frame({
  kind: 'join',
  left: as(d, 'a'),
  right: as(e, 'b'),
  join_type: 'inner',
  join_condition: call('==', col('a.id'), col('b.id')),
});

describe('columns after a join', () => {
  test('both sides keep theirs', () =>
    expect(namesOf(session.analyze(k))).toEqual(['id', 'nombre', 'total', 'id', 'nombre', 'ciudad']));
  test('qualifiers and frames tell equal names apart', () => {
    expect(namesOf(session.analyze(select(j, col('b.*'), col('a.total'))))).toEqual([
      'id',
      'nombre',
      'ciudad',
      'total',
    ]);
    expect(namesOf(session.analyze(select(k, col('nombre', d), col('nombre', e))))).toEqual(['nombre', 'nombre']);
  });
  test.each([
    [k, 'nombre', '[AMBIGUOUS_REFERENCE] Reference `nombre` is ambiguous, could be: [`nombre`, `nombre`].'],
    [j, 'nombre', '[AMBIGUOUS_REFERENCE] Reference `nombre` is ambiguous, could be: [`a`.`nombre`, `b`.`nombre`].'],
    [as(k, 'r'), 'r.id', '[AMBIGUOUS_REFERENCE] Reference `r`.`id` is ambiguous, could be: [`r`.`id`, `r`.`id`].'],
  ])('a bare name is ambiguous (%#)', (input, name, expected) =>
    expect(firstLine(() => session.analyze(select(input, col(name))))).toBe(expected),
  );
  test('drop by frame takes one column, by name all, of another frame none', () => {
    expect(namesOf(session.analyze({ kind: 'drop', input: k, columns: [col('id', e)] }))).toEqual([
      'id',
      'nombre',
      'total',
      'nombre',
      'ciudad',
    ]);
    expect(namesOf(session.analyze({ kind: 'drop', input: k, column_names: ['id'] }))).toEqual([
      'nombre',
      'total',
      'nombre',
      'ciudad',
    ]);
    const other = session.frame({ kind: 'range', start: 0, end: 1, step: 1 });
    expect(namesOf(session.analyze({ kind: 'drop', input: k, columns: [col('id', other)] }))).toHaveLength(6);
    expect(firstLine(() => session.analyze({ kind: 'drop', input: k, columns: [col('id')] }))).toContain(
      '[AMBIGUOUS_REFERENCE]',
    );
  });
  test('withColumn and withColumnRenamed change every column of the name', () => {
    expect(columnsOf(session.analyze({ kind: 'with_columns', input: k, aliases: [alias(int(0), 'id')] }))).toEqual([
      'id int!',
      'nombre string',
      'total int',
      'id int!',
      'nombre string',
      'ciudad string',
    ]);
    expect(
      namesOf(
        session.analyze({
          kind: 'with_columns_renamed',
          input: k,
          renames: [{ col_name: 'nombre', new_col_name: 'n' }],
        }),
      ),
    ).toEqual(['id', 'n', 'total', 'id', 'n', 'ciudad']);
  });
});

describe('USING', () => {
  const using = (
    type: 'inner' | 'left_outer' | 'right_outer' | 'full_outer' | 'left_semi',
    ...names: readonly string[]
  ): Relation => ({ kind: 'join', left: d, right: e, join_type: type, using_columns: names });
  test.each([
    ['inner', ['id int', 'nombre string', 'total int', 'nombre string', 'ciudad string']],
    ['right_outer', ['id int', 'nombre string', 'total int', 'nombre string', 'ciudad string']],
    ['full_outer', ['id int', 'nombre string', 'total int', 'nombre string', 'ciudad string']],
    ['left_semi', ['id int', 'nombre string', 'total int']],
  ] as const)('%s shows the key once', (type, expected) =>
    expect(columnsOf(session.analyze(using(type, 'id')))).toEqual(expected),
  );
  test('the key that is not shown can still be named', () => {
    const joined = session.frame(using('inner', 'id'));
    expect(namesOf(session.analyze(select(joined, col('id', e), col('nombre', d))))).toEqual(['id', 'nombre']);
    const aliased = session.frame({
      kind: 'join',
      left: as(d, 'a'),
      right: as(e, 'b'),
      join_type: 'inner',
      using_columns: ['id'],
    });
    expect(namesOf(session.analyze(select(aliased, col('b.id'), col('a.id'), col('id'))))).toEqual(['id', 'id', 'id']);
  });
  test('a key that one side lacks', () =>
    expect(firstLine(() => session.analyze(using('inner', 'fecha')))).toBe(
      '[UNRESOLVED_USING_COLUMN_FOR_JOIN] USING column `fecha` cannot be resolved on the left side of the join. The left-side columns: [`id`, `nombre`, `total`].',
    ));
});

describe('a frame joined with itself', () => {
  const self = (condition: Parameters<typeof call>[1], right: Relation = d): Relation => ({
    kind: 'join',
    left: d,
    right,
    join_type: 'inner',
    join_condition: condition,
  });
  test('the right side gets ids of its own', () => {
    const plan = session.analyze({
      kind: 'join',
      left: as(d, 'x'),
      right: as(d, 'y'),
      join_type: 'inner',
      join_condition: expr('x.id = y.total'),
    });
    expect(new Set(plan.output.map((attribute) => attribute.id)).size).toBe(6);
  });
  test('df.a == df.a joins the two sides; any other use of df is refused', () => {
    const joined = session.frame(self(call('==', col('id', d), col('id', d))));
    expect(namesOf(session.analyze(joined))).toHaveLength(6);
    expect(firstLine(() => session.analyze(select(joined, col('id', d)))).replace(/#\d+/g, '#n')).toMatch(
      /^Column id#n are ambiguous\. It's probably because you joined several Datasets together/,
    );
    expect(
      firstLine(() => session.analyze(self(call('==', col('total', d), col('id', d))))).replace(/#\d+/g, '#n'),
    ).toMatch(/^Column total#n, id#n are ambiguous\./);
  });
  test('a renamed copy has other columns and joins plainly', () => {
    const renamed = session.frame(select(d, alias(col('id'), 'id2')));
    expect(namesOf(session.analyze(self(call('==', col('total', d), col('id2', renamed)), renamed)))).toEqual([
      'id',
      'nombre',
      'total',
      'id2',
    ]);
  });
});

test.each([
  ['left_outer', 'id bigint!,id bigint'],
  ['right_outer', 'id bigint,id bigint!'],
  ['full_outer', 'id bigint,id bigint'],
  ['left_anti', 'id bigint!'],
] as const)('%s makes the padded side nullable', (type, expected) => {
  const range = (): Relation => session.frame({ kind: 'range', start: 0, end: 1, step: 1 });
  expect(
    columnsOf(
      session.analyze({
        kind: 'join',
        left: as(range(), 'a'),
        right: as(range(), 'b'),
        join_type: type,
        join_condition: expr('a.id = b.id'),
      }),
    ).join(','),
  ).toBe(expected);
});

test('a join condition is a boolean', () =>
  expect(
    firstLine(() =>
      session.analyze({ kind: 'join', left: d, right: e, join_type: 'inner', join_condition: col('total') }),
    ),
  ).toBe(
    '[JOIN_CONDITION_IS_NOT_BOOLEAN_TYPE] The join condition "total" has the invalid type "INT", expected "BOOLEAN".;',
  ));

test('a key that USING hides does not come out again where the other side shows the same column', () => {
  const products = session.table('codigo STRING, precio INT');
  const joined = session.frame({
    kind: 'join',
    left: session.table('codigo STRING, uds INT'),
    right: products,
    join_type: 'left_outer',
    using_columns: ['codigo'],
  });
  session.view('juntas', joined);
  session.view('productos', products);
  const plan = session.sql('SELECT j.uds FROM juntas j JOIN productos p ON j.codigo = p.codigo');
  const join = plan.kind === 'project' && plan.input.kind === 'join' ? plan.input : undefined;
  const left = new Set(join?.left.output.map((attribute) => attribute.id));
  expect(join?.right.output.filter((attribute) => left.has(attribute.id))).toEqual([]);
});

test('a union with itself renames the second side over the very same source', () => {
  const d = session.stream('a INT');
  const plan = session.analyze({ kind: 'set_op', left_input: d, right_input: d, set_op_type: 'union', is_all: true });
  const [first, second] = plan.kind === 'union' ? plan.inputs : [];
  expect(second?.kind).toBe('project');
  expect(second?.kind === 'project' && second.input.output).toEqual(first?.output);
});

describe('set operations', () => {
  const set = (
    type: 'union' | 'intersect' | 'except',
    left: Relation,
    right: Relation,
    more: object = {},
  ): Relation => ({ kind: 'set_op', left_input: left, right_input: right, set_op_type: type, ...more });
  const narrow = session.frame(select(d, col('id')));
  test('columns meet by position in their common type', () => {
    const numbers = session.table('x DOUBLE, y INT, z STRING');
    expect(columnsOf(session.analyze(set('union', d, numbers)))).toEqual([
      'id double',
      'nombre string',
      'total string',
    ]);
  });
  test.each([
    [
      set('union', d, narrow),
      '[NUM_COLUMNS_MISMATCH] UNION can only be performed on inputs with the same number of columns, but the first input has 3 columns and the second input has 1 columns.;',
    ],
    [
      set('union', select(d, expr('array(id)')), narrow),
      '[INCOMPATIBLE_COLUMN_TYPE] UNION can only be performed on tables with compatible column types. The first column of the second table is "INT" type which is not compatible with "ARRAY<INT>" at the same column of the first table..;',
    ],
    [set('union', d, e, { by_name: true }), 'Cannot resolve column name "total" among (id, nombre, ciudad).'],
    [
      set('intersect', select(d, expr('map(1, id) AS m')), select(d, expr('map(1, id) AS m'))),
      '[UNSUPPORTED_FEATURE.SET_OPERATION_ON_MAP_TYPE] The feature is not supported: Cannot have MAP type columns in DataFrame which calls set operations (INTERSECT, EXCEPT, etc.), but the type of column `m` is "MAP<INT, INT>".;',
    ],
  ])('what does not fit is refused (%#)', (relation, expected) =>
    expect(firstLine(() => session.analyze(relation))).toBe(expected),
  );
  test('by name, missing columns become NULL where allowed', () =>
    expect(columnsOf(session.analyze(set('union', d, e, { by_name: true, allow_missing_columns: true })))).toEqual([
      'id int',
      'nombre string',
      'total int',
      'ciudad string',
    ]));
});
