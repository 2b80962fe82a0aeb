import { SparkError } from '../../../engine/core/spark-error.ts';
import { requirementFailed } from './jdbc-errors.ts';
import { isMysqlUrl } from './jdbc-url.ts';

/** Classes of Connector/J, the course's driver: the only one there is. */
const mysqlDrivers: ReadonlySet<string> = new Set(['com.mysql.cj.jdbc.Driver', 'com.mysql.jdbc.Driver']);

/** Java's `DriverManager` for one application: a driver is known once somebody named its class. */
export class JdbcDrivers {
  #isRegistered = false;

  /** Checks the `driver` option, or looks for a driver of the URL. Throws what Spark throws. */
  resolve(url: string, driver: string | undefined): void {
    if (driver !== undefined) {
      if (!mysqlDrivers.has(driver)) throw new SparkError({ java: 'java.lang.ClassNotFoundException' }, driver);
      this.#isRegistered = true;
      return;
    }
    if (!this.#isRegistered || !isMysqlUrl(url))
      throw new SparkError({ java: 'java.sql.SQLException' }, 'No suitable driver');
    // Spark wraps the driver it registered, and cannot make another wrapper of the wrapper.
    throw new SparkError(
      { java: 'java.lang.NoSuchMethodException' },
      'org.apache.spark.sql.execution.datasources.jdbc.DriverWrapper.<init>()',
    );
  }

  /** A driver that does not take the URL answers nothing, which Spark reports so. */
  checkUrl(url: string): void {
    if (!isMysqlUrl(url)) throw requirementFailed(`The driver could not open a JDBC connection. Check the URL: ${url}`);
  }
}
