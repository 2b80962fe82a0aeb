import { afterAll, beforeAll, expect, test } from 'vitest';
import { startKernel, type TestKernel } from '../../main/kernel/start-kernel.ts';

let python: TestKernel;
beforeAll(async () => {
  python = await startKernel();
  await python.run(`from pyspark.sql import SparkSession, Window
from pyspark.sql.functions import *
spark = SparkSession.builder.getOrCreate()
df = spark.range(3)`);
});
afterAll(() => python.kernel.shutdown());

const complete = async (source: string): Promise<readonly string[]> => {
  const answer = (await python.kernel.service('complete', source, source.length)) as {
    readonly items: readonly (readonly [string, string])[];
  };
  return answer.items.map(([name]) => name);
};

// Nothing is run to find these: return annotations lead from call to call.
test.each([
  ['spark.readStream.format("kafka").option("a", "b").lo', 'load'],
  ['df.filter("n > 1").dropDup', 'dropDuplicatesWithinWatermark'],
  ['df.withWatermark("t", "1 minute").groupBy(window("t", "1 minute")).cou', 'count'],
  ['df.groupBy("n").count().writeS', 'writeStream'],
  ['df.writeStream.outputMode("update").tri', 'trigger'],
  ['df.writeStream.start().awaitT', 'awaitTermination'],
  ['col("n").cas', 'cast'],
  ['(col("n") + 1).ali', 'alias'],
  ['Window.partitionBy("n").rowsB', 'rowsBetween'],
  ['spark.streams.act', 'active'],
  ['df.writeStream.trigger(avail', 'availableNow='],
  ['df.\\\n  sel', 'select'],
  ['from pyspark.sql.functions import to_times', 'to_timestamp'],
  ['spa', 'spark'],
])('%s… completes to %s', async (source, name) => {
  expect(await complete(source)).toContain(name);
});

test('the columns of a frame complete as well', async () => {
  expect(await complete('df.')).toEqual(expect.arrayContaining(['n', 's', 'select']));
});

test('a signature shows its parameters and the one the cursor is in', async () => {
  const source = 'window("t", ';
  expect(await python.kernel.service('signature', source, source.length)).toMatchObject({
    name: 'window',
    params: ['timeColumn', 'windowDuration', 'slideDuration=None', 'startTime=None'],
    active: 1,
  });
});

test('a frame tells its columns among the variables without running anything', async () => {
  const variables = (await python.kernel.service('variables')) as readonly {
    readonly name: string;
    readonly repr: string;
  }[];
  expect(variables.find(({ name }) => name === 'df')?.repr).toBe('DataFrame[n: bigint, s: string]');
});
