import { arrayType, asNullable, integerType, stringType, type DataType } from '../core/data-type.ts';
import { sparkError, SparkError } from '../core/spark-error.ts';
import { sql, sqlString, type Sql } from '../core/sql-text.ts';
import { typeFromJson, type TypeJson } from '../core/type-json.ts';
import { sqlTypeName } from '../core/type-names.ts';
import type { SparkValue } from '../core/spark-value.ts';
import { bindValue } from './bind-value.ts';
import type { CallShape, CompiledCall, FunctionTable } from './define-function.ts';
import { argument, argumentType, gives, scalar } from './function-forms.ts';
import { jsonTextSql } from './json-field.ts';
import { fromJsonSql, readableJson } from './json-record.ts';
import { toJsonSql } from './json-write.ts';
import { jsonPointer, readJsonPath } from './scalar/json-path.ts';
import { inferJsonType, plainInference, settledJsonType } from './scalar/json-schema.ts';
import { readJson } from './scalar/json-text.ts';
import { isOn, optionsOfLiteral } from './text-options.ts';

/**
 * The type a schema argument names. It reaches the rows as Spark's JSON text of the type (`DataType.json`): analysis rewrites DDL, which only the parser reads,
 * and `schema_of_json(…)`.
 */
export function schemaArgument(
  shape: { readonly literals: readonly (SparkValue | undefined)[] },
  index: number,
): DataType {
  const text = shape.literals[index];
  if (typeof text !== 'string')
    throw new SparkError(
      'AnalysisException',
      '[INVALID_SCHEMA.NON_STRING_LITERAL] The input schema is not a valid schema string. The input expression must be string literal and not null.',
    );
  const json: TypeJson = JSON.parse(text) as TypeJson;
  return asNullable(typeFromJson(json));
}

function checkMode(shape: CallShape, name: string): void {
  const mode = optionsOfLiteral(shape.literals[2]).get('mode')?.toUpperCase();
  if (mode === 'DROPMALFORMED') {
    throw new SparkError(
      'AnalysisException',
      `${name}() doesn't support the DROPMALFORMED mode. Acceptable modes are PERMISSIVE and FAILFAST.`,
    );
  }
}

/** The text at a path that a pointer can say; the rest, and JSON that only Jackson reads, through JavaScript. */
function objectAt(call: CompiledCall): Sql {
  const [json, path] = [argument(call, 0), argument(call, 1)];
  const literal = call.literals[1];
  if (literal === null) return sql`NULL::VARCHAR`;
  const slow = sql`marea_get_json_object(${json}, ${path})`;
  if (typeof literal !== 'string') return slow;
  const steps = readJsonPath(literal);
  if (!steps) return sql`NULL::VARCHAR`;
  const pointer = jsonPointer(steps);
  if (pointer === undefined) return slow;
  const found = pointer === '' ? sql`(${json})::JSON` : sql`json_extract(${json}, ${sqlString(pointer)})`;
  return sql`CASE WHEN json_valid(${json}) THEN ${bindValue(found, jsonTextSql)} WHEN ${json} IS NOT NULL THEN ${slow} END`;
}

/** A column of `json_tuple`: the text of a field of the object, NULL where there is none. `json` VARCHAR, cheap to repeat. */
export function jsonTupleField(json: Sql, name: SparkValue | undefined, nameSql: Sql): Sql {
  if (typeof name !== 'string') return sql`marea_get_json_object(${json}, '$[''' || ${nameSql} || ''']')`;
  const found = sql`json_extract(${readableJson(json)}, ${sqlString(`/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`)})`;
  return sql`CASE WHEN json_type(${readableJson(json)}) = 'OBJECT' THEN ${bindValue(found, jsonTextSql)} END`;
}

function inferredType(shape: CallShape): DataType {
  const text = shape.literals[0];
  if (typeof text !== 'string') {
    throw sparkError('NOT_SUPPORTED_BY_MAREA', { feature: 'schema_of_json over anything but a string literal' });
  }
  const node = readJson(text);
  if (!node) {
    throw new SparkError(
      { java: 'com.fasterxml.jackson.core.JsonParseException' },
      `Unrecognized token '${/^\s*\S*/.exec(text)?.[0].trim() ?? ''}': was expecting (JSON String, Number (or 'NaN'/'INF'/'+INF'), Array, Object or token 'null', 'true' or 'false')`,
    );
  }
  return (
    settledJsonType(
      inferJsonType(node, {
        ...plainInference,
        prefersDecimal: isOn(optionsOfLiteral(shape.literals[1]), 'prefersDecimal', false),
      }),
    ) ?? stringType
  );
}

/** `sql` of a type without the blanks of nullability, as `schema_of_json` prints it. */
const schemaText = (call: CompiledCall): Sql =>
  sqlString(
    sqlTypeName(inferredType({ args: [], types: call.types, literals: call.literals, ansi: call.context.ansi })),
  );

const document = '{"a":1,"b":"str","c":{"d":1.50},"e":[{"f":1},{"f":"two"},{"g":[1,2]}],"x y":true,"n":null,"d":1e10}';

/** JSON text to values and back. */
export const jsonFunctions: FunctionTable = {
  from_json: scalar({
    takes: ['string', 'literal_string', 'map'],
    optional: 1,
    returns: (shape) => schemaArgument(shape, 1),
    nullable: 'always',
    check: (shape) => checkMode(shape, 'from_json'),
    text: (args) => `from_json(${args[0] ?? ''})`,
    sql: (call) =>
      fromJsonSql(argument(call, 0), schemaArgument(call, 1), {
        options: optionsOfLiteral(call.literals[2]),
        context: { ...call.context, ansi: false },
      }),
    examples: [
      gives(`from_json('{"a":5}', 'a INT')`, '{5}'),
      gives(`from_json('{"a":"5"}', 'a INT')`, '{NULL}'),
      gives(`from_json('{"a":5.0}', 'a INT')`, '{NULL}'),
      gives(`from_json('{"A":5}', 'a INT')`, '{NULL}'),
      gives(`from_json('{"a":5} x', 'a INT')`, '{5}'),
      gives(`from_json('{"a":5,', 'a INT')`, '{NULL}'),
      gives(`from_json('', 'a INT')`, null),
      gives(`from_json('{"a":12345678.9}', 'a STRING')`, '{1.23456789E7}'),
      gives(`from_json('{"a":{"x":"bad","y":"q"},"b":1}', 'a STRUCT<x: INT, y: STRING>, b INT')`, '{{NULL, q}, 1}'),
      gives(`from_json('{"a":[1,2,"x"]}', 'a ARRAY<INT>')`, '{NULL}'),
      gives(`from_json('[1,2]', 'ARRAY<INT>')`, '[1, 2]'),
      gives(`from_json('{"a":1,"b":2}', 'MAP<STRING, INT>')`, '{a -> 1, b -> 2}'),
    ],
  }),
  to_json: scalar({
    takes: ['any', 'map'],
    optional: 1,
    returns: stringType,
    nullable: 'always',
    text: (args) => `to_json(${args[0] ?? ''})`,
    sql: (call) =>
      toJsonSql(argument(call, 0), argumentType(call, 0), optionsOfLiteral(call.literals[1]), call.context),
    examples: [
      gives("to_json(named_struct('a', 1, 'b', NULL, 'c', 'x'))", '{"a":1,"c":"x"}'),
      gives('to_json(array(1, NULL, 2))', '[1,null,2]'),
      gives("to_json(map('a', 1, 'b', NULL))", '{"a":1,"b":null}'),
      gives("to_json(named_struct('x', 1.5D, 'y', 1e10D, 'dec', 1.50))", '{"x":1.5,"y":1.0E10,"dec":1.50}'),
      gives("to_json(named_struct('d', DATE '2022-05-09'))", '{"d":"2022-05-09"}'),
      gives(
        "to_json(named_struct('t', TIMESTAMP '2022-05-09 10:05:00'), map('timestampFormat', 'dd/MM/yyyy HH:mm'))",
        '{"t":"09/05/2022 10:05"}',
      ),
      gives("to_json(named_struct('a', NULL), map('ignoreNullFields', 'false'))", '{"a":null}'),
      gives('to_json(map(1, 2))', '{"1":2}'),
    ],
  }),
  get_json_object: scalar({
    takes: ['string', 'string'],
    returns: stringType,
    nullable: 'always',
    sql: objectAt,
    examples: [
      gives(`get_json_object('${document}', '$.a')`, '1'),
      gives(`get_json_object('${document}', '$.c.d')`, '1.5'),
      gives(`get_json_object('${document}', '$.d')`, '1.0E10'),
      gives(`get_json_object('${document}', '$.e[0]')`, '{"f":1}'),
      gives(`get_json_object('${document}', '$.e[*].f')`, '[1,"two"]'),
      gives(`get_json_object('${document}', '$.e[*].g[*]')`, '[1,2]'),
      gives(`get_json_object('${document}', '$[\\'x y\\']')`, 'true'),
      gives(`get_json_object('${document}', '$.n')`, null),
      gives(`get_json_object('${document}', '$.zz')`, null),
      gives("get_json_object('[[1],[2,3]]', '$[*][0]')", '[1,2]'),
      gives("get_json_object('[1]', '$[*]')", '1'),
      gives(`get_json_object('{"a":1} x', '$.a')`, '1'),
      gives("get_json_object('bad', '$.a')", null),
    ],
  }),
  json_array_length: scalar({
    takes: ['string'],
    returns: integerType,
    nullable: 'always',
    sql: (call) =>
      bindValue(
        readableJson(argument(call, 0)),
        (json) => sql`CASE WHEN json_type(${json}) = 'ARRAY' THEN json_array_length(${json})::INTEGER END`,
      ),
    examples: [
      gives(`json_array_length('[1,2,{"a":3}]')`, '3'),
      gives("json_array_length('{}')", null),
      gives("json_array_length('bad')", null),
    ],
  }),
  json_object_keys: scalar({
    takes: ['string'],
    returns: arrayType(stringType),
    nullable: 'always',
    sql: (call) => sql`marea_json_object_keys(${argument(call, 0)})`,
    examples: [
      gives(`json_object_keys('{"a":1,"b":{"c":2}}')`, '[a, b]'),
      gives("json_object_keys('[1]')", null),
      gives("json_object_keys('{}')", '[]'),
    ],
  }),
  schema_of_json: scalar({
    takes: ['literal_string', 'map'],
    optional: 1,
    returns: stringType,
    nullable: 'never',
    check: (shape) => void inferredType(shape),
    text: (args) => `schema_of_json(${args[0] ?? ''})`,
    sql: schemaText,
    examples: [
      gives(
        `schema_of_json('{"a":1,"b":"x","c":[1,2.5],"d":{"z":true},"e":null}')`,
        'STRUCT<a: BIGINT, b: STRING, c: ARRAY<DOUBLE>, d: STRUCT<z: BOOLEAN>, e: STRING>',
      ),
      gives(`schema_of_json('[{"a":1},{"b":2}]')`, 'ARRAY<STRUCT<a: BIGINT, b: BIGINT>>'),
      gives(`schema_of_json('{"a b":1}')`, 'STRUCT<`a b`: BIGINT>'),
      gives("schema_of_json('[]')", 'ARRAY<STRING>'),
      gives(`schema_of_json('{"a":12345678901234567890123}')`, 'STRUCT<a: DECIMAL(23,0)>'),
    ],
  }),
};
