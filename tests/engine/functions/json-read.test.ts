import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { simpleString } from '../../../engine/core/type-names.ts';
import { stringType, type StructType } from '../../../engine/core/data-type.ts';
import { sql, sqlJoin, sqlName, type Sql } from '../../../engine/core/sql-text.ts';
import type { Connection } from '../../../engine/duckdb/connection.ts';
import { openDatabase, type Database } from '../../../engine/duckdb/open-database.ts';
import { castSql } from '../../../engine/functions/cast.ts';
import { inferCsvSchema, readCsvSelect } from '../../../engine/functions/csv-read.ts';
import { inferJsonSchema } from '../../../engine/functions/json-infer.ts';
import { readJsonSelect } from '../../../engine/functions/json-read.ts';
import type { ReadContext } from '../../../engine/functions/read-context.ts';
import { jsScalars } from '../../../engine/functions/scalar/catalog.ts';
import { optionsOfRecord } from '../../../engine/functions/text-options.ts';
import { parseTableSchema } from '../../../engine/parser/parse-table-schema.ts';

let folder: string;
let database: Database;
let connection: Connection;
let context: ReadContext;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'marea-read-'));
  database = await openDatabase({ path: ':memory:', threads: 2, scalars: jsScalars });
  connection = await database.connect();
  context = {
    zone: 'UTC',
    conf: () => undefined,
    clock: { now: () => 1_720_000_000_000 },
    query: { rows: (select, types) => connection.rows(select, types) },
  };
});
afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

let count = 0;
async function fileOf(text: string): Promise<string> {
  count += 1;
  const file = join(folder, `${count}.txt`);
  await writeFile(file, text);
  return file;
}

const schemaText = (schema: StructType | null): string | null => schema && simpleString(schema);

type Reader = (
  files: readonly string[],
  schema: StructType,
  options: ReturnType<typeof optionsOfRecord>,
  context: ReadContext,
) => Sql;

/** Rows as text, one string a row, null for NULL. */
async function read(
  reader: Reader,
  files: readonly string[],
  ddl: string,
  options: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  const schema = parseTableSchema(ddl);
  const select = reader(files, schema, optionsOfRecord(options), context);
  const columns = schema.fields.map(
    (one, i) =>
      sql`coalesce(${castSql(sqlName(`f${i}`), one.type, stringType, 'legacy', { zone: 'UTC', ansi: false, nowUs: 0n, timeParserPolicy: 'EXCEPTION' })}, 'null')`,
  );
  const rows = await connection.rows(sql`SELECT ${sqlJoin(columns, ` || '|' || `)} FROM (${select})`, [stringType]);
  return rows.map(([row]) => row as string);
}
const readJson = async (text: string, ddl: string, options: Readonly<Record<string, string>> = {}): Promise<string[]> =>
  read(readJsonSelect, [await fileOf(text)], ddl, options);
const readCsv = async (text: string, ddl: string, options: Readonly<Record<string, string>> = {}): Promise<string[]> =>
  read(readCsvSelect, [await fileOf(text)], ddl, options);

describe('JSON files', () => {
  const lines = '{"a":1,"b":"x"}\n\n{"a":"2","b":"y"}\r\n{"a":3,\n[{"a":4},{"a":5,"b":"z"}]\n   \n{"b":7,"c":true}';

  test('keep malformed lines as rows of NULLs, skip blank ones, give a row for each element of an array', async () => {
    expect(await readJson(lines, 'a INT, b STRING')).toEqual(['1|x', 'null|y', 'null|null', '4|null', '5|z', 'null|7']);
  });

  test('show the text of bad records in the corrupt-record column', async () => {
    expect(await readJson('{"a":1}\n{"a":"2"}\n{"a":3,', 'a INT, _corrupt_record STRING')).toEqual([
      '1|null',
      'null|{"a":"2"}',
      'null|{"a":3,',
    ]);
  });

  test('drop or refuse bad records when the mode says so', async () => {
    expect(await readJson('{"a":1}\n{"a":"2"}\nnull\n{"a":3,', 'a INT', { mode: 'DROPMALFORMED' })).toEqual(['1']);
    await expect(readJson('{"a":1}\n{"a":3,', 'a INT', { MODE: 'failfast' })).rejects.toThrow(
      '[MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION] Malformed records are detected in record parsing: [null].',
    );
  });

  test('are one document each with multiLine', async () => {
    expect(await readJson('[\n {"a": 1},\n {"a": 2}\n]', 'a INT', { multiLine: 'true' })).toEqual(['1', '2']);
    expect(await readJson('{\n "a": 1\n}', 'a INT', { multiline: 'true' })).toEqual(['1']);
  });

  test('are read in the order of the files and lines', async () => {
    const [first, second] = [await fileOf('{"a":1}\n{"a":2}\n'), await fileOf('{"a":3}')];
    expect(await read(readJsonSelect, [second, first], 'a INT')).toEqual(['3', '1', '2']);
  });

  test.each([
    ['{"b":1,"a":"x"}\n{"c":[1,2.5],"a":null}', 'struct<a:string,b:bigint,c:array<double>>'],
    ['{"a":1}\n{"a":1.5}', 'struct<a:double>'],
    ['{"a":1}\n{"a":true}', 'struct<a:string>'],
    ['{"a":{"x":1}}\n{"a":{"y":"s"}}', 'struct<a:struct<x:bigint,y:string>>'],
    ['{"a":null,"b":[]}', 'struct<a:string,b:array<string>>'],
    ['{"a":1}\nbad', 'struct<_corrupt_record:string,a:bigint>'],
    ['{"Z":1,"a":2}', 'struct<Z:bigint,a:bigint>'],
    ['{"a":{}}', 'struct<>'],
    ['{"a":9223372036854775808}', 'struct<a:decimal(19,0)>'],
    ['{"a":1}\n{"a":12345678901234567890}', 'struct<a:decimal(20,0)>'],
    ['{"a":[1]}\n{"a":[{"x":1}]}', 'struct<a:array<string>>'],
    ['{"a":[1]}\n{"a":5}', 'struct<a:string>'],
    ['{"a":[{"x":1},{"y":2.5}]}', 'struct<a:array<struct<x:bigint,y:double>>>'],
    ['{"a":1}\n5\n[]', 'struct<_corrupt_record:string,a:bigint>'],
    ['{"a":NaN}', 'struct<a:double>'],
  ])('%s gives the schema %s', async (text, schema) => {
    const inferred = await inferJsonSchema([await fileOf(text)], optionsOfRecord({}), context);
    expect(schemaText(inferred)).toBe(schema);
  });

  test('without records have no fields', async () => {
    expect(schemaText(await inferJsonSchema([await fileOf('')], optionsOfRecord({}), context))).toBe('struct<>');
  });

  test('give decimals, timestamps or strings when the options ask', async () => {
    const schemaOf = async (text: string, options: Readonly<Record<string, string>>): Promise<string | null> =>
      schemaText(await inferJsonSchema([await fileOf(text)], optionsOfRecord(options), context));
    expect(await schemaOf('{"a":1.5}\n{"a":12.25}', { prefersDecimal: 'true' })).toBe('struct<a:decimal(4,2)>');
    expect(await schemaOf('{"a":"2024-01-01 10:00:00"}', { inferTimestamp: 'true' })).toBe('struct<a:timestamp>');
    expect(await schemaOf('{"a":1,"b":true,"c":[1]}', { primitivesAsString: 'true' })).toBe(
      'struct<a:string,b:string,c:array<string>>',
    );
  });

  test('treat an array of anything but objects as one bad record', async () => {
    const text = '[]\nnull\n5\n"x"\n[1,{"a":2}]\n[{"a":1},5]\n{"a":1} trailing';
    expect(await readJson(text, 'a INT, _corrupt_record STRING')).toEqual([
      'null|null',
      'null|5',
      'null|"x"',
      'null|[1,{"a":2}]',
      'null|[{"a":1},5]',
      '1|null',
    ]);
  });
});

describe('CSV files', () => {
  test('are read by position, empty values are NULL, types that do not fit are NULL', async () => {
    expect(await readCsv('1,x,2.5\n2,,bad\n\n3,"a,b",1e3\n', 'a INT, b STRING, c DOUBLE')).toEqual([
      '1|x|2.5',
      '2|null|null',
      '3|a,b|1000.0',
    ]);
  });

  test('lose the header line of each file', async () => {
    const files = [await fileOf('a,b\n1,x\n'), await fileOf('a,b\n2,y\n')];
    expect(await read(readCsvSelect, files, 'a INT, b STRING', { header: 'true' })).toEqual(['1|x', '2|y']);
  });

  test('fill short records, cut long ones, and call both bad', async () => {
    const text = '1,x\n2\n3,z,9\n';
    expect(await readCsv(text, 'a INT, b STRING')).toEqual(['1|x', '2|null', '3|z']);
    expect(await readCsv(text, 'a INT, b STRING, _corrupt_record STRING')).toEqual([
      '1|x|null',
      '2|null|2',
      '3|z|3,z,9',
    ]);
    expect(await readCsv(text, 'a INT, b STRING', { mode: 'DROPMALFORMED' })).toEqual(['1|x']);
  });

  test('know quotes, escapes, other separators, comments, nullValue', async () => {
    expect(
      await readCsv('"a ""q""";1\n"b \\"q\\"";2\n#c;3\nNA;4\n', 'a STRING, b INT', {
        sep: ';',
        comment: '#',
        nullValue: 'NA',
      }),
    ).toEqual(['"a ""q"""|1', 'b "q"|2', 'null|4']);
    expect(await readCsv('"a ""q""";1\n', 'a STRING, b INT', { delimiter: ';', escape: '"' })).toEqual(['a "q"|1']);
  });

  test('cut odd quotes as Spark does', async () => {
    const text = '1,""\n2,"x" \n3, "y"\n4,x"y\n5,"x"y\n6,"unclosed,7\n8,"a\\\\"\n9,"a\\nb"\n10,a\\,b';
    expect(await readCsv(text, 'a INT, b STRING, c STRING')).toEqual([
      '1|null|null',
      '2|x|null',
      '3| "y"|null',
      '4|x"y|null',
      '5|"x"y|null',
      '6|unclosed,7|null',
      '8|a\\|null',
      '9|a\\nb|null',
      '10|a\\|b',
    ]);
    expect(await readCsv('1,""\n2,\n', 'a INT, b STRING', { nullValue: '-' })).toEqual(['1|', '2|null']);
    expect(await readCsv('1,""\n2,\n', 'a INT, b STRING', { emptyValue: 'E' })).toEqual(['1|E', '2|null']);
  });

  test('hold numbers, dates and times as Java reads them', async () => {
    expect(
      await readCsv('1.5,2.5d, 3.5 ,1e3,Infinity,nan', 'a DOUBLE,b DOUBLE,c DOUBLE,d DOUBLE,e DOUBLE,f DOUBLE'),
    ).toEqual(['1.5|2.5|3.5|1000.0|Infinity|null']);
    expect(
      await readCsv('100,2024,x,"1,234.5",+5', 'a DATE, b TIMESTAMP, c TIMESTAMP, d DECIMAL(10,2), e INT'),
    ).toEqual(['null|2024-01-01 00:00:00|null|1234.50|5']);
    expect(await readCsv('true,TRUE,t,1\n', 'a BOOLEAN,b BOOLEAN,c BOOLEAN,d BOOLEAN')).toEqual([
      'true|true|null|null',
    ]);
  });

  test.each([
    ['a,a,,A,b\n1,2,3,4,5', { header: 'true' }, 'struct<a0:string,a1:string,_c2:string,A3:string,b:string>'],
    ['12345678901234567890\n1.5', { inferSchema: 'true' }, 'struct<_c0:double>'],
    ['12345678901234567890\n1', { inferSchema: 'true' }, 'struct<_c0:decimal(20,0)>'],
    ['10:30\n11:30', { inferSchema: 'true' }, 'struct<_c0:timestamp>'],
    ['2024\n2025-01', { inferSchema: 'true' }, 'struct<_c0:string>'],
    ['2024-1-5\n2024-2-6', { inferSchema: 'true' }, 'struct<_c0:timestamp>'],
    ['NaN\n1', { inferSchema: 'true' }, 'struct<_c0:double>'],
    ['1.5d\n2f', { inferSchema: 'true' }, 'struct<_c0:double>'],
    [' 1, 2\n3,4', { inferSchema: 'true' }, 'struct<_c0:double,_c1:double>'],
    ['true\n1', { inferSchema: 'true' }, 'struct<_c0:string>'],
    ['a,b', { header: 'true', inferSchema: 'true' }, 'struct<a:string,b:string>'],
    ['', { inferSchema: 'true' }, 'struct<>'],
  ] as const)('%s with %o is %s', async (text, options, schema) => {
    expect(schemaText(await inferCsvSchema([await fileOf(text)], optionsOfRecord(options), context))).toBe(schema);
  });

  test('keep line ends inside quotes only with multiLine', async () => {
    expect(await readCsv('1,"two\nlines"\n2,x\n', 'a INT, b STRING', { multiLine: 'true' })).toEqual([
      '1|two\nlines',
      '2|x',
    ]);
  });

  test('give strings, or with inferSchema the narrowest type of each column', async () => {
    const file = await fileOf(
      'id,name,price,day,at,ok,big,mixed\n1,x,1.5,2024-01-01,2024-01-01 10:00:00,true,3000000000,1\n2,y,2,2024-01-02,2024-01-01 11:00:00,FALSE,1,z\n',
    );
    const plain = await inferCsvSchema([file], optionsOfRecord({ header: 'true' }), context);
    expect(schemaText(plain)).toBe(
      'struct<id:string,name:string,price:string,day:string,at:string,ok:string,big:string,mixed:string>',
    );
    const inferred = await inferCsvSchema([file], optionsOfRecord({ header: 'true', inferSchema: 'true' }), context);
    expect(schemaText(inferred)).toBe(
      'struct<id:int,name:string,price:double,day:date,at:timestamp,ok:boolean,big:bigint,mixed:string>',
    );
    const unnamed = await inferCsvSchema([await fileOf('1,2\n')], optionsOfRecord({}), context);
    expect(schemaText(unnamed)).toBe('struct<_c0:string,_c1:string>');
  });
});
