import { afterAll, beforeAll, expect, test } from 'vitest';
import { integerType, longType, stringType } from '../../../engine/core/data-type.ts';
import type { Row } from '../../../engine/core/spark-value.ts';
import { jsScalars } from '../../../engine/functions/scalar/catalog.ts';
import type { Connection } from '../../../engine/duckdb/connection.ts';
import { openDatabase, type Database } from '../../../engine/duckdb/open-database.ts';
import type { AnalyzedRelation } from '../../../engine/plan/analyzed-relation.ts';
import * as plan from './plan-builder.ts';
import { runPlan } from './run-plan.ts';

let database: Database;
let connection: Connection;
beforeAll(async () => {
  database = await openDatabase({ path: ':memory:', threads: 2, scalars: jsScalars });
  connection = await database.connect();
});
afterAll(() => database.close());

const text =
  'el agua de la marea sube y baja con la luna y el sol de la tarde mientras un barco cruza la bahía y otro espera';
const w = plan.attribute('w', stringType);
const x = plan.attribute('x', integerType);
const words = plan.localRows(
  [w, x],
  text.split(' ').map((word, i): Row => [i % 11 ? word : null, (i * 7) % 5]),
);
const count = plan.aggregateCall('count', longType, plan.lit(1, integerType));
const keys = async (of: AnalyzedRelation, shufflePartitions: number): Promise<string> =>
  (await runPlan(connection, of, { shufflePartitions })).map((row) => String(row[0] as string | null)).join(' ');

/** Orders that Spark 3.5.7 printed for these words (`local[1]`). */
test('groups come out in the order of Spark’s shuffle into 200 partitions', async () => {
  expect(await keys(plan.aggregate(words, [w], [count]), 200)).toBe(
    'baja null de tarde otro mientras con el marea y luna espera agua sube un sol cruza la barco',
  );
  expect(await keys(plan.deduplicate(plan.project(words, plan.item(plan.ref(w))), w), 200)).toBe(
    'baja de tarde otro mientras con el marea y luna espera agua sube un sol cruza la barco null',
  );
});

test('with one partition groups come as their first rows came, NULL keys last', async () => {
  const arrived = text.split(' ').filter((_, i) => i % 11 !== 0);
  expect(await keys(plan.aggregate(words, [w], [count]), 1)).toBe([...new Set(arrived), 'null'].join(' '));
});

test('an aggregate that keeps text sorts its groups by key', async () => {
  const longest = plan.aggregateCall('max', stringType, plan.ref(w));
  expect(await keys(plan.aggregate(words, [x], [longest]), 200)).toBe('0 1 2 3 4');
});
