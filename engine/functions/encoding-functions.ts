import { binaryType, integerType, stringType } from '../core/data-type.ts';
import { sql } from '../core/sql-text.ts';
import type { FunctionTable } from './define-function.ts';
import { callOf, gives, simple } from './function-forms.ts';

/** Text and bytes, there and back. */
export const encodingFunctions: FunctionTable = {
  base64: simple({
    takes: ['binary'],
    returns: stringType,
    write: (b) => callOf('base64', b),
    examples: [gives("base64('hola')", 'aG9sYQ==')],
  }),
  unbase64: simple({
    takes: ['string'],
    returns: binaryType,
    write: (s) => callOf('java_unbase64', s),
    examples: [gives("decode(unbase64('aG9sYQ=='), 'UTF-8')", 'hola')],
  }),
  encode: simple({
    takes: ['string', 'string'],
    returns: binaryType,
    write: (s, charset) => callOf('java_encode', s, charset),
    examples: [
      gives("encode('ñ', 'UTF-8')", '[C3 B1]'),
      gives("encode('ñ', 'ISO-8859-1')", '[F1]'),
      gives("encode('a', 'UTF-16BE')", '[00 61]'),
    ],
  }),
  decode: simple({
    takes: ['binary', 'string'],
    returns: stringType,
    write: (b, charset) => callOf('java_decode', b, charset),
    examples: [gives("decode(encode('ñ', 'UTF-8'), 'UTF-8')", 'ñ'), gives("decode(X'F1', 'ISO-8859-1')", 'ñ')],
  }),
  ascii: simple({
    takes: ['string'],
    returns: integerType,
    write: (s) => sql`(CASE WHEN ${s} = '' THEN 0 ELSE unicode(${s}) END)`,
    examples: [gives("ascii('A')", '65'), gives("ascii('')", '0'), gives("ascii('ñ')", '241')],
  }),
};
