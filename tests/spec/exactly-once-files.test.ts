import { describe, expect, test } from 'vitest';
import { longType, stringType, timestampType } from '../../engine/core/data-type.ts';
import { fileLog } from '../../engine/core/file-log.ts';
import { pathOfUri } from '../../engine/core/file-uri.ts';
import { sql, sqlJoin, sqlString } from '../../engine/core/sql-text.ts';
import { openDatabase } from '../../engine/duckdb/open-database.ts';
import { fileSink } from '../../engine/sinks/file-sink.ts';
import type { CrashPoint } from '../../engine/microbatch/start-spec.ts';
import {
  aggregate,
  clickSchema,
  countRows,
  minutesUs,
  stream,
  timeWindow,
  withWatermark,
} from '../support/analyzed-plans.ts';
import { diskFiles } from '../support/disk-files.ts';
import { MemoryStream } from '../support/memory-stream.ts';
import {
  add,
  at,
  crash,
  perform,
  restart,
  run,
  runSteps,
  type StreamUnderTest,
  type World,
} from '../support/streaming.ts';

const click = (time: string, user: string, n: number): readonly [bigint, string, number] => [at(time), user, n];

const copied = (): StreamUnderTest => ({
  plan: () => stream(0, clickSchema),
  streams: [new MemoryStream(clickSchema)],
  outputMode: 'append',
  sink: { format: fileSink('parquet'), path: 'out' },
});

function counted(): StreamUnderTest {
  const windowed = () => timeWindow(withWatermark(stream(0, clickSchema), 'at', 60_000), 'at', minutesUs(10));
  return {
    plan: () => aggregate(windowed(), ['window', 'user'], { count: countRows() }),
    streams: [new MemoryStream(clickSchema)],
    outputMode: 'append',
    sink: { format: fileSink('parquet'), path: 'out' },
  };
}

/** What a reader that honours the sink's log sees. */
async function logged(world: World): Promise<readonly string[]> {
  const log = fileLog<{ readonly path: string }>(`${world.folder}/out/_spark_metadata`, diskFiles(world.folder));
  return (await log.all()).map((entry) => pathOfUri(entry.path));
}

async function valuesIn(files: readonly string[], column: string): Promise<readonly string[]> {
  const database = await openDatabase({ path: ':memory:', threads: 1, scalars: [] });
  try {
    const connection = await database.connect();
    const list = sql`[${sqlJoin(files.map(sqlString), ', ')}]`;
    const rows = await connection.rows(
      sql`SELECT ${sqlJoin([sql`"user"`, sqlString(column)], ' || ')} FROM read_parquet(${list})`,
      [stringType],
    );
    return rows.map((row) => row[0] as string).toSorted();
  } finally {
    await database.close();
  }
}

const points: readonly CrashPoint[] = [
  'after-offsets',
  'after-steps',
  'after-sink-write',
  'after-state-commit',
  'after-publish',
  'after-commit-log',
];

describe('the file sink', () => {
  for (const point of points)
    for (const [what, query] of [
      ['a map', copied],
      ['a windowed count', counted],
    ] as const)
      test(`${what} reaches the files once and leaves nothing behind after a crash ${point}`, () =>
        runSteps(query(), [
          crash(point, 1),
          add(click('12:00', 'ana', 1)),
          run,
          add(click('12:30', 'eva', 2)),
          run,
          restart,
          run,
          add(click('13:30', 'leo', 3)),
          run,
          perform(async (world) => {
            expect(world.crashes).toBe(1);
            const files = await logged(world);
            const expected = what === 'a map' ? ['ana!', 'eva!', 'leo!'] : ['ana!', 'eva!'];
            expect(await valuesIn(files, '!')).toEqual(expected);
            const onDisk = (await diskFiles(world.folder).list(`${world.folder}/out`))
              ?.filter((entry) => !entry.isFolder)
              .map((entry) => entry.path);
            expect(onDisk?.toSorted()).toEqual(files.toSorted());
          }),
        ]));

  test('every batch leaves a file, and the tenth entry of the log holds them all', () =>
    runSteps(copied(), [
      ...Array.from({ length: 11 }, (_, n) => [add(click('12:00', `u${n}`, n)), run]).flat(),
      perform(async (world) => {
        const names = (await diskFiles(world.folder).list(`${world.folder}/out/_spark_metadata`))
          ?.map((entry) => entry.name)
          .toSorted();
        expect(names).toEqual(['0', '1', '10', '2', '3', '4', '5', '6', '7', '8', '9.compact']);
        expect(await logged(world)).toHaveLength(11);
        for (const file of await logged(world))
          expect(file).toMatch(/\/out\/part-00000-[0-9a-f-]{36}-c000\.snappy\.parquet$/);
      }),
    ]));

  test('Parquet files keep instants as instants and carry the Spark schema', () =>
    runSteps(copied(), [
      add(click('12:00', 'ana', 1)),
      run,
      perform(async (world) => {
        const [file = ''] = await logged(world);
        const database = await openDatabase({ path: ':memory:', threads: 1, scalars: [] });
        const connection = await database.connect();
        expect(await connection.describe(sql`SELECT * FROM read_parquet(${sqlString(file)})`)).toEqual([
          { name: 'at', duckdbType: 'TIMESTAMP WITH TIME ZONE' },
          { name: 'user', duckdbType: 'VARCHAR' },
          { name: 'n', duckdbType: 'INTEGER' },
        ]);
        const [row] = await connection.rows(
          sql`SELECT CAST("at" AS TIMESTAMP), n::BIGINT FROM read_parquet(${sqlString(file)})`,
          [timestampType, longType],
        );
        expect(row).toEqual([at('12:00'), 1n]);
        const [schema] = await connection.rows(sql`SELECT decode(value) FROM parquet_kv_metadata(${sqlString(file)})`, [
          stringType,
        ]);
        expect(schema?.[0]).toContain('"name":"at","type":"timestamp"');
        await database.close();
      }),
    ]));
});
