import { SparkError } from './spark-error.ts';

/** What Spark reports when a task threw: the Java exception's class and text stand behind the task's name. */
export const jobAborted = (javaClass: string, message: string, cause?: SparkError): SparkError =>
  new SparkError(
    { java: 'org.apache.spark.SparkException' },
    `Job aborted due to stage failure: Task 0 in stage 0.0 failed 1 times, most recent failure: Lost task 0.0 in stage 0.0 (TID 0) (localhost executor driver): ${message === '' ? javaClass : `${javaClass}: ${message}`}`,
    cause === undefined ? {} : { cause },
  );
