import { field, stringType, structType, type StructType } from '../core/data-type.ts';
import { sparkError } from '../core/spark-error.ts';
import { sql, sqlString } from '../core/sql-text.ts';
import { sqlTypeName } from '../core/type-names.ts';
import { csvFormat } from './csv-options.ts';
import { fromCsvSql } from './csv-record.ts';
import { toCsvSql } from './csv-write.ts';
import type { FunctionTable } from './define-function.ts';
import { argument, argumentType, gives, scalar } from './function-forms.ts';
import { schemaArgument } from './json-functions.ts';
import { inferCsvLiteral } from './scalar/csv-schema.ts';
import { splitCsvRecord } from './scalar/csv-scalars.ts';
import { optionsOfLiteral } from './text-options.ts';

/** CSV schemas are structs; anything else is a mistake of the program. */
function structArgument(shape: { readonly literals: Parameters<typeof schemaArgument>[0]['literals'] }): StructType {
  const type = schemaArgument(shape, 1);
  return type.kind === 'struct' ? type : structType([field('value', type)]);
}

/** CSV text to values and back. */
export const csvFunctions: FunctionTable = {
  from_csv: scalar({
    takes: ['string', 'literal_string', 'map'],
    optional: 1,
    returns: (shape) => structArgument(shape),
    text: (args) => `from_csv(${args[0] ?? ''})`,
    sql: (call) =>
      fromCsvSql(argument(call, 0), structArgument(call), {
        options: optionsOfLiteral(call.literals[2]),
        context: { ...call.context, ansi: false },
      }),
    examples: [
      gives("from_csv('1,abc,2.5', 'a INT, b STRING, c DOUBLE')", '{1, abc, 2.5}'),
      gives("from_csv('x,abc', 'a INT, b STRING, c DOUBLE')", '{NULL, abc, NULL}'),
      gives(`from_csv('1,"a,b",3', 'a INT, b STRING, c DOUBLE')`, '{1, a,b, 3.0}'),
      gives("from_csv('1;b', 'a INT, b STRING', map('sep', ';'))", '{1, b}'),
      gives("from_csv('', 'a INT, b STRING')", '{NULL, NULL}'),
      gives("from_csv('26/08/2015', 'time TIMESTAMP', map('timestampFormat', 'dd/MM/yyyy'))", '{2015-08-26 00:00:00}'),
      gives("from_csv(' 1 , b ', 'a INT, b STRING')", '{NULL,  b }'),
      gives("from_csv('TRUE,1.0,5.7', 'a BOOLEAN, b INT, c INT')", '{true, NULL, NULL}'),
      gives("from_csv('NaN,Inf,-Inf', 'a DOUBLE, b DOUBLE, c DOUBLE')", '{NaN, Infinity, -Infinity}'),
      gives("from_csv('1', 'a INT, b STRING, _corrupt_record STRING')", '{1, NULL, 1}'),
    ],
  }),
  to_csv: scalar({
    takes: ['struct', 'map'],
    optional: 1,
    returns: stringType,
    nullable: 'always',
    text: (args) => `to_csv(${args[0] ?? ''})`,
    sql: (call) => {
      const type = argumentType(call, 0);
      if (type.kind !== 'struct') throw new Error('internal error: to_csv takes a struct');
      return toCsvSql(argument(call, 0), type, optionsOfLiteral(call.literals[1]), call.context);
    },
    examples: [
      gives("to_csv(named_struct('a', 1, 'b', 'x,y', 'c', NULL))", '1,"x,y",'),
      gives("to_csv(named_struct('d', DATE '2022-05-09', 'x', 1e10D))", '2022-05-09,1.0E10'),
      gives("to_csv(named_struct('a', 1, 'b', 2), map('sep', ';'))", '1;2'),
      gives("to_csv(named_struct('s', ' pad '))", 'pad'),
      gives("to_csv(named_struct('a', 'q', 'b', 'x y'), map('quoteAll', 'true'))", '"q","x y"'),
      gives("to_csv(named_struct('a', array(1, 2)))", '"[1,2]"'),
      gives(`to_csv(named_struct('s', 'a"b', 'e', ''))`, '"a\\"b",""'),
      gives("to_csv(named_struct('a', '#x'))", '"#x"'),
    ],
  }),
  schema_of_csv: scalar({
    takes: ['literal_string', 'map'],
    optional: 1,
    returns: stringType,
    nullable: 'never',
    text: (args) => `schema_of_csv(${args[0] ?? ''})`,
    sql: (call) => {
      const text = call.literals[0];
      if (typeof text !== 'string')
        throw sparkError('NOT_SUPPORTED_BY_MAREA', { feature: 'schema_of_csv over anything but a string literal' });
      const cells = splitCsvRecord(text, csvFormat(optionsOfLiteral(call.literals[1]), false));
      return sql`${sqlString(sqlTypeName(structType(cells.map((cell, i) => field(`_c${i}`, inferCsvLiteral(cell))))))}`;
    },
    examples: [
      gives("schema_of_csv('1,abc,2.5')", 'STRUCT<_c0: INT, _c1: STRING, _c2: DOUBLE>'),
      gives("schema_of_csv('1|2022-05-09', map('sep', '|'))", 'STRUCT<_c0: INT, _c1: DATE>'),
    ],
  }),
};
