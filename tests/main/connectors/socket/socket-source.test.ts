import { expect, test } from 'vitest';
import type { ReadRequest, SourceContext } from '../../../../engine/api/source.ts';
import { SparkError } from '../../../../engine/core/spark-error.ts';
import { stringType, structType, field } from '../../../../engine/core/data-type.ts';
import { socketSink, socketSource } from '../../../../main/connectors/socket/socket-source.ts';

const source = socketSource({ lines: async (host, port) => ({ host, port, embedded: false }) });
const context = { conf: () => undefined } as unknown as SourceContext;

type Options = Readonly<Record<string, string>>;
const request = (options: Options): ReadRequest => ({
  format: 'socket',
  schema: undefined,
  options: {
    get: (name) => Object.entries(options).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1],
    entries: Object.entries(options),
  },
  paths: [],
});

const failure = async (action: Promise<unknown> | undefined): Promise<string> => {
  const error = await action?.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof SparkError)) throw new Error(`no SparkError: ${String(error)}`);
  const name = typeof error.errorClass === 'string' ? error.errorClass : error.errorClass.java;
  return [name, error.condition ?? '-', error.message].join(' | ');
};

const setHost = 'AnalysisException | _LEGACY_ERROR_TEMP_1295 | Set a host to read from with option("host", ...).';
const setPort = 'AnalysisException | _LEGACY_ERROR_TEMP_1296 | Set a port to read from with option("port", ...).';
const trueOrFalse =
  'AnalysisException | _LEGACY_ERROR_TEMP_1297 | IncludeTimestamp must be set to either "true" or "false".';
const ok = { host: 'localhost', port: '9999' };

// What Spark 3.5.7 says to each of these.
test.each([
  [{}, setHost],
  [{ port: '9999' }, setHost],
  [{ HOST: 'localhost' }, setPort],
  [{ ...ok, includeTimestamp: 'si' }, trueOrFalse],
  [{ ...ok, includeTimestamp: '' }, trueOrFalse],
  [{ ...ok, port: 'abc' }, 'NumberFormatException | - | For input string: "abc"'],
  [{ ...ok, port: ' 1' }, 'NumberFormatException | - | For input string: " 1"'],
  [{ ...ok, port: '99999999999' }, 'NumberFormatException | - | For input string: "99999999999"'],
  [{ ...ok, numPartitions: 'x' }, 'NumberFormatException | - | For input string: "x"'],
])('load() with %j is refused', async (options, sentence) => {
  expect(await failure(source.loadStream?.(request(options), context))).toBe(sentence);
});

test('the schema has a timestamp when it is asked for, in any spelling of true', async () => {
  const typesOf = async (options: Options) =>
    (await source.loadStream?.(request(options), context))?.schema.fields.map(({ name, nullable }) => [name, nullable]);
  expect(await typesOf({ host: 'localhost', port: '+9999' })).toEqual([['value', true]]);
  expect(await typesOf({ ...ok, includetimestamp: 'TRUE' })).toEqual([
    ['value', true],
    ['timestamp', true],
  ]);
});

test('a schema of the learner’s own is refused', async () => {
  const schema = structType([field('v', stringType)]);
  expect(await failure(source.loadStream?.({ ...request(ok), schema }, context))).toContain(
    'TextSocketSourceProvider source does not support user-specified schema.',
  );
});

test('it cannot be read as a batch', async () => {
  expect(await failure(source.loadBatch?.(request({}), context))).toBe(setHost);
  expect(await failure(source.loadBatch?.(request(ok), context))).toBe(
    'AnalysisException | _LEGACY_ERROR_TEMP_1135 | socket is not a valid Spark SQL Data Source.',
  );
});

test('it cannot be written to, and Spark looks at the options first', async () => {
  const write = (options: Options) => ({
    ...request(options),
    path: undefined,
    partitionBy: [],
    schema: structType([]),
  });
  const unused = {} as never;
  expect(await failure(socketSink.openStream?.(write({}), unused, unused))).toBe(setHost);
  expect(await failure(socketSink.openStream?.(write(ok), unused, unused))).toBe(
    'UnsupportedOperationException | _LEGACY_ERROR_TEMP_2049 | Data source socket does not support streamed writing.',
  );
  expect(await failure(socketSink.writeBatch?.(write(ok), 'append', unused, unused))).toContain(
    'TextSocketSourceProvider does not allow create table as select.',
  );
});
