import { javaClassName, SparkError } from '../../../engine/core/spark-error.ts';

const exceptions = 'com.mongodb.spark.sql.connector.exceptions';

const because = (cause: SparkError | undefined): { readonly cause?: SparkError } =>
  cause === undefined ? {} : { cause };

/** An option that is missing or makes no sense. */
export const configError = (message: string, cause?: SparkError): SparkError =>
  new SparkError({ java: `${exceptions}.ConfigException` }, message, because(cause));

/** A value that has no place in the other side's type. */
export const dataError = (message: string): SparkError =>
  new SparkError({ java: `${exceptions}.DataException` }, message);

/** Planning a read failed: the connector puts the cause's text behind its own. */
export const partitioningFailed = (cause: SparkError): SparkError =>
  new SparkError({ java: `${exceptions}.MongoSparkException` }, `Partitioning failed. ${cause.message}`, {
    cause,
    blame: cause.blame,
  });

/** A task of a job failed. */
export const jobAborted = (cause: SparkError): SparkError =>
  new SparkError(
    { java: 'org.apache.spark.SparkException' },
    'Job aborted due to stage failure: Task 0 in stage 0.0 failed 1 times, most recent failure: Lost task 0.0 in stage 0.0 (TID 0) ' +
      `(localhost executor driver): ${javaClassName(cause.errorClass)}: ${cause.message}`,
    { cause, blame: cause.blame },
  );

/** A task of a write failed; the reason stands only behind `Caused by`. */
export const writingJobFailed = (cause: SparkError): SparkError =>
  new SparkError({ java: 'org.apache.spark.SparkException' }, 'Writing job failed.', {
    cause: jobAborted(cause),
    blame: cause.blame,
  });
