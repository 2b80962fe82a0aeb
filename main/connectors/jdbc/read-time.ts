import { SparkError } from '../../../engine/core/spark-error.ts';
import type { DriverProperties } from './driver-properties.ts';
import { daysOf, instantOf } from './wall-time.ts';

/** The first day there is, which `zeroDateTimeBehavior=ROUND` puts in the place of `0000-00-00`. */
const firstDay = '0001-01-01';
const lastHour = 23;
const hourUs = 3_600_000_000n;

/** Days since 1970 of a DATE or of the day of a time. */
export function readDate(text: string, properties: DriverProperties): number | null {
  return isZero(text) ? atZero(properties, () => daysOf(firstDay)) : daysOf(text);
}

/** Microseconds since 1970 of a DATETIME or TIMESTAMP. */
export function readInstant(text: string, properties: DriverProperties): bigint | null {
  const { connectionZone } = properties;
  if (isZero(text)) return atZero(properties, () => instantOf(firstDay, connectionZone));
  return instantOf(text, connectionZone, (gapUs) => refuseGap(text, gapUs));
}

/** Connector/J sets a strict calendar, and Java names the field that would have to move. */
function refuseGap(text: string, gapUs: bigint): never {
  const hour = Number(text.slice(11, 13));
  throw new SparkError({ java: 'java.sql.SQLException' }, `HOUR_OF_DAY: ${hour} -> ${hour + Number(gapUs / hourUs)}`);
}

/** A TIME on the first day of 1970; MySQL's may be negative or longer than a day, Java's not. */
export function readTime(text: string, { processZone }: DriverProperties): bigint | null {
  if (!/^\d{2}:/.test(text) || Number(text.slice(0, 2)) > lastHour)
    throw new SparkError(
      { java: 'java.sql.SQLException' },
      `The value '${text}' is an invalid TIME value. JDBC Time objects represent a wall-clock time and not a duration as MySQL treats them. If you are treating this type as a duration, consider retrieving this value as a string and dealing with it according to your requirements.`,
    );
  return instantOf(`1970-01-01 ${text}`, processZone);
}

const isZero = (text: string): boolean => text.startsWith('0000-00-00');

function atZero<Value>({ zeroDates }: DriverProperties, rounded: () => Value): Value | null {
  if (zeroDates === 'null') return null;
  if (zeroDates === 'rounded') return rounded();
  throw new SparkError({ java: 'java.sql.SQLException' }, 'Zero date value prohibited');
}
