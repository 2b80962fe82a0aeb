import { EJSON } from 'bson';
import { expect, test } from 'vitest';
import { parseShellJson } from '../../../../main/connectors/mongodb/shell-json.ts';

const canonical = (text: string): unknown => EJSON.serialize(parseShellJson(text) as object, { relaxed: false });

test.each([
  ['{a: 1, "b": \'x\', c: [true, null,],}', { a: { $numberInt: '1' }, b: 'x', c: [true, null] }],
  [
    '{n: 12345678901, d: 2.0, e: -1e3}',
    { n: { $numberLong: '12345678901' }, d: { $numberDouble: '2.0' }, e: { $numberDouble: '-1000.0' } },
  ],
  ['{i: ObjectId("5f0000000000000000000001")}', { i: { $oid: '5f0000000000000000000001' } }],
  ['{d: ISODate("2023-03-29T07:45:28Z")}', { d: { $date: { $numberLong: '1680075928000' } } }],
  ['{d: new Date(5), l: NumberLong("7")}', { d: { $date: { $numberLong: '5' } }, l: { $numberLong: '7' } }],
  ['{r: /^a\\/b/i}', { r: { $regularExpression: { pattern: '^a\\/b', options: 'i' } } }],
  ['{"d": {"$date": "2023-03-29T07:45:28.714Z"}}', { d: { $date: { $numberLong: '1680075928714' } } }],
  [String.raw`{s: "a\"\n\u00e9"}`, { s: 'a"\né' }],
])('%s is read as the shell reads it', (text, value) => {
  expect(canonical(text)).toEqual(value);
});

test.each([
  ['{pipeline: nope}', "JSON reader was expecting a value but found 'nope'."],
  ['{a 1}', "JSON reader was expecting ':' but found '1'."],
  ['{a: 1 b: 2}', "JSON reader was expecting ',' or '}' but found 'b'."],
  ['{a: "x', 'End of file in JSON string.'],
  ['{a: }', "JSON reader was expecting a value but found '}'."],
  ['{a: 99999999999999999999}', "Invalid JSON number '99999999999999999999'"],
  ['{a: ObjectId("x")}', '24 character hex string'],
])('%s is refused', (text, message) => {
  expect(() => parseShellJson(text)).toThrow(message);
});
