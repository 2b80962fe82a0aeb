import { expect, test } from 'vitest';
import { integerType, structType, field, stringType } from '../../../engine/core/data-type.ts';
import * as parser from '../../../engine/parser/parse-query.ts';
import type { Expression } from '../../../engine/plan/expression.ts';
import type { Relation } from '../../../engine/plan/relation.ts';
import { failureOf, parseException, thrownBy } from './parse-failure.ts';
import { expressionText } from './expression-text.ts';

/** Where the nodes stand in the text is tested apart. */
const withoutPositions = <Tree>(tree: Tree): Tree =>
  JSON.parse(JSON.stringify(tree, (key, part: unknown) => (key === 'sql_position' ? undefined : part))) as Tree;
const parseQuery = (text: string): Relation => withoutPositions(parser.parseQuery(text));
const parseStatement = (text: string): parser.ParsedStatement => withoutPositions(parser.parseStatement(text));

const name = (unparsed_identifier: string): Expression => ({ kind: 'unresolved_attribute', unparsed_identifier });
const int = (value: number): Expression => ({ kind: 'literal', data_type: 'integer', value });
const call = (function_name: string, ...args: readonly Expression[]): Expression => ({
  kind: 'unresolved_function',
  function_name,
  arguments: args,
});
const table = (unparsed_identifier: string): Relation => ({ kind: 'read', named_table: { unparsed_identifier } });
const star: Expression = { kind: 'unresolved_star' };

test('WHERE filters before the select list is taken, which may keep words as names', () => {
  expect(parseQuery('SELECT a, b AS from FROM t WHERE a > 1')).toEqual({
    kind: 'project',
    input: { kind: 'filter', input: table('t'), condition: call('>', name('a'), int(1)) },
    expressions: [name('a'), { kind: 'alias', expr: name('b'), name: ['from'] }],
  });
});

test('a comma before FROM makes FROM a column, as in Spark', () => {
  expect(parseQuery('select Amount, from bolsa')).toEqual({
    kind: 'project',
    expressions: [name('Amount'), { kind: 'alias', expr: name('from'), name: ['bolsa'] }],
  });
});

test('GROUP BY keeps the select list as written, with HAVING beside it', () => {
  expect(parseQuery('select a, count(*) from t group by a having count(*) > 2')).toEqual({
    kind: 'aggregate',
    input: table('t'),
    group_type: 'groupby',
    grouping_expressions: [name('a')],
    aggregate_expressions: [],
    select_list: [name('a'), call('count', int(1))],
    having: call('>', call('count', int(1)), int(2)),
  });
});

test('ROLLUP, CUBE and GROUPING SETS are read in both places where Spark allows them', () => {
  const keys = { grouping_expressions: [name('a'), name('b')] };
  expect(parseQuery('select a from t group by rollup(a, b)')).toMatchObject({ group_type: 'rollup', ...keys });
  expect(parseQuery('select a from t group by a, b with cube')).toMatchObject({ group_type: 'cube', ...keys });
  const sets = { group_type: 'groupby', ...keys, grouping_sets: [[name('a'), name('b')], [name('a')], []] };
  expect(parseQuery('select a from t group by grouping sets ((a, b), a, ())')).toMatchObject(sets);
  expect(parseQuery('select a from t group by a, b grouping sets ((a, b), a, ())')).toMatchObject(sets);
});

test('joins nest to the left, each with its type and condition', () => {
  expect(parseQuery('select * from t1 t inner join t2 on t.a = t2.b left join t3 using (a, b)')).toEqual({
    kind: 'project',
    expressions: [star],
    input: {
      kind: 'join',
      join_type: 'left_outer',
      using_columns: ['a', 'b'],
      right: table('t3'),
      left: {
        kind: 'join',
        join_type: 'inner',
        join_condition: call('==', name('t.a'), name('t2.b')),
        left: { kind: 'subquery_alias', input: table('t1'), alias: 't' },
        right: table('t2'),
      },
    },
  });
});

test.each([
  ['a, b', 'inner'],
  ['a join b', 'inner'],
  ['a cross join b', 'cross'],
  ['a left join b', 'left_outer'],
  ['a right outer join b', 'right_outer'],
  ['a full join b', 'full_outer'],
  ['a left semi join b', 'left_semi'],
  ['a semi join b', 'left_semi'],
  ['a anti join b', 'left_anti'],
])('FROM %s joins %s', (from, join_type) => {
  expect(parseQuery(`select * from ${from}`)).toMatchObject({ input: { kind: 'join', join_type } });
});

test('INTERSECT binds tighter than UNION', () => {
  expect(parseQuery('select a from t union select b from u intersect select c from v')).toMatchObject({
    kind: 'set_op',
    set_op_type: 'union',
    is_all: false,
    right_input: { kind: 'set_op', set_op_type: 'intersect' },
  });
  expect(parseQuery('select a from t union all select a from t')).toMatchObject({ set_op_type: 'union', is_all: true });
  expect(parseQuery('select a from t minus select a from t')).toMatchObject({ set_op_type: 'except' });
});

test('ORDER BY, OFFSET and LIMIT are applied in this order', () => {
  expect(parseQuery('select a from t order by a desc, b nulls last limit 1 + 2 offset 1')).toMatchObject({
    kind: 'limit',
    limit: 3,
    input: {
      kind: 'offset',
      offset: 1,
      input: {
        kind: 'sort',
        is_global: true,
        order: [
          { direction: 'descending', null_ordering: 'nulls_last' },
          { direction: 'ascending', null_ordering: 'nulls_last' },
        ],
      },
    },
  });
});

test('WITH replaces a table of its name, also in a later definition', () => {
  const x: Relation = { kind: 'subquery_alias', alias: 'x', input: { kind: 'project', expressions: [int(1)] } };
  expect(parseQuery('with x as (select 1), y as (select * from X) select * from y')).toEqual({
    kind: 'project',
    expressions: [star],
    input: { kind: 'subquery_alias', alias: 'y', input: { kind: 'project', input: x, expressions: [star] } },
  });
});

test('a subquery without name gets the name that Spark gives it', () => {
  expect(parseQuery('select * from (select 1)')).toMatchObject({
    input: { kind: 'subquery_alias', alias: '__auto_generated_subquery_name' },
  });
});

test('VALUES is a union of rows whose columns are named by place or by the alias', () => {
  const row = (a: number, b: number): Relation => ({
    kind: 'project',
    expressions: [
      { kind: 'alias', expr: int(a), name: ['x'] },
      { kind: 'alias', expr: int(b), name: ['y'] },
    ],
  });
  expect(parseQuery('select * from values (1, 2), (3, 4) as t(x, y)')).toMatchObject({
    input: {
      kind: 'subquery_alias',
      alias: 't',
      input: { kind: 'set_op', is_all: true, left_input: row(1, 2), right_input: row(3, 4) },
    },
  });
  expect(parseQuery('values 7')).toEqual({
    kind: 'project',
    expressions: [{ kind: 'alias', expr: int(7), name: ['col1'] }],
  });
  expect(thrownBy(() => parseQuery('values (1, 2), (3)')).condition).toBe('INVALID_INLINE_TABLE.NUM_COLUMNS_MISMATCH');
});

test('LATERAL VIEW adds the columns of a generator', () => {
  expect(parseQuery('select * from n lateral view outer explode(a) x as e')).toMatchObject({
    input: {
      kind: 'project',
      input: table('n'),
      expressions: [star, { kind: 'alias', expr: call('explode_outer', name('a')), name: ['e'], table: 'x' }],
    },
  });
});

test('range, DISTINCT, hints and named windows', () => {
  expect(parseQuery('select id from range(2, 8, 3) r')).toMatchObject({
    input: { alias: 'r', input: { kind: 'range', start: 2, end: 8, step: 3 } },
  });
  expect(parseQuery('select distinct a from t')).toMatchObject({
    kind: 'deduplicate',
    all_columns_as_keys: true,
    is_distinct: true,
  });
  expect(parseQuery('select /*+ broadcast(u) */ a from t')).toMatchObject({
    kind: 'hint',
    name: 'broadcast',
    parameters: [name('u')],
  });
  const windowed = parseQuery('select sum(a) over w from t window w as (partition by b)');
  expect(windowed.kind === 'project' && windowed.expressions.map(expressionText)).toEqual(["sum('a) OVER ('b; )"]);
});

test('statements other than queries', () => {
  expect(parseStatement("show tables in d like 'a*'")).toEqual({
    kind: 'show_tables',
    namespace: ['d'],
    pattern: 'a*',
  });
  expect(parseStatement('describe extended t')).toEqual({ kind: 'describe_table', table: ['t'], is_extended: true });
  expect(parseStatement('drop view if exists v;')).toEqual({ kind: 'drop_view', name: ['v'], if_exists: true });
  expect(parseStatement('drop table t')).toEqual({ kind: 'drop_table', name: ['t'], if_exists: false });
  expect(parseStatement('create or replace temp view v as select 1')).toMatchObject({
    kind: 'create_view',
    name: 'v',
    replace: true,
    is_global: false,
  });
  expect(parseStatement('create table t (k STRING, n INT NOT NULL) using json')).toEqual({
    kind: 'create_table',
    name: ['t'],
    columns: structType([field('k', stringType), field('n', integerType, false)]),
    provider: 'json',
    if_not_exists: false,
  });
  expect(parseStatement('insert into t (a) values (1)')).toMatchObject({
    kind: 'insert_into',
    name: ['t'],
    columns: ['a'],
    overwrite: false,
  });
  expect(parseStatement('explain formatted select 1')).toMatchObject({ kind: 'explain', mode: 'formatted' });
});

test.each([
  ['set', {}],
  ['set spark.sql.shuffle.partitions', { key: 'spark.sql.shuffle.partitions' }],
  ['SET spark.sql.shuffle.partitions = 3 ;', { key: 'spark.sql.shuffle.partitions', value: '3' }],
  ['set `a b`=`c;d`', { key: 'a b', value: 'c;d' }],
  ["set time zone 'UTC'", { key: 'spark.sql.session.timeZone', value: 'UTC' }],
])('%s', (text, expected) => expect(parseStatement(text)).toEqual({ kind: 'set_conf', ...expected }));

test('what is no setting is refused with advice', () => {
  const message =
    "[INVALID_SET_SYNTAX] Expected format is 'SET', 'SET key', or 'SET key=value'. If you want to include special characters in key, or include semicolon in value, please use backquotes, e.g., SET `key`=`value`.";
  expect(failureOf(() => parseStatement('set x y'))).toEqual(
    parseException('INVALID_SET_SYNTAX', message, 'set x y', 0),
  );
});

test('a statement that Spark itself refuses', () => {
  expect(failureOf(() => parseStatement('grant select on t to u'))).toEqual(
    parseException('_LEGACY_ERROR_TEMP_0035', 'Operation not allowed: grant.', 'grant select on t to u', 0),
  );
});

test.each([
  ['set -v', 'SET -v in SQL'],
  ['update t set a = 1', 'UPDATE in SQL'],
  ['alter table t add columns (a int)', 'ALTER TABLE in SQL'],
  ['select * from t natural join u', 'NATURAL JOIN'],
  ["select * from t pivot (sum(b) for c in ('x'))", 'PIVOT in SQL'],
  ['select * from t tablesample (10 percent)', 'TABLESAMPLE'],
])('%s is refused by name', (text, feature) => {
  expect(thrownBy(() => parseStatement(text)).message).toContain(`Marea does not have ${feature}.`);
});
