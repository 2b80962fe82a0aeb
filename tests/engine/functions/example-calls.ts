import {
  arrayType,
  booleanType,
  dateType,
  decimalType,
  doubleType,
  field,
  integerType,
  isIntegral,
  isStringLike,
  longType,
  mapType,
  sameType,
  stringType,
  structType,
  timestampNtzType,
  timestampType,
  voidType,
  type DataType,
  type DayTimeField,
  type YearMonthField,
} from '../../../engine/core/data-type.ts';
import { mapValue, type SparkValue } from '../../../engine/core/spark-value.ts';
import { sql, sqlDouble, sqlInteger, sqlJoin, sqlName, sqlString, type Sql } from '../../../engine/core/sql-text.ts';
import { typeToJson } from '../../../engine/core/type-json.ts';
import { parseDataType } from '../../../engine/parser/parse-data-type.ts';
import { parseTableSchema } from '../../../engine/parser/parse-table-schema.ts';
import { castSql } from '../../../engine/functions/cast.ts';
import type {
  ArgumentRule,
  CallShape,
  CompileContext,
  FunctionTable,
  ScalarFunction,
} from '../../../engine/functions/define-function.ts';
import type { BoundExpression } from '../../../engine/plan/bound-expression.ts';

/** A value with its type; `literal` where it is one. */
export type Value = { readonly sql: Sql; readonly type: DataType; readonly literal?: SparkValue };

/**
 * Compiles the calls of the examples of function rows: literals, calls of the rows, `array`, `named_struct`, `map` and the minus sign. A stand-in for parser and
 * analysis, so that a row can be tested alone.
 */
export class ExampleCalls {
  private readonly table: FunctionTable;
  private readonly context: CompileContext;
  private tokens: readonly string[] = [];
  private at = 0;

  constructor(table: FunctionTable, context: CompileContext) {
    this.table = table;
    this.context = context;
  }

  compile(text: string): Value {
    this.tokens =
      text.match(/"[^"]*"|'(?:[^'\\]|\\.)*'|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?[A-Za-z]*|[A-Za-z_]\w*|[-+*/(),=]/g) ?? [];
    this.at = 0;
    return this.sum();
  }

  private next(): string {
    this.at += 1;
    return this.tokens[this.at - 1] ?? '';
  }

  private take(token: string): boolean {
    if (this.tokens[this.at]?.toUpperCase() !== token) return false;
    this.at += 1;
    return true;
  }

  private sum(): Value {
    const left = this.term();
    if (this.take('-')) return { sql: sql`(${left.sql} - ${this.term().sql})`, type: left.type };
    if (this.take('=')) return { sql: sql`(${left.sql} = ${this.term().sql})`, type: booleanType };
    if (this.take('IS')) {
      this.next();
      return { sql: sql`(${left.sql} IS NULL)`, type: booleanType };
    }
    return left;
  }

  private term(): Value {
    const token = this.next();
    if (token === '-') return this.number(`-${this.next()}`);
    if (/^\d/.test(token)) return this.number(token);
    if (/^['"]/.test(token)) return text(unquote(token));
    const word = token.toUpperCase();
    const following = this.tokens[this.at] ?? '';
    if (following.startsWith("'")) return this.typed(word, unquote(this.next()));
    if (word === 'NULL') return { sql: sql`NULL`, type: voidType, literal: null };
    if (word === 'TRUE' || word === 'FALSE')
      return { sql: word === 'TRUE' ? sql`true` : sql`false`, type: booleanType, literal: word === 'TRUE' };
    if (following !== '(') return text(token);
    this.next();
    return this.call(token.toLowerCase(), this.arguments());
  }

  private arguments(): Value[] {
    const args: Value[] = [];
    while (!this.take(')')) {
      args.push(this.sum());
      if (!this.take(',')) this.take('FROM');
    }
    return args;
  }

  private number(token: string): Value {
    if (/D$/i.test(token)) return { sql: sqlDouble(Number(token.slice(0, -1))), type: doubleType };
    if (/L$/i.test(token)) return { sql: sql`${sqlInteger(BigInt(token.slice(0, -1)))}::BIGINT`, type: longType };
    const [whole = '', fraction] = token.replace(/BD$/i, '').split('.');
    if (fraction !== undefined) {
      const type = decimalType(
        Math.max(whole.replace(/^-?0?/, '').length + fraction.length, fraction.length, 1),
        fraction.length,
      );
      return { sql: castSql(sqlString(token.replace(/BD$/i, '')), stringType, type, 'legacy', this.context), type };
    }
    const value = BigInt(whole);
    const isLong = value > 2_147_483_647n || value < -2_147_483_648n;
    return {
      sql: sql`(${sqlInteger(value)})`,
      type: isLong ? longType : integerType,
      literal: isLong ? value : Number(value),
    };
  }

  private typed(word: string, body: string): Value {
    const types: Readonly<Record<string, DataType>> = {
      DATE: dateType,
      TIMESTAMP: timestampType,
      TIMESTAMP_NTZ: timestampNtzType,
    };
    const type = types[word];
    if (type) return { sql: castSql(sqlString(body), stringType, type, 'legacy', this.context), type };
    if (word === 'X') return { sql: sql`unhex(${sqlString(body)})`, type: { kind: 'binary' } };
    const start = this.next().toLowerCase();
    const end = this.take('TO') ? this.next().toLowerCase() : start;
    const interval: DataType =
      start === 'year' || start === 'month'
        ? { kind: 'year_month_interval', start, end: end as YearMonthField }
        : { kind: 'day_time_interval', start: start as DayTimeField, end: end as DayTimeField };
    return { sql: castSql(sqlString(body), stringType, interval, 'legacy', this.context), type: interval };
  }

  private call(name: string, args: readonly Value[]): Value {
    if (name === 'array') return array(args);
    if (name === 'named_struct') return struct(args);
    if (name === 'map') return map(args);
    const row = Object.entries(this.table).find(
      ([key, entry]) => key === name || ('aliases' in entry && entry.aliases?.includes(name)),
    )?.[1];
    if (row?.kind !== 'scalar') throw new Error(`no such row: ${name}`);
    return this.callRow(row, name === 'from_json' || name === 'from_csv' ? withSchema(args) : args);
  }

  private callRow(row: ScalarFunction, args: readonly Value[]): Value {
    const coerced = args.map((arg, i) => this.coerce(arg, row.takes[Math.min(i, row.takes.length - 1)] ?? 'any'));
    const types = coerced.map((arg) => arg.type);
    const literals = coerced.map((arg) => arg.literal);
    const shape: CallShape = { args: coerced.map(bound), types, literals, ansi: this.context.ansi };
    row.check?.(shape);
    const type = typeof row.returns === 'function' ? row.returns(shape) : row.returns;
    return {
      sql: row.sql({ args: coerced.map((arg) => arg.sql), lambdas: [], types, literals, type, context: this.context }),
      type,
    };
  }

  private coerce(arg: Value, rule: ArgumentRule): Value {
    const target = ruleType(rule, arg.type);
    if (target === undefined || (sameType(arg.type, target) && arg.literal !== null)) return arg;
    const keepsLiteral = arg.literal === null || isStringLike(arg.type) === isStringLike(target);
    return {
      sql: castSql(arg.sql, arg.type, target, 'legacy', this.context),
      type: target,
      ...(keepsLiteral && arg.literal !== undefined ? { literal: arg.literal } : {}),
    };
  }
}

function ruleType(rule: ArgumentRule, type: DataType): DataType | undefined {
  if (typeof rule !== 'string') return rule.type;
  switch (rule) {
    case 'string':
    case 'literal_string':
      return stringType;
    case 'integer':
    case 'literal_integer':
      return integerType;
    case 'long':
      return longType;
    case 'date':
      return dateType;
    case 'timestamp':
      return timestampType;
    case 'datetime':
      return type.kind === 'date' || isStringLike(type) ? timestampType : undefined;
    case 'boolean':
      return booleanType;
    case 'integral':
      return isIntegral(type) ? undefined : longType;
    default:
      return type.kind === 'void' ? stringType : undefined;
  }
}

const literalText = ({ literal }: Value): string => (typeof literal === 'string' ? literal : '');

/** Schemas reach the rows in JSON, as analysis writes them. */
const withSchema = ([value, schema, ...options]: readonly Value[]): readonly Value[] =>
  value && schema ? [value, text(JSON.stringify(typeToJson(schemaType(literalText(schema))))), ...options] : [];

function schemaType(ddl: string): DataType {
  try {
    return parseDataType(ddl);
  } catch {
    return parseTableSchema(ddl);
  }
}

const bound = (value: Value): BoundExpression => ({
  kind: 'literal',
  type: value.type,
  nullable: value.literal === null,
  value: value.literal ?? null,
});
const unquote = (token: string): string =>
  token
    .slice(1, -1)
    .replace(/\\(.)/g, (_, character: string) => (character === 'n' ? '\n' : character === 't' ? '\t' : character));
const text = (value: string): Value => ({ sql: sqlString(value), type: stringType, literal: value });
const typeOf = (args: readonly Value[]): DataType => args.find((arg) => arg.type.kind !== 'void')?.type ?? voidType;

const array = (args: readonly Value[]): Value => ({
  sql:
    args.length === 0
      ? sql`[]::INTEGER[]`
      : sql`[${sqlJoin(
          args.map((arg) => arg.sql),
          ', ',
        )}]`,
  type: arrayType(typeOf(args)),
});

function struct(args: readonly Value[]): Value {
  const names = args.filter((_, i) => i % 2 === 0).map((arg) => literalText(arg));
  const values = args.filter((_, i) => i % 2 === 1);
  const members = values.map(
    (value, i) => sql`${sqlName(names[i] ?? '')} := ${value.type.kind === 'void' ? sql`NULL::INTEGER` : value.sql}`,
  );
  return {
    sql: sql`struct_pack(${sqlJoin(members, ', ')})`,
    type: structType(values.map((value, i) => field(names[i] ?? '', value.type))),
  };
}

function map(args: readonly Value[]): Value {
  const keys = args.filter((_, i) => i % 2 === 0);
  const values = args.filter((_, i) => i % 2 === 1);
  const entries = keys.map((key, i) => [key.literal ?? null, values[i]?.literal ?? null] as const);
  return {
    sql: sql`MAP {${sqlJoin(
      keys.map((key, i) => sql`${key.sql}: ${values[i]?.sql ?? sql`NULL`}`),
      ', ',
    )}}`,
    type: mapType(typeOf(keys), typeOf(values)),
    ...(args.every((arg) => arg.literal !== undefined) ? { literal: mapValue(entries) } : {}),
  };
}
