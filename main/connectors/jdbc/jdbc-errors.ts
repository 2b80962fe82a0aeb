import { RelationalError } from '../../../engine/api/relational-client.ts';
import { SparkError } from '../../../engine/core/spark-error.ts';

/** An exception of Connector/J: Java's class and the text behind it. */
export type JdbcFailure = { readonly java: string; readonly message: string };

const lastPacket =
  'Communications link failure\n\nThe last packet sent successfully to the server was 0 milliseconds ago. The driver has not received any packets from the server.';
const brokenLink = 'Communications link failure';

/** Connector/J's class by the beginning of the SQLSTATE. */
const classes: readonly (readonly [string, string])[] = [
  ['22001', 'com.mysql.cj.jdbc.exceptions.MysqlDataTruncation'],
  ['22', 'com.mysql.cj.jdbc.exceptions.MysqlDataTruncation'],
  ['23', 'java.sql.SQLIntegrityConstraintViolationException'],
  ['42', 'java.sql.SQLSyntaxErrorException'],
  ['40', 'com.mysql.cj.jdbc.exceptions.MySQLTransactionRollbackException'],
  ['08', 'java.sql.SQLNonTransientConnectionException'],
];

/** What Connector/J throws for an error of the server or of the way to it; undefined for anything else. `isConnected`: a login had succeeded. */
export function jdbcFailure(error: unknown, isConnected: boolean): JdbcFailure | undefined {
  if (error instanceof RelationalError) {
    const java = classes.find(([state]) => error.sqlState.startsWith(state))?.[1] ?? 'java.sql.SQLException';
    const isTruncation = error.sqlState.startsWith('22');
    return { java, message: isTruncation ? `Data truncation: ${error.message}` : error.message };
  }
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  const java = 'com.mysql.cj.jdbc.exceptions.CommunicationsException';
  return { java, message: isConnected ? brokenLink : lastPacket };
}

/** The failure as the learner sees it where Spark's driver program connects. */
export function driverError(error: unknown, isConnected = false): unknown {
  const failure = jdbcFailure(error, isConnected);
  return failure === undefined
    ? error
    : new SparkError({ java: failure.java }, failure.message, {
        cause: error,
        ...(error instanceof RelationalError ? {} : { blame: 'environment' }),
      });
}

/** `IllegalArgumentException: requirement failed: …`, as Scala's `require` words it. */
export const requirementFailed = (text: string): SparkError =>
  new SparkError('IllegalArgumentException', `requirement failed: ${text}`);
