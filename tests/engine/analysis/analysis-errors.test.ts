import { describe, expect, test } from 'vitest';
import type { Relation } from '../../../engine/plan/relation.ts';
import { AnalysisFixture, col, columnsOf, expr, firstLine, messageOf, select } from './analysis-fixture.ts';

const session = new AnalysisFixture();
const df = session.table('Amount INT, Type STRING, precio DOUBLE, arr ARRAY<INT>, m MAP<STRING,INT>');
const columns = (...expressions: readonly string[]): readonly string[] =>
  columnsOf(session.analyze(select(df, ...expressions.map(expr))));

describe('what analysis refuses, with the words of Spark', () => {
  test.each([
    [
      'Amuont',
      '[UNRESOLVED_COLUMN.WITH_SUGGESTION] A column or function parameter with name `Amuont` cannot be resolved. Did you mean one of the following? [`Amount`, `m`, `Type`, `arr`, `precio`].; line 1 pos 0;',
    ],
    [
      'sumar(Amount)',
      '[UNRESOLVED_ROUTINE] Cannot resolve function `sumar` on search path [`system`.`builtin`, `system`.`session`, `spark_catalog`.`default`].; line 1 pos 0',
    ],
    [
      'upper(Type, 1)',
      "[WRONG_NUM_ARGS.WITHOUT_SUGGESTION] The `upper` requires 1 parameters but the actual number is 2. Please, refer to 'https://spark.apache.org/docs/latest/sql-ref-functions.html' for a fix.; line 1 pos 0",
    ],
    [
      'struct(Amount) > 1',
      '[DATATYPE_MISMATCH.BINARY_OP_DIFF_TYPES] Cannot resolve "(struct(Amount) > 1)" due to data type mismatch: the left and right operands of the binary operator have incompatible types ("STRUCT<Amount: INT>" and "INT").; line 1 pos 0;',
    ],
    [
      'cast(array(Amount) as int)',
      '[DATATYPE_MISMATCH.CAST_WITHOUT_SUGGESTION] Cannot resolve "CAST(array(Amount) AS INT)" due to data type mismatch: cannot cast "ARRAY<INT>" to "INT".; line 1 pos 0;',
    ],
    [
      'explode(Type)',
      '[DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE] Cannot resolve "explode(Type)" due to data type mismatch: Parameter 1 requires the ("ARRAY" or "MAP") type, however "Type" has the type "STRING".; line 1 pos 0;',
    ],
    [
      'upper(explode(arr))',
      '[UNSUPPORTED_GENERATOR.NESTED_IN_EXPRESSIONS] The generator is not supported: nested in expressions "upper(explode(arr))".',
    ],
    [
      'greatest(Amount, arr)',
      '[DATATYPE_MISMATCH.DATA_DIFF_TYPES] Cannot resolve "greatest(Amount, arr)" due to data type mismatch: Input to `greatest` should all be the same type, but it\'s ["INT", "ARRAY<INT>"].; line 1 pos 0;',
    ],
    [
      'coalesce(Amount, arr)',
      '[DATATYPE_MISMATCH.DATA_DIFF_TYPES] Cannot resolve "coalesce(Amount, arr)" due to data type mismatch: Input to `coalesce` should all be the same type, but it\'s ("INT" or "ARRAY<INT>").; line 1 pos 0;',
    ],
    [
      'Amount and Type',
      '[DATATYPE_MISMATCH.BINARY_OP_DIFF_TYPES] Cannot resolve "(Amount AND Type)" due to data type mismatch: the left and right operands of the binary operator have incompatible types ("INT" and "STRING").; line 1 pos 0;',
    ],
    [
      'not Amount',
      '[DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE] Cannot resolve "(NOT Amount)" due to data type mismatch: Parameter 1 requires the "BOOLEAN" type, however "Amount" has the type "INT".; line 1 pos 0;',
    ],
    [
      'true > 1',
      '[DATATYPE_MISMATCH.BINARY_OP_DIFF_TYPES] Cannot resolve "(true > 1)" due to data type mismatch: the left and right operands of the binary operator have incompatible types ("BOOLEAN" and "INT").; line 1 pos 0;',
    ],
    [
      'm = m',
      '[DATATYPE_MISMATCH.INVALID_ORDERING_TYPE] Cannot resolve "(m = m)" due to data type mismatch: The `=` does not support ordering on type "MAP<STRING, INT>".; line 1 pos 0;',
    ],
    [
      'sum(arr)',
      '[DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE] Cannot resolve "sum(arr)" due to data type mismatch: Parameter 1 requires the "NUMERIC" or "ANSI INTERVAL" type, however "arr" has the type "ARRAY<INT>".; line 1 pos 0;',
    ],
    [
      'Amount.x',
      '[INVALID_EXTRACT_BASE_FIELD_TYPE] Can\'t extract a value from "Amount". Need a complex type [STRUCT, ARRAY, MAP] but got "INT".; line 1 pos 0',
    ],
    ['struct(Amount).nada', '[FIELD_NOT_FOUND] No such struct field `nada` in `Amount`.'],
    ['row_number()', '[WINDOW_FUNCTION_WITHOUT_OVER_CLAUSE] Window function "row_number()" requires an OVER clause.;'],
    [
      'row_number() over (partition by Type)',
      'Window function row_number() requires window to be ordered, please add ORDER BY clause. For example SELECT row_number()(value_expr) OVER (PARTITION BY window_partition ORDER BY window_ordering) from table.',
    ],
    [
      'count(distinct Amount) over (partition by Type)',
      '[DISTINCT_WINDOW_FUNCTION_UNSUPPORTED] Distinct window functions are not supported: "count(DISTINCT Amount) OVER (PARTITION BY Type ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)".;',
    ],
    [
      'upper(Type) over (order by Amount)',
      '[UNSUPPORTED_EXPR_FOR_WINDOW] Expression "upper(Type)" not supported within a window function.;',
    ],
    [
      'arr["x"]',
      '[DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE] Cannot resolve "arr[x]" due to data type mismatch: Parameter 2 requires the "INTEGRAL" type, however "x" has the type "STRING".; line 1 pos 0;',
    ],
  ])('select %s', (written, expected) => expect(firstLine(() => columns(written))).toBe(expected));

  test('an aggregate beside a plain column, without groups', () =>
    expect(firstLine(() => columns('Type', 'sum(Amount)'))).toBe(
      '[MISSING_GROUP_BY] The query does not include a GROUP BY clause. Add GROUP BY or turn it into the window functions using OVER clauses.;',
    ));

  test('the failing plan is printed under the message', () =>
    expect(messageOf(() => session.analyze(select(df, col('Amuont')))).replace(/#\d+/g, '#n')).toContain(
      "].;\n'Project ['Amuont]\n+- LogicalRDD [Amount#n, Type#n, precio#n, arr#n, m#n], false\n",
    ));

  test('proposals keep the qualifiers that tell columns apart', () => {
    const joined = session.frame({
      kind: 'join',
      left: { kind: 'subquery_alias', input: df, alias: 'a' },
      right: { kind: 'subquery_alias', input: df, alias: 'b' },
      join_type: 'inner',
      join_condition: expr('a.Amount = b.Amount'),
    });
    expect(firstLine(() => session.analyze(select(joined, col('x'))))).toBe(
      '[UNRESOLVED_COLUMN.WITH_SUGGESTION] A column or function parameter with name `x` cannot be resolved. Did you mean one of the following? [`a`.`m`, `b`.`m`, `a`.`arr`, `b`.`arr`, `a`.`Type`].;',
    );
  });

  test('select without FROM has nothing to propose', () =>
    expect(firstLine(() => session.sql('select Amount'))).toBe(
      '[UNRESOLVED_COLUMN.WITHOUT_SUGGESTION] A column or function parameter with name `Amount` cannot be resolved. ; line 1 pos 7;',
    ));

  test('an unknown view is named', () =>
    expect(firstLine(() => session.sql('select * from nada'))).toBe(
      '[TABLE_OR_VIEW_NOT_FOUND] The table or view `nada` cannot be found. Verify the spelling and correctness of the schema and catalog.',
    ));

  test('limits below zero', () =>
    expect(firstLine(() => session.analyze({ kind: 'limit', input: df, limit: -1 }))).toBe(
      '[INVALID_LIMIT_LIKE_EXPRESSION.IS_NEGATIVE] The limit like expression "-1" is invalid. The limit expression must be equal to or greater than 0, but got -1.;',
    ));
});

describe('a generator where none may stand', () => {
  const session = new AnalysisFixture();
  const df = session.table('a ARRAY<INT>');
  const shown = (relation: Relation): string => firstLine(() => session.analyze(relation)).replace(/#\d+/g, '#n');
  const refusal =
    '[UNSUPPORTED_GENERATOR.OUTSIDE_SELECT] The generator is not supported: outside the SELECT clause, found: ';

  test('in a filter the message shows the filter', () =>
    expect(shown({ kind: 'filter', input: df, condition: expr('explode(a) IS NOT NULL') })).toBe(
      `${refusal}Filter isnotnull(explode(a#n)).`,
    ));
  test('in a sort it shows the sort', () =>
    expect(
      shown({
        kind: 'sort',
        input: df,
        order: [
          { kind: 'sort_order', child: expr('explode(a)'), direction: 'ascending', null_ordering: 'nulls_first' },
        ],
      }),
    ).toBe(`${refusal}Sort [explode(a#n) ASC NULLS FIRST], true.`));
  test('among grouping columns the column it reads is the one that is not grouped', () => {
    const nested = session.table('l STRUCT<a: ARRAY<INT>>');
    expect(
      shown({
        kind: 'aggregate',
        input: nested,
        group_type: 'groupby',
        grouping_expressions: [expr('explode(l.a)')],
        aggregate_expressions: [],
      }),
    ).toContain('[MISSING_AGGREGATION] The non-aggregating expression "l" is based on columns');
  });
});
