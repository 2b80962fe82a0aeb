import { RelationalError } from '../../../engine/api/relational-client.ts';
import type { BatchOutput } from '../../../engine/api/sink.ts';
import type { StructField } from '../../../engine/core/data-type.ts';
import { jobAborted } from '../../../engine/core/job-aborted.ts';
import { SparkError } from '../../../engine/core/spark-error.ts';
import type { Row } from '../../../engine/core/spark-value.ts';
import type { JdbcConnection } from './jdbc-connections.ts';
import { jdbcFailure } from './jdbc-errors.ts';
import type { JdbcOptions } from './jdbc-options.ts';
import { quoted } from './quoted-name.ts';
import { columnWriter } from './write-column.ts';

/** MariaDB before 11 greets as MySQL 5.5, and Connector/J sends such a server no fractions of a second. */
const greetsAsOld = /^(?:5|10)\..*MariaDB/i;

/** Inserts all rows in one transaction, in JDBC batches; without one where `isolationLevel` is NONE. Errors are those of a task. */
export async function insertRows(
  connection: JdbcConnection,
  options: JdbcOptions,
  columns: readonly StructField[],
  output: BatchOutput,
): Promise<void> {
  const zone = connection.properties.connectionZone;
  const hasFractions = !greetsAsOld.test(connection.serverVersion);
  const writers = columns.map(({ type }) => columnWriter(type, { zone, hasFractions }));
  const names = columns.map(({ name }) => quoted(name)).join(',');
  const statement = `INSERT INTO ${options.table} (${names}) VALUES (${columns.map(() => '?').join(',')})`;
  const isTransaction = options.get('isolationLevel') !== 'NONE';
  if (isTransaction) await connection.begin();
  try {
    for await (const rows of batches(output, options.batchSize))
      await connection.batch(
        statement,
        rows.map((row) => writers.map((write, i) => write(row[i] ?? null))),
      );
    if (isTransaction) await connection.commit();
  } catch (error) {
    if (isTransaction) await connection.rollback().catch(() => undefined);
    throw taskError(error);
  }
}

/** The rows in pieces of the batch size, whatever the blocks they come in. */
async function* batches(output: BatchOutput, size: number): AsyncIterable<readonly Row[]> {
  for await (const block of output.blocks())
    for (let from = 0; from < block.length; from += size) yield block.slice(from, from + size);
}

/** A statement of a batch that fails ends the task with Java's `BatchUpdateException`. */
function taskError(error: unknown): unknown {
  if (error instanceof SparkError && typeof error.errorClass !== 'string')
    return jobAborted(error.errorClass.java, error.message);
  const failure = jdbcFailure(error, true);
  if (failure === undefined) return error;
  return jobAborted(error instanceof RelationalError ? 'java.sql.BatchUpdateException' : failure.java, failure.message);
}
