/** Spark's data types as closed unions. `kind` is Spark's `typeName` (the word of `printSchema`) where it has one. */
export type AtomicKind =
  | 'void'
  | 'boolean'
  | 'byte'
  | 'short'
  | 'integer'
  | 'long'
  | 'float'
  | 'double'
  | 'string'
  | 'binary'
  | 'date'
  | 'timestamp'
  | 'timestamp_ntz'
  | 'calendar_interval';

export type DayTimeField = 'day' | 'hour' | 'minute' | 'second';
export type YearMonthField = 'year' | 'month';

export type DecimalType = { readonly kind: 'decimal'; readonly precision: number; readonly scale: number };
export type ArrayType = { readonly kind: 'array'; readonly element: DataType; readonly containsNull: boolean };
export type MapType = {
  readonly kind: 'map';
  readonly key: DataType;
  readonly value: DataType;
  readonly valueContainsNull: boolean;
};
export type StructType = { readonly kind: 'struct'; readonly fields: readonly StructField[] };
export type CharType = { readonly kind: 'char'; readonly length: number };
export type VarcharType = { readonly kind: 'varchar'; readonly length: number };
export type DayTimeIntervalType = {
  readonly kind: 'day_time_interval';
  readonly start: DayTimeField;
  readonly end: DayTimeField;
};
export type YearMonthIntervalType = {
  readonly kind: 'year_month_interval';
  readonly start: YearMonthField;
  readonly end: YearMonthField;
};

export type DataType =
  | { readonly kind: AtomicKind }
  | DecimalType
  | CharType
  | VarcharType
  | DayTimeIntervalType
  | YearMonthIntervalType
  | ArrayType
  | MapType
  | StructType;

export type StructField = {
  readonly name: string;
  readonly type: DataType;
  readonly nullable: boolean;
  readonly metadata?: Readonly<Record<string, unknown>>;
};

export const voidType: DataType = { kind: 'void' };
export const booleanType: DataType = { kind: 'boolean' };
export const byteType: DataType = { kind: 'byte' };
export const shortType: DataType = { kind: 'short' };
export const integerType: DataType = { kind: 'integer' };
export const longType: DataType = { kind: 'long' };
export const floatType: DataType = { kind: 'float' };
export const doubleType: DataType = { kind: 'double' };
export const stringType: DataType = { kind: 'string' };
export const binaryType: DataType = { kind: 'binary' };
export const dateType: DataType = { kind: 'date' };
export const timestampType: DataType = { kind: 'timestamp' };
export const timestampNtzType: DataType = { kind: 'timestamp_ntz' };
export const calendarIntervalType: DataType = { kind: 'calendar_interval' };
export const dayTimeIntervalType: DayTimeIntervalType = { kind: 'day_time_interval', start: 'day', end: 'second' };
export const yearMonthIntervalType: YearMonthIntervalType = {
  kind: 'year_month_interval',
  start: 'year',
  end: 'month',
};

export const decimalType = (precision: number, scale: number): DecimalType => ({ kind: 'decimal', precision, scale });
export const arrayType = (element: DataType, containsNull = true): ArrayType => ({
  kind: 'array',
  element,
  containsNull,
});
export const mapType = (key: DataType, value: DataType, valueContainsNull = true): MapType => ({
  kind: 'map',
  key,
  value,
  valueContainsNull,
});
export const structType = (fields: readonly StructField[]): StructType => ({ kind: 'struct', fields });
export const field = (name: string, type: DataType, nullable = true): StructField => ({ name, type, nullable });

const integralKinds: ReadonlySet<string> = new Set(['byte', 'short', 'integer', 'long']);
const fractionalKinds: ReadonlySet<string> = new Set(['float', 'double', 'decimal']);

export const isIntegral = (type: DataType): boolean => integralKinds.has(type.kind);
export const isFractional = (type: DataType): boolean => fractionalKinds.has(type.kind);
export const isNumeric = (type: DataType): boolean => isIntegral(type) || isFractional(type);
/** `char(n)` and `varchar(n)` behave as strings once a schema is read. */
export const isStringLike = (type: DataType): boolean =>
  type.kind === 'string' || type.kind === 'char' || type.kind === 'varchar';
export const isDatetime = (type: DataType): boolean =>
  type.kind === 'date' || type.kind === 'timestamp' || type.kind === 'timestamp_ntz';
export const isInterval = (type: DataType): boolean =>
  type.kind === 'calendar_interval' || type.kind === 'day_time_interval' || type.kind === 'year_month_interval';

/** Equal ignoring nullability and field metadata; field names compare exactly. */
export function sameType(a: DataType, b: DataType): boolean {
  if (a.kind === 'array' && b.kind === 'array') return sameType(a.element, b.element);
  if (a.kind === 'map' && b.kind === 'map') return sameType(a.key, b.key) && sameType(a.value, b.value);
  if (a.kind === 'decimal' && b.kind === 'decimal') return a.precision === b.precision && a.scale === b.scale;
  if (a.kind === 'struct' && b.kind === 'struct') {
    return (
      a.fields.length === b.fields.length &&
      a.fields.every((f, i) => f.name === b.fields[i]?.name && sameType(f.type, b.fields[i].type))
    );
  }
  if ((a.kind === 'char' || a.kind === 'varchar') && a.kind === b.kind) return a.length === b.length;
  return a.kind === b.kind;
}

/** The same type with everything inside nullable, as file sources and `from_json` give it. */
export function asNullable(type: DataType): DataType {
  switch (type.kind) {
    case 'array':
      return arrayType(asNullable(type.element));
    case 'map':
      return mapType(asNullable(type.key), asNullable(type.value));
    case 'struct':
      return structType(type.fields.map((f) => ({ ...f, type: asNullable(f.type), nullable: true })));
    default:
      return type;
  }
}
