import { doubleType, isFractional, type DataType } from '../core/data-type.ts';
import { sql } from '../core/sql-text.ts';
import type { CallShape, FunctionTable } from './define-function.ts';
import { argumentType, callOf, gives, sameAs, scalar, simple } from './function-forms.ts';

const allNullable = (shape: CallShape): boolean => shape.args.every((arg) => arg.nullable);
const commonType = (shape: CallShape): DataType => argumentType(shape, shape.types.length - 1);

/** Choosing between values. CASE is a node of its own, not a function. */
export const conditionalFunctions: FunctionTable = {
  coalesce: simple({
    takes: ['common'],
    variadic: true,
    returns: sameAs(0),
    nullable: allNullable,
    write: (...args) => callOf('coalesce', ...args),
    examples: [
      gives('coalesce(NULL, 1, 2)', '1'),
      gives('coalesce(NULL, NULL)', null),
      gives('coalesce(NULL, 1, 2.0)', '1.0'),
    ],
  }),
  nvl: simple({
    takes: ['common', 'common'],
    returns: sameAs(0),
    nullable: allNullable,
    aliases: ['ifnull'],
    write: (a, b) => callOf('coalesce', a, b),
    examples: [gives("nvl(NULL, 'x')", 'x'), gives('ifnull(1, 2)', '1')],
  }),
  nvl2: simple({
    takes: ['any', 'common', 'common'],
    returns: commonType,
    nullable: (shape) => shape.args.slice(1).some((arg) => arg.nullable),
    write: (test, set, unset) => sql`CASE WHEN ${test} IS NOT NULL THEN ${set} ELSE ${unset} END`,
    examples: [gives('nvl2(NULL, 1, 2)', '2'), gives("nvl2('a', 1, 2.5)", '1.0')],
  }),
  nullif: simple({
    takes: ['comparable', 'comparable'],
    returns: sameAs(0),
    nullable: 'always',
    write: (a, b) => sql`CASE WHEN ${a} = ${b} THEN NULL ELSE ${a} END`,
    examples: [gives("nullif('a', 'a')", null), gives('nullif(1, 2)', '1')],
  }),
  if: simple({
    takes: ['boolean', 'common', 'common'],
    returns: commonType,
    nullable: (shape) => shape.args.slice(1).some((arg) => arg.nullable),
    text: (args) => `(IF(${args.join(', ')}))`,
    write: (test, then, otherwise) => sql`CASE WHEN ${test} THEN ${then} ELSE ${otherwise} END`,
    examples: [gives("if(true, 1, 'a')", '1'), gives("if(NULL, 'x', 'y')", 'y')],
  }),
  nanvl: scalar({
    takes: ['double', 'double'],
    returns: (shape) => (isFractional(argumentType(shape, 0)) ? argumentType(shape, 0) : doubleType),
    sql: ({ args: [a = sql`NULL`, b = sql`NULL`] }) => sql`CASE WHEN isnan(${a}) THEN ${b} ELSE ${a} END`,
    examples: [gives("nanvl(double('nan'), 2D)", '2.0'), gives('nanvl(1D, 2D)', '1.0')],
  }),
  // NULLs are skipped, NaN is the largest: as DuckDB.
  greatest: simple({
    takes: ['common', 'common'],
    variadic: true,
    returns: sameAs(0),
    nullable: allNullable,
    write: (...args) => callOf('greatest', ...args),
    examples: [
      gives('greatest(1, 2.5, NULL)', '2.5'),
      gives("greatest(1D, double('nan'))", 'NaN'),
      gives("greatest('a', 'B')", 'a'),
    ],
  }),
  least: simple({
    takes: ['common', 'common'],
    variadic: true,
    returns: sameAs(0),
    nullable: allNullable,
    write: (...args) => callOf('least', ...args),
    examples: [gives('least(NULL, 3, 2)', '2'), gives("least(1D, double('nan'))", '1.0')],
  }),
};
