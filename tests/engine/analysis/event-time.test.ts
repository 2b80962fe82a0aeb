import { describe, expect, test } from 'vitest';
import type { Expression } from '../../../engine/plan/expression.ts';
import type { Relation } from '../../../engine/plan/relation.ts';
import {
  AnalysisFixture,
  alias,
  call,
  col,
  columnsOf,
  expr,
  firstLine,
  namesOf,
  select,
  text,
} from './analysis-fixture.ts';

const session = new AnalysisFixture();
const df = session.sqlFrame(
  "SELECT 1 AS id, timestamp'2024-01-10 10:00:30' AS ts, date'2024-01-10' AS dia, '2024-01-10 10:00:30' AS texto, timestamp_ntz'2024-01-10 10:00:30' AS ntz, true AS b, named_struct('start', timestamp'2024-01-10 10:00:00', 'end', timestamp'2024-01-10 11:00:00') AS s",
);
const window = (time: string, ...durations: readonly string[]): Expression =>
  call('window', col(time), ...durations.map(text));
const counted = (input: Relation, ...by: readonly Expression[]): Relation => ({
  kind: 'aggregate',
  input,
  group_type: 'groupby',
  grouping_expressions: by,
  aggregate_expressions: [alias(expr('count(1)'), 'count')],
});

describe('window()', () => {
  test('tumbling windows are never NULL, sliding ones may be', () => {
    expect(columnsOf(session.analyze(select(df, window('ts', '2 minutes'))))).toEqual([
      'window struct<start:timestamp,end:timestamp>!',
    ]);
    expect(columnsOf(session.analyze(select(df, window('ts', '2 minutes', '1 minute'))))).toEqual([
      'window struct<start:timestamp,end:timestamp>',
    ]);
    expect(columnsOf(session.analyze(select(df, window('ntz', '2 minutes'))))).toEqual([
      'window struct<start:timestamp_ntz,end:timestamp_ntz>!',
    ]);
    expect(columnsOf(session.analyze(select(df, call('session_window', col('ts'), text('5 minutes')))))).toEqual([
      'session_window struct<start:timestamp,end:timestamp>!',
    ]);
  });
  test.each([
    [['2 min'], "[CANNOT_PARSE_INTERVAL] Unable to parse '2 min'. Please ensure"],
    [['1 month'], 'Intervals greater than a month is not supported (1 month).'],
    [
      ['0 seconds'],
      '[DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE] Cannot resolve "window(ts, 0, 0, 0)" due to data type mismatch: The `window_duration` must be between (0, 9223372036854775807] (current value = 0L).;',
    ],
    [
      ['2 minutes', '3 minutes'],
      '[DATATYPE_MISMATCH.PARAMETER_CONSTRAINT_VIOLATION] Cannot resolve "window(ts, 120000000, 180000000, 0)" due to data type mismatch: The `slide_duration`(180000000L) must be <= the `window_duration`(120000000L).;',
    ],
    [
      ['2 minutes', '-1 minutes'],
      'The `slide_duration` must be between (0, 9223372036854775807] (current value = -60000000L).;',
    ],
    [
      ['2 minutes', '1 minute', '90 seconds'],
      '[DATATYPE_MISMATCH.PARAMETER_CONSTRAINT_VIOLATION] Cannot resolve "window(ts, 120000000, 60000000, 90000000)" due to data type mismatch: The `abs(start_time)`(90000000L) must be < the `slide_duration`(60000000L).;',
    ],
  ])('durations %j', (durations, expected) =>
    expect(firstLine(() => session.analyze(select(df, window('ts', ...durations))))).toContain(expected),
  );
  test.each(['dia', 'texto', 'ntz', 'ts'])('%s is a time', (time) =>
    expect(namesOf(session.analyze(select(df, window(time, '1 hour'))))).toEqual(['window']),
  );
  test.each([
    [
      'id',
      '[DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE] Cannot resolve "window(id, 3600000000, 3600000000, 0)" due to data type mismatch: Parameter 1 requires the ("(TIMESTAMP OR TIMESTAMP WITHOUT TIME ZONE)" or "STRUCT<start: TIMESTAMP, end: TIMESTAMP>" or "STRUCT<start: TIMESTAMP_NTZ, end: TIMESTAMP_NTZ>") type, however "id" has the type "INT".;',
    ],
    ['s', 'The input is not a correct window column: window_time(s#n);'],
    [
      'nada',
      '[UNRESOLVED_COLUMN.WITH_SUGGESTION] A column or function parameter with name `nada` cannot be resolved. Did you mean one of the following? [`id`, `b`, `dia`, `ntz`, `s`].;',
    ],
  ])('%s is none', (time, expected) =>
    expect(firstLine(() => session.analyze(select(df, window(time, '1 hour')))).replace(/#\d+/g, '#n')).toBe(expected),
  );
  test('equal calls share one window, different ones are refused', () => {
    expect(
      namesOf(session.analyze(select(df, alias(window('ts', '1 minute'), 'a'), alias(window('ts', '1 minute'), 'b')))),
    ).toEqual(['a', 'b']);
    expect(firstLine(() => session.analyze(counted(df, window('ts', '1 minute'), window('dia', '1 minute'))))).toBe(
      'Multiple time/session window expressions would result in a cartesian product of rows, therefore they are currently not supported.',
    );
  });
  test('it may stand in a filter, a sort and an aggregate', () => {
    expect(
      namesOf(
        session.analyze({ kind: 'filter', input: df, condition: expr("window(ts, '1 minute').start < '2025-01-01'") }),
      ),
    ).toHaveLength(7);
    expect(
      namesOf(
        session.analyze({
          kind: 'sort',
          input: df,
          order: [
            {
              kind: 'sort_order',
              child: window('ts', '1 minute'),
              direction: 'ascending',
              null_ordering: 'nulls_first',
            },
          ],
        }),
      ),
    ).toHaveLength(7);
    expect(
      namesOf(
        session.analyze({
          kind: 'aggregate',
          input: df,
          group_type: 'groupby',
          grouping_expressions: [col('id')],
          aggregate_expressions: [expr("max(window(ts, '1 minute').start)")],
        }),
      ),
    ).toEqual(['id', 'max(window.start)']);
  });
  test('SQL text groups by it and selects its fields', () => {
    session.view('clicks', df);
    expect(
      columnsOf(
        session.sql(
          "SELECT window.start, window.end, count(*) AS n FROM clicks GROUP BY window(ts, '2 minutes') HAVING n > 1 ORDER BY 1",
        ),
      ),
    ).toEqual(['start timestamp', 'end timestamp', 'n bigint!']);
    expect(
      namesOf(
        session.sql(
          'SELECT window_time(window) AS t, n FROM (SELECT window, count(*) AS n FROM clicks GROUP BY window(ts, 120000000)) ORDER BY t',
        ),
      ),
    ).toEqual(['t', 'n']);
    expect(
      firstLine(() => session.sql('SELECT count(*) FROM clicks GROUP BY window(ts, INTERVAL 2 MINUTES)')),
    ).toContain('The duration and time inputs to window must be an integer, long or string literal.');
    expect(firstLine(() => session.sql('SELECT window(ts) FROM clicks'))).toContain(
      '[WRONG_NUM_ARGS.WITHOUT_SUGGESTION] The `window` requires [2, 3, 4] parameters but the actual number is 1.',
    );
  });
});

describe('withWatermark', () => {
  const d = session.stream(
    'id INT, texto STRING, momento TIMESTAMP, local TIMESTAMP_NTZ, dia DATE, s STRUCT<t: TIMESTAMP, end: TIMESTAMP>',
  );
  const watermark = (column: string, delay: string, input: Relation = d): Relation => ({
    kind: 'with_watermark',
    input,
    event_time: column,
    delay_threshold: delay,
  });
  const tags = (relation: Relation): readonly (string | number)[] =>
    session
      .analyze(relation)
      .output.flatMap((a) => (a.watermarkDelayMs === undefined ? [] : [a.name, a.watermarkDelayMs]));
  test('tags one column with its delay in milliseconds; a month is 31 days', () => {
    expect(tags(watermark('MOMENTO', '1 hour 30 minutes'))).toEqual(['momento', 5_400_000]);
    expect(tags(watermark('momento', '1 month'))).toEqual(['momento', 31 * 86_400_000]);
    expect(tags(watermark('s', '1 minute', watermark('momento', '1 minute')))).toEqual(['s', 60_000]);
  });
  test.each([
    [
      'texto',
      '10 minutes',
      '[EVENT_TIME_IS_NOT_ON_TIMESTAMP_TYPE] The event time `texto` has the invalid type "STRING", but expected "TIMESTAMP".;',
    ],
    [
      'local',
      '10 minutes',
      '[EVENT_TIME_IS_NOT_ON_TIMESTAMP_TYPE] The event time `local` has the invalid type "TIMESTAMP_NTZ", but expected "TIMESTAMP".;',
    ],
    [
      'timestamp',
      '10 minutes',
      '[UNRESOLVED_COLUMN.WITH_SUGGESTION] A column or function parameter with name `timestamp` cannot be resolved. Did you mean one of the following? [`momento`, `texto`, `dia`, `id`, `local`].;',
    ],
    ['momento', '-1 minutes', 'requirement failed: delay threshold (-1 minutes) should not be negative.'],
    [
      'momento',
      '1 hour -90 minutes',
      'requirement failed: delay threshold (1 hour -90 minutes) should not be negative.',
    ],
    ['momento', '1 quarter', "[CANNOT_PARSE_INTERVAL] Unable to parse '1 quarter'."],
  ])('%s with %s', (column, delay, expected) =>
    expect(firstLine(() => session.analyze(watermark(column, delay)))).toContain(expected),
  );
  test('does nothing to a batch frame, whatever the column', () =>
    expect(namesOf(session.analyze(watermark('nada', '1 minute', df)))).toHaveLength(7));

  const wm = session.frame(watermark('momento', '5 minutes'));
  const carried = (time: Expression): boolean =>
    session.analyze(counted(wm, call('window', time, text('10 minutes')))).output[0]?.watermarkDelayMs !== undefined;
  test.each([
    ['the column by name', col('momento'), true],
    ['expr', expr('momento'), true],
    ['the column of the watermarked frame', col('momento', wm), true],
    ['the column of the frame before it', col('momento', d), false],
    ['an alias inside window()', alias(col('momento'), 't'), false],
    ['a computed time', expr('momento + interval 1 hour'), false],
  ])('%s: does the window carry the watermark', (_title, time, expected) => expect(carried(time)).toBe(expected));
  test('renaming keeps the watermark, computing loses it', () => {
    expect(tags(select(wm, alias(col('momento'), 'm'), col('id')))).toEqual(['m', 300_000]);
    expect(
      tags({ kind: 'with_columns', input: wm, aliases: [alias(expr("date_trunc('hour', momento)"), 'momento')] }),
    ).toEqual([]);
  });
  test('a window of a window keeps it', () => {
    const first = session.frame(counted(wm, call('window', col('momento'), text('1 minute'))));
    expect(tags(counted(first, call('window', col('window'), text('5 minutes'))))).toEqual(['window', 300_000]);
    expect(tags(counted(first, call('window', call('window_time', col('window')), text('5 minutes'))))).toEqual([
      'window',
      300_000,
    ]);
  });
});
