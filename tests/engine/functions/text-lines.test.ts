import { expect, test } from 'vitest';
import { textLines } from '../../../engine/functions/scalar/text-lines.ts';

test.each([
  ['UTF-8', Buffer.from('{"s":"ñ"}\r\n{}\n'), ['{"s":"ñ"}', '{}']],
  [
    'one line in Latin-1',
    Buffer.concat([Buffer.from('{"n":1}\n'), Buffer.from('{"s":"ñ"}', 'latin1')]),
    ['{"n":1}', '\ufffd'],
  ],
  [
    'UTF-16 as PowerShell writes it',
    Buffer.from('\ufeff{"n":1}\n{"n":2}\n', 'utf16le'),
    ['{"n":1}', '{"n":2}', '\ufffd'],
  ],
])('a file in %s is split as Spark splits it', (_, bytes, lines) => {
  expect(textLines(bytes)).toEqual(lines);
});
