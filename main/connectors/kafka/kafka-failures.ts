import { jobAborted } from '../../../engine/core/job-aborted.ts';
import { SparkError } from '../../../engine/core/spark-error.ts';
import { errorCode, type KafkaRefusal } from './kafka-error.ts';
import { partitionName, type TopicPartition } from './kafka-record.ts';

/** What Spark adds where data is gone and the query must not go on. */
const dataLossAdvice = `
Some data may have been lost because they are not available in Kafka any more; either the
 data was aged out by Kafka or the topic may have been deleted before all the data in the
 topic was processed. If you don't want your streaming query to fail on such cases, set the
 source option "failOnDataLoss" to "false".
    `;

const kafkaErrors = 'org.apache.kafka.common.errors';

/** Java's names and texts for codes of the protocol that a reader or a writer may meet. */
const javaErrors: Readonly<Record<number, string>> = {
  [errorCode.unknownTopicOrPartition]:
    'UnknownTopicOrPartitionException: This server does not host this topic-partition.',
  [errorCode.leaderNotAvailable]:
    'LeaderNotAvailableException: There is no leader for this topic-partition as we are in the middle of a leadership election.',
  [errorCode.invalidTopic]: 'InvalidTopicException: The request attempted to perform an operation on an invalid topic.',
  10: 'RecordTooLargeException: The request included a message larger than the max message size the server will accept.',
  29: 'TopicAuthorizationException: Topic authorization failed.',
};

/** `org.apache.kafka.common.errors.…: …` for what a server refused. */
export const javaRefusal = ({ code, message }: KafkaRefusal): string =>
  `${kafkaErrors}.${javaErrors[code] ?? `UnknownServerException: ${message}`}`;

/** A failed call of Kafka's admin client: the exception is the cause's name and text. */
const adminFailure = (text: string, cause?: unknown): SparkError =>
  new SparkError({ java: 'java.util.concurrent.ExecutionException' }, text, {
    blame: 'environment',
    ...(cause === undefined ? {} : { cause }),
  });

export const refusedCall = (refusal: KafkaRefusal): SparkError => adminFailure(javaRefusal(refusal));

/** No server answered for as long as the client waits. `call`: what was asked. */
export const unreachable = (call: 'describeTopics' | 'listTopics'): SparkError =>
  adminFailure(`${kafkaErrors}.TimeoutException: Timed out waiting for a node assignment. Call: ${call}`);

const kafkaException = 'org.apache.kafka.common.KafkaException';
const configException = 'org.apache.kafka.common.config.ConfigException';

/** The client of a reader cannot be made. `reason`: what its settings lack. */
export const noAdminClient = (reason: string): SparkError =>
  new SparkError({ java: kafkaException }, 'Failed to create new KafkaAdminClient', {
    cause: new SparkError({ java: configException }, reason),
  });

/** The client of a writer cannot be made. */
export const noProducer = (reason: string): SparkError =>
  jobAborted(kafkaException, 'Failed to construct kafka producer', new SparkError({ java: configException }, reason));

/** A setting of Kafka's producer that has a list of values and none of them. */
export const invalidSetting = (name: string, value: string, allowed: readonly string[]): SparkError =>
  jobAborted(
    configException,
    `Invalid value ${value} for configuration ${name}: String must be one of: ${allowed.join(', ')}`,
  );

export const assertionFailed = (text: string): SparkError =>
  new SparkError({ java: 'java.lang.AssertionError' }, `assertion failed: ${text}`);

/** A batch query whose planning met an assertion. */
export const planningFailed = (cause: SparkError): SparkError =>
  new SparkError(
    { java: 'org.apache.spark.SparkException' },
    '[INTERNAL_ERROR] The Spark SQL phase planning failed with an internal error. You hit a bug in Spark or the Spark plugins you use. Please, report this bug to the corresponding communities or vendors, and provide the full stack trace.',
    { condition: 'INTERNAL_ERROR', sqlState: 'XX000', cause },
  );

/** Found by the driver, before a batch is read. */
export const dataLoss = (message: string): SparkError =>
  new SparkError({ java: 'java.lang.IllegalStateException' }, `${message}. ${dataLossAdvice}`);

/** Found by a task, while records are read. */
export const recordsLost = (message: string, groupId: string, place: TopicPartition): SparkError =>
  jobAborted(
    'java.lang.IllegalStateException',
    `${message} (GroupId: ${groupId}, TopicPartition: ${partitionName(place)}). ${dataLossAdvice}`,
  );

export const noRecordInTime = (offset: number, timeoutMs: number): SparkError =>
  jobAborted(
    'java.util.concurrent.TimeoutException',
    `Cannot fetch record for offset ${offset} in ${timeoutMs} milliseconds`,
  );
