import { SparkError } from '../core/spark-error.ts';
import type { DataType } from '../core/data-type.ts';
import { typeToJson } from '../core/type-json.ts';
import { parseDataType } from '../parser/parse-data-type.ts';
import { parseTableSchema } from '../parser/parse-table-schema.ts';
import type { Expression } from '../plan/expression.ts';

const takesSchema: ReadonlySet<string> = new Set(['from_json', 'from_csv']);

/**
 * `from_json(x, 'a INT, b ARRAY<STRING>')`: the schema as Spark's JSON text, the only form that the catalogue's rows read. Text that is JSON already stays.
 * Throws `ParseException` for text that is neither.
 */
export function withSchemaAsJson(name: string, args: readonly Expression[]): readonly Expression[] {
  if (!takesSchema.has(name)) return args;
  return args.map((arg, index) => {
    if (index !== 1 || arg.kind !== 'literal' || typeof arg.value !== 'string' || /^\s*[{"]/.test(arg.value))
      return arg;
    return { ...arg, value: JSON.stringify(typeToJson(schemaType(arg.value))) };
  });
}

/** Columns (`a INT, b STRING`) or one type (`array<int>`), columns first as in Spark. */
function schemaType(text: string): DataType {
  try {
    return parseTableSchema(text);
  } catch (error) {
    if (!(error instanceof SparkError)) throw error;
    return parsedType(text) ?? raise(error);
  }
}

function parsedType(text: string): DataType | undefined {
  try {
    return parseDataType(text);
  } catch (error) {
    if (error instanceof SparkError) return undefined;
    throw error;
  }
}

function raise(error: SparkError): never {
  throw error;
}
