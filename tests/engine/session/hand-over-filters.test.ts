import { describe, expect, test } from 'vitest';
import type { QueryPort } from '../../../engine/api/query-port.ts';
import type { SourceFilter } from '../../../engine/api/source-filter.ts';
import type { BatchSource, WantedRows } from '../../../engine/api/source.ts';
import { booleanType, field, integerType, stringType, structType } from '../../../engine/core/data-type.ts';
import { jsScalars } from '../../../engine/functions/scalar/catalog.ts';
import { openDatabase } from '../../../engine/duckdb/open-database.ts';
import type { BoundExpression } from '../../../engine/plan/bound-expression.ts';
import type { AnalyzedRelation } from '../../../engine/plan/analyzed-relation.ts';
import { plansOfKind } from '../../../engine/plan/walk-plan.ts';
import { handOverFilters } from '../../../engine/session/hand-over-filters.ts';
import * as plan from '../compile/plan-builder.ts';

const [id, name, is, code] = [
  plan.attribute('id', integerType),
  plan.attribute('name', stringType),
  plan.attribute('is', booleanType),
  plan.attribute('code', stringType),
];
const table = plan.source(1, [id, name, is, code], false);
const text = (value: string): BoundExpression => plan.lit(value, stringType);
const number = (value: number): BoundExpression => plan.lit(value, integerType);
const isAna = plan.test('==', plan.ref(name), text('ana'));
const length = plan.call('length', integerType, plan.ref(name));
const ana: SourceFilter = { kind: 'compare', operator: '=', column: 'name', type: stringType, value: 'ana' };

const database = await openDatabase({ path: ':memory:', threads: 1, temporaryFolder: '.', scalars: jsScalars });
const connection = await database.connect();
const query: QueryPort = {
  rows: (select, types) => connection.rows(select, types),
  describe: (select) => connection.describe(select),
};
const context = { zone: 'UTC', ansi: false, nowUs: 0n, timeParserPolicy: 'CORRECTED' } as const;

type Handed = {
  readonly asked: readonly WantedRows[];
  readonly kept: readonly BoundExpression[];
  readonly plan: AnalyzedRelation;
};

/** What the source at key 1 is asked for, and the conditions that stay in the plan. */
async function handed(root: AnalyzedRelation, takes: BatchSource['takes'] = () => true): Promise<Handed> {
  const asked: WantedRows[] = [];
  const source: BatchSource = {
    schema: structType([id, name, is, code].map((each) => field(each.name, each.type))),
    description: 'a server',
    takes,
    paddedColumns: new Map([['code', 4]]),
    read: async (wanted) => {
      if (wanted) asked.push(wanted);
      return { kind: 'rows', blocks: [] };
    },
  };
  const result = await handOverFilters(root, new Map([[1, source]]), query, context);
  for (const read of result.reads.values()) await read();
  const kept = plansOfKind(result.plan, 'filter').map(({ condition }) => condition);
  return { asked, kept, plan: result.plan };
}

const where = (...parts: readonly BoundExpression[]): AnalyzedRelation =>
  plan.filter(
    table,
    parts.reduce((left, right) => plan.test('and', left, right)),
  );

describe('the filters of a source that tests them itself', () => {
  test('a comparison of a column goes to the source and leaves the plan', async () => {
    const { asked, kept } = await handed(where(isAna));
    expect(asked.map(({ filters }) => filters)).toEqual([[ana]]);
    expect(kept).toEqual([]);
  });

  test('what no source is asked stays', async () => {
    const long = plan.test('>', length, number(2));
    const { asked, kept } = await handed(where(plan.test('<', plan.ref(id), number(9)), long));
    expect(asked[0]?.filters).toEqual([{ kind: 'compare', operator: '<', column: 'id', type: integerType, value: 9 }]);
    expect(kept).toEqual([long]);
  });

  test('half an OR is no filter', async () => {
    const either = plan.test('or', isAna, plan.test('>', length, number(2)));
    const { asked, kept } = await handed(where(either));
    expect(asked[0]?.filters).toEqual([]);
    expect(kept).toEqual([either]);
  });

  test('NOT (a OR b) is two conditions, of which one may go', async () => {
    const { asked, kept } = await handed(
      where(plan.test('not', plan.test('or', isAna, plan.test('>', length, number(2))))),
    );
    expect(asked[0]?.filters).toEqual([{ kind: 'not', filter: ana }]);
    expect(kept).toHaveLength(1);
  });

  test('constants are worked out first', async () => {
    const { asked } = await handed(where(plan.test('==', plan.ref(name), plan.call('lower', stringType, text('ANA')))));
    expect(asked[0]?.filters).toEqual([ana]);
  });

  test('a column that is known is replaced by its value, and what then always holds is gone', async () => {
    const { asked, kept } = await handed(where(isAna, plan.test('==', length, number(3))));
    expect(asked[0]?.filters).toEqual([ana]);
    expect(kept).toEqual([]);
  });

  test('a LIKE with a beginning and an end leaves the length to the plan', async () => {
    const { asked, kept } = await handed(where(plan.test('like', plan.ref(name), text('a%na'))));
    expect(asked[0]?.filters).toEqual([
      { kind: 'text', test: 'starts_with', column: 'name', text: 'a' },
      { kind: 'text', test: 'ends_with', column: 'name', text: 'na' },
    ]);
    expect(kept).toEqual([expect.objectContaining({ name: '>=' })]);
  });

  test('a boolean column is compared with true, also where it is to be false', async () => {
    const isTrue: SourceFilter = { kind: 'compare', operator: '=', column: 'is', type: booleanType, value: true };
    const isFalse = plan.test('==', plan.ref(is), plan.lit(false, booleanType));
    expect((await handed(where(plan.ref(is)))).asked[0]?.filters).toEqual([isTrue]);
    expect((await handed(where(isFalse))).asked[0]?.filters).toEqual([{ kind: 'not', filter: isTrue }]);
  });

  test('a column of fixed length is compared with a padded constant, and never by the source', async () => {
    const { asked, kept } = await handed(where(plan.test('==', plan.ref(code), text('ab'))));
    expect(asked[0]?.filters).toEqual([]);
    expect(kept).toEqual([plan.test('==', plan.ref(code), text('ab  '))]);
  });

  test('a source that takes none is read whole', async () => {
    const { asked, kept } = await handed(where(isAna), () => false);
    expect(asked[0]?.filters).toEqual([]);
    expect(kept).toEqual([isAna]);
  });

  test('two places that filter one source differently read it twice', async () => {
    const isBea = plan.test('==', plan.ref(name), text('bea'));
    const both = plan.union(plan.filter(table, isAna), plan.filter(table, isBea));
    const { asked, plan: left } = await handed(both);
    expect(asked).toHaveLength(2);
    expect(new Set(plansOfKind(left, 'source').map(({ sourceKey }) => sourceKey)).size).toBe(2);
  });
});

test('only columns that are looked at are asked for', async () => {
  const { asked } = await handed(plan.project(where(isAna), plan.item(plan.ref(id))));
  expect([...(asked[0]?.columns ?? [])]).toEqual(['id']);
});
