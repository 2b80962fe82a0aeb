import type { SourceOptions } from '../../../engine/api/source.ts';
import { illegalArgument, topicNames, wholeNumber } from './read-options.ts';

/** Settings of Kafka's consumer that Spark keeps for itself, with its sentences. */
const forbidden: Readonly<Record<string, string>> = {
  'auto.offset.reset': `
Kafka option 'auto.offset.reset' is not supported.
Instead set the source option 'startingoffsets' to 'earliest' or 'latest'
to specify where to start. Structured Streaming manages which offsets are consumed
internally, rather than relying on the kafkaConsumer to do it. This will ensure that no
data is missed when new topics/partitions are dynamically subscribed. Note that
'startingoffsets' only applies when a new Streaming query is started, and
that resuming will always pick up from where the query left off. See the docs for more
details.
         `,
  'key.deserializer':
    "Kafka option 'key.deserializer' is not supported as keys are deserialized as byte arrays with ByteArrayDeserializer. Use DataFrame operations to explicitly deserialize the keys.",
  'value.deserializer':
    "Kafka option 'value.deserializer' is not supported as values are deserialized as byte arrays with ByteArrayDeserializer. Use DataFrame operations to explicitly deserialize the values.",
  'enable.auto.commit': "Kafka option 'enable.auto.commit' is not supported",
  'interceptor.classes': "Kafka option 'interceptor.classes' is not supported",
};

/** What Spark's `load()` checks of a stream. Throws its exceptions. */
export function checkStreamOptions(options: SourceOptions): void {
  if (options.get('endingOffsets') !== undefined) throw illegalArgument('ending offset not valid in streaming queries');
  if (options.get('endingOffsetsByTimestamp') !== undefined)
    throw illegalArgument('ending timestamp not valid in streaming queries');
  checkReadOptions(options);
}

/** What every read needs, in Spark's order. */
export function checkReadOptions(options: SourceOptions): void {
  checkStrategy(options);
  const minPartitions = options.get('minPartitions');
  if (minPartitions !== undefined && wholeNumber(minPartitions) <= 0)
    throw illegalArgument('minPartitions must be positive');
  for (const [name, sentence] of Object.entries(forbidden))
    if (options.get(`kafka.${name}`) !== undefined) throw illegalArgument(sentence);
  if (options.get('kafka.bootstrap.servers') === undefined)
    throw illegalArgument("Option 'kafka.bootstrap.servers' must be specified for configuring Kafka consumer");
  const [least, most] = [options.get('minOffsetsPerTrigger'), options.get('maxOffsetsPerTrigger')];
  if (least !== undefined && most !== undefined && wholeNumber(least) > wholeNumber(most))
    throw illegalArgument(
      `The value of minOffsetPerTrigger(${wholeNumber(least)}) is higher than the maxOffsetsPerTrigger(${wholeNumber(most)}).`,
    );
}

function checkStrategy(options: SourceOptions): void {
  const [subscribe, pattern, assign] = ['subscribe', 'subscribePattern', 'assign'].map(options.get);
  const given = [subscribe, pattern, assign].filter((value) => value !== undefined).length;
  if (given !== 1)
    throw illegalArgument(
      `${given === 0 ? 'One' : 'Only one'} of the following options ${given === 0 ? 'must' : 'can'} be specified for Kafka source: subscribe, subscribepattern, assign. See the docs for more details.`,
    );
  if (assign !== undefined && !assign.trim().startsWith('{'))
    throw illegalArgument(`No topicpartitions to assign as specified value for option 'assign' is '${assign}'`);
  if (subscribe !== undefined && topicNames(subscribe).length === 0)
    throw illegalArgument(`No topics to subscribe to as specified value for option 'subscribe' is '${subscribe}'`);
  if (pattern !== undefined && pattern.trim() === '')
    throw illegalArgument(
      `Pattern to subscribe is empty as specified value for option 'subscribePattern' is '${pattern}'`,
    );
}
