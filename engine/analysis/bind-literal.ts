import { isIntegral, type DataType } from '../core/data-type.ts';
import { parseDecimal, structValue, mapValue, type SparkValue } from '../core/spark-value.ts';
import { typeFromJson } from '../core/type-json.ts';
import type { BoundLiteral } from '../plan/bound-expression.ts';
import type { Literal } from '../plan/expression.ts';
import type { WireValue } from '../core/wire-values.ts';

export function bindLiteral(expression: Literal): BoundLiteral {
  const type = typeFromJson(expression.data_type);
  return { kind: 'literal', value: wireToValue(expression.value, type), type, nullable: expression.value === null };
}

/** Reads a value in wire form (`WireValue`) as its type says. */
export function wireToValue(value: WireValue, type: DataType): SparkValue {
  if (value === null) return null;
  switch (type.kind) {
    case 'long':
    case 'timestamp':
    case 'timestamp_ntz':
    case 'day_time_interval':
      return BigInt(value as number | string);
    case 'float':
    case 'double':
      return Number(value);
    case 'decimal':
      return scaled(String(value), type.scale);
    case 'binary':
      return Uint8Array.from(Buffer.from(String(value), 'base64'));
    case 'array':
      return (value as readonly WireValue[]).map((item) => wireToValue(item, type.element));
    case 'map':
      return mapValue(
        (value as readonly (readonly WireValue[])[]).map(([key, item]) => [
          wireToValue(key ?? null, type.key),
          wireToValue(item ?? null, type.value),
        ]),
      );
    case 'struct':
      return structValue(
        type.fields.map((field, index) => wireToValue((value as readonly WireValue[])[index] ?? null, field.type)),
      );
    case 'calendar_interval': {
      const [months, days, micros] = value as readonly (number | string)[];
      return { form: 'interval', months: Number(months), days: Number(days), micros: BigInt(micros ?? 0) };
    }
    default:
      return isIntegral(type) || type.kind === 'date' || type.kind === 'year_month_interval'
        ? Number(value)
        : (value as string | boolean);
  }
}

/** A decimal with exactly `scale` fraction digits; the wire may carry fewer. */
function scaled(text: string, scale: number): SparkValue {
  const parsed = parseDecimal(text);
  return parsed.scale >= scale
    ? parsed
    : { ...parsed, unscaled: parsed.unscaled * 10n ** BigInt(scale - parsed.scale), scale };
}
