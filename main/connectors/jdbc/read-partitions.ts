import { dateText } from '../../../engine/core/civil-date.ts';
import { isNumeric, type StructType } from '../../../engine/core/data-type.ts';
import { SparkError } from '../../../engine/core/spark-error.ts';
import { simpleString } from '../../../engine/core/type-names.ts';
import { requirementFailed } from './jdbc-errors.ts';
import { integerOption } from './jdbc-options.ts';
import { quoted } from './quoted-name.ts';
import { daysOf, instantOf, wallText } from './wall-time.ts';

type Get = (name: string) => string | undefined;

/** `spark.sql.debug.maxToStringFields`. */
const shownFields = 25;

/**
 * The WHERE clauses of the parts in which Spark reads a table, null for all rows (`JDBCRelation.columnPartition`). The bounds only decide where the parts
 * meet: rows outside go to the first and the last, NULLs to the first.
 */
export function partitionClauses(get: Get, schema: StructType, zone: string): readonly (string | null)[] {
  const name = get('partitionColumn');
  const wanted = integerOption(get, 'numPartitions') ?? 1;
  if (name === undefined) return [null];
  const column = schema.fields.find((field) => field.name.toLowerCase() === name.replaceAll('`', '').toLowerCase());
  if (!column)
    throw new SparkError(
      'AnalysisException',
      `User-defined partition column ${name} not found in the JDBC relation: ${shortStruct(schema)}.`,
    );
  const kind = column.type.kind;
  if (!isNumeric(column.type) && kind !== 'date' && kind !== 'timestamp')
    throw new SparkError(
      'AnalysisException',
      `Partition column type should be numeric, date, or timestamp, but ${simpleString(column.type)} found.`,
    );
  const lower = boundValue(get('lowerBound') ?? '', kind, zone);
  const upper = boundValue(get('upperBound') ?? '', kind, zone);
  return stride({ lower, upper, wanted, column: quoted(column.name), text: (value) => boundText(value, kind, zone) });
}

type Stride = {
  readonly lower: bigint;
  readonly upper: bigint;
  readonly wanted: number;
  readonly column: string;
  readonly text: (value: bigint) => string;
};

function stride({ lower, upper, wanted, column, text }: Stride): readonly (string | null)[] {
  if (wanted <= 1 || lower === upper) return [null];
  if (lower > upper)
    throw requirementFailed(
      `Operation not allowed: the lower bound of partitioning column is larger than the upper bound. Lower bound: ${text(lower)}; Upper bound: ${text(upper)}`,
    );
  const count = upper - lower >= BigInt(wanted) ? wanted : Number(upper - lower);
  const exact = Number(upper) / count - Number(lower) / count;
  const step = BigInt(Math.trunc(exact));
  // The parts are moved so that what the whole steps lose is shared by both ends.
  const lost = ((exact - Math.trunc(exact)) * count) / Math.trunc(exact);
  let current = lower + BigInt(Math.floor((lost / 2) * Math.trunc(exact) + 0.5));
  return Array.from({ length: count }, (_, index) => {
    const from = index === 0 ? null : `${column} >= ${text(current)}`;
    current += step;
    const to = index === count - 1 ? null : `${column} < ${text(current)}`;
    if (to === null) return from;
    return from === null ? `${to} or ${column} is null` : `${from} AND ${to}`;
  });
}

function boundValue(text: string, kind: string, zone: string): bigint {
  if (kind === 'date' || kind === 'timestamp') {
    const value = kind === 'date' ? daysOf(text) : instantOf(text, zone);
    if (value === null)
      throw new SparkError('IllegalArgumentException', `Cannot parse the bound value ${text} as ${kind}`);
    return BigInt(value);
  }
  if (!/^[+-]?\d+$/.test(text)) throw new SparkError('NumberFormatException', `For input string: "${text}"`);
  return BigInt(text.replace('+', ''));
}

function boundText(value: bigint, kind: string, zone: string): string {
  if (kind === 'date') return `'${dateText(Number(value))}'`;
  return kind === 'timestamp' ? `'${wallText(value, zone)}'` : String(value);
}

/** Spark's short text of a type: with more than two fields it always says that there are more. */
function shortStruct({ fields }: StructType): string {
  const shown = fields.slice(0, shownFields).map((field) => `${field.name}: ${simpleString(field.type)}`);
  const isOneLeft = fields.length - shown.length === 1;
  const more = isOneLeft ? ' ... 1 more field' : ` ... ${fields.length - 2} more fields`;
  return `struct<${shown.join(', ')}${fields.length > 2 ? more : ''}>`;
}
