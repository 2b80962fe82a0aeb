import { stringType } from '../core/data-type.ts';
import { formatTimestampSql } from './datetime-pattern-sql.ts';
import type { FunctionTable } from './define-function.ts';
import { argument, gives, scalar } from './function-forms.ts';

const at = "TIMESTAMP '2024-03-05 07:08:09.123456'";

/** Moments to text by a pattern. */
export const dateFormatFunctions: FunctionTable = {
  date_format: scalar({
    takes: ['timestamp', 'string'],
    returns: stringType,
    sql: (call) =>
      formatTimestampSql(argument(call, 0), { sql: argument(call, 1), literal: call.literals[1] }, call.context),
    examples: [
      gives("date_format('2016-04-08', 'y')", '2016'),
      gives(`date_format(${at}, 'yyyy-MM-dd HH:mm:ss.SSSSSS')`, '2024-03-05 07:08:09.123456'),
      gives(`date_format(${at}, 'yyyy-MM-dd HH:mm:ss')`, '2024-03-05 07:08:09'),
      gives("date_format(DATE '2024-03-05', 'EEEE d MMMM yyyy')", 'Tuesday 5 March 2024'),
      gives(`date_format(${at}, 'h:m:s a, D DDD')`, '7:8:9 AM, 65 065'),
      gives(`date_format(${at}, 'QQQ QQQQ k K F SSSSSSSSS')`, 'Q1 1st quarter 7 7 5 123456000'),
      gives(`date_format(${at}, 'yyyyy yy yyyy-MM-dd[ HH]')`, '02024 24 2024-03-05 07'),
      gives(`date_format(${at}, "'it''s' EEE")`, "it's Tue"),
      gives("date_format(TIMESTAMP '2024-07-05 12:00:00', 'h K k H a')", '12 0 12 12 PM'),
      gives("date_format(NULL, 'y')", null),
      gives("date_format('2024-01-01', NULL)", null),
    ],
  }),
};
