import { sparkError, SparkError } from '../../../engine/core/spark-error.ts';

/** Connection properties of Connector/J that change what is read or written. Properties that it does not know mean nothing to it. */
export type DriverProperties = {
  /** TINYINT(1) is BOOLEAN. */
  readonly tinyInt1isBit: boolean;
  /** YEAR is a date, its first of January. */
  readonly yearIsDateType: boolean;
  readonly zeroDates: 'refused' | 'null' | 'rounded';
  /** The zone of DATETIME and TIMESTAMP values; that of the Java process unless a property says another. */
  readonly connectionZone: string;
  /** The zone of the Java process: TIME values and the bounds that Spark itself writes. */
  readonly processZone: string;
};

/** Reads the properties by name, without regard to case, as the driver does. */
export function driverProperties(get: (name: string) => string | undefined, processZone: string): DriverProperties {
  const zone = get('connectionTimeZone') ?? get('serverTimezone') ?? 'LOCAL';
  return {
    tinyInt1isBit: get('tinyInt1isBit')?.toLowerCase() !== 'false',
    yearIsDateType: get('yearIsDateType')?.toLowerCase() !== 'false',
    zeroDates: zeroDates(get('zeroDateTimeBehavior')),
    connectionZone: zone === 'LOCAL' || zone === '' ? processZone : checkedZone(zone),
    processZone,
  };
}

function zeroDates(text = 'EXCEPTION'): DriverProperties['zeroDates'] {
  const word = text.toUpperCase().replaceAll('_', '');
  if (word === 'CONVERTTONULL') return 'null';
  return word === 'ROUND' ? 'rounded' : 'refused';
}

function checkedZone(zone: string): string {
  if (zone === 'SERVER') throw sparkError('NOT_SUPPORTED_BY_MAREA', { feature: 'connectionTimeZone=SERVER' });
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone;
  } catch {
    throw new SparkError(
      { java: 'java.sql.SQLNonTransientConnectionException' },
      'Could not create connection to database server.',
    );
  }
}
