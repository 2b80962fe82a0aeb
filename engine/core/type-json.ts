import {
  arrayType,
  decimalType,
  mapType,
  structType,
  type DataType,
  type DayTimeField,
  type StructField,
  type YearMonthField,
} from './data-type.ts';
import { SparkError } from './spark-error.ts';

/** Spark's JSON form of a type (`StructType.json()`), as it travels in plans and Parquet footers. */
export type TypeJson =
  | string
  | { readonly type: 'array'; readonly elementType: TypeJson; readonly containsNull: boolean }
  | {
      readonly type: 'map';
      readonly keyType: TypeJson;
      readonly valueType: TypeJson;
      readonly valueContainsNull: boolean;
    }
  | { readonly type: 'struct'; readonly fields: readonly FieldJson[] };
export type FieldJson = {
  readonly name: string;
  readonly type: TypeJson;
  readonly nullable: boolean;
  readonly metadata?: Readonly<Record<string, unknown>>;
};

export function typeToJson(type: DataType): TypeJson {
  switch (type.kind) {
    case 'array':
      return { type: 'array', elementType: typeToJson(type.element), containsNull: type.containsNull };
    case 'map':
      return {
        type: 'map',
        keyType: typeToJson(type.key),
        valueType: typeToJson(type.value),
        valueContainsNull: type.valueContainsNull,
      };
    case 'struct':
      return {
        type: 'struct',
        fields: type.fields.map((f) => ({
          name: f.name,
          type: typeToJson(f.type),
          nullable: f.nullable,
          metadata: f.metadata ?? {},
        })),
      };
    case 'decimal':
      return `decimal(${type.precision},${type.scale})`;
    case 'char':
    case 'varchar':
      return `${type.kind}(${type.length})`;
    case 'calendar_interval':
      return 'interval';
    case 'day_time_interval':
    case 'year_month_interval':
      return type.start === type.end ? `interval ${type.start}` : `interval ${type.start} to ${type.end}`;
    default:
      return type.kind;
  }
}

const atomic =
  /^(void|null|boolean|byte|short|integer|long|float|double|string|binary|date|timestamp|timestamp_ntz|interval)$/;

/** Reads Spark's JSON form. Throws `ILLEGAL_ARGUMENT` for text that names no Spark type. */
export function typeFromJson(json: TypeJson): DataType {
  if (typeof json !== 'string') {
    switch (json.type) {
      case 'array':
        return arrayType(typeFromJson(json.elementType), json.containsNull);
      case 'map':
        return mapType(typeFromJson(json.keyType), typeFromJson(json.valueType), json.valueContainsNull);
      case 'struct':
        return structType(json.fields.map(fieldFromJson));
    }
  }
  if (atomic.test(json))
    return { kind: json === 'null' ? 'void' : json === 'interval' ? 'calendar_interval' : json } as DataType;
  const sized = /^(decimal|char|varchar)\((\d+)(?:,\s*(-?\d+))?\)$/.exec(json);
  if (sized?.[1] === 'decimal') return decimalType(Number(sized[2]), Number(sized[3] ?? 0));
  if (sized?.[1] === 'char' || sized?.[1] === 'varchar') return { kind: sized[1], length: Number(sized[2]) };
  const interval = /^interval (\w+)(?: to (\w+))?$/.exec(json);
  if (interval?.[1]) return intervalFromWords(interval[1], interval[2] ?? interval[1]);
  throw new SparkError('IllegalArgumentException', `Failed to convert the JSON string '${json}' to a data type.`);
}

function intervalFromWords(start: string, end: string): DataType {
  if (start === 'year' || start === 'month') return { kind: 'year_month_interval', start, end: end as YearMonthField };
  return { kind: 'day_time_interval', start: start as DayTimeField, end: end as DayTimeField };
}

const fieldFromJson = (json: FieldJson): StructField => ({
  name: json.name,
  type: typeFromJson(json.type),
  nullable: json.nullable,
  ...(json.metadata && Object.keys(json.metadata).length > 0 ? { metadata: json.metadata } : {}),
});
