import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { kafkaCalls } from '../../../../main/connectors/calls/kafka-calls.ts';
import { serviceCalls } from '../../../../main/connectors/calls/service-calls.ts';
import type { SentRecord } from '../../../../main/connectors/calls/sent-record.ts';
import { RecordingPort } from '../../kernel/recording-port.ts';
import { startKernel, type TestKernel } from '../../kernel/start-kernel.ts';
import { startBroker } from '../../services/kafka/running-broker.ts';
import { brokerEndpoints } from './broker-endpoints.ts';

let python: TestKernel;
let port = 0;
const sent: SentRecord[] = [];
const calls = serviceCalls([
  kafkaCalls({ ...brokerEndpoints(0), kafka: (servers) => brokerEndpoints(port).kafka(servers) }, (records) => {
    sent.push(...records);
  }),
]);
beforeAll(async () => {
  python = await startKernel({ commands: new RecordingPort(), services: calls });
});
afterAll(() => python.kernel.shutdown());
beforeEach(async () => {
  ({ port } = await startBroker());
  sent.length = 0;
});

const imports = 'from kafka import *\nfrom kafka.admin import *\nfrom kafka.structs import *\n';
const run = (source: string): Promise<string> => python.run(imports + source);

test('what a producer sends, a consumer reads: keys, values, headers, times and places', async () => {
  const output = await run(`
producer = KafkaProducer(bootstrap_servers="iabd-virtualbox:9092")
place = producer.send("t", b"uno", key=b"k", headers=[("h", b"x")], timestamp_ms=1234).get(timeout=10)
producer.send("t", "dós".encode())
producer.send("t", None, key=b"k")
consumer = KafkaConsumer("t", auto_offset_reset="earliest", consumer_timeout_ms=300)
records = list(consumer)
print(place.offset, place.partition)
print([(r.offset, r.key, r.value.decode() if r.value else None, r.headers) for r in records], records[0].timestamp)`);
  expect(output).toBe("0 0\n[(0, b'k', 'uno', [('h', b'x')]), (1, None, 'dós', []), (2, b'k', None, [])] 1234\n");
  expect(sent.map(({ offset, key, value }) => [offset, key, value])).toEqual([
    ['0', 'k', 'uno'],
    ['1', null, 'dós'],
    ['2', 'k', null],
  ]);
});

test('a group goes on where it stopped, and an administrator sees and forgets it', async () => {
  const output = await run(`
producer = KafkaProducer()
for n in range(5): producer.send("t", str(n).encode())
producer.flush()
tp = TopicPartition("t", 0)
consumer = KafkaConsumer("t", group_id="g", auto_offset_reset="earliest", enable_auto_commit=False)
print(len(consumer.poll(timeout_ms=2000, max_records=2)[tp]), consumer.position(tp))
consumer.commit()
print(consumer.committed(tp))
consumer.close()
again = KafkaConsumer("t", group_id="g", consumer_timeout_ms=200)
print([int(r.value) for r in again])
again.close()
admin = KafkaAdminClient()
print(admin.list_consumer_groups(), admin.list_consumer_group_offsets("g"))
print([(name, error.__name__) for name, error in admin.delete_consumer_groups(["g", "nohay"])])`);
  expect(output).toBe(
    "2 2\n2\n[2, 3, 4]\n[('g', 'consumer')] {TopicPartition(topic='t', partition=0): OffsetAndMetadata(offset=5, metadata='')}\n" +
      "[('g', 'NoError'), ('nohay', 'GroupIdNotFoundError')]\n",
  );
});

test('an administrator makes, describes, widens and deletes topics, and the first failure raises', async () => {
  expect(
    await run(`
admin = KafkaAdminClient(bootstrap_servers=["localhost:9092"])
print(admin.create_topics([NewTopic("a", num_partitions=2, replication_factor=1)]))
admin.create_partitions({"a": NewPartitions(total_count=3)})
print(sorted(admin.list_topics()), [p["partition"] for p in admin.describe_topics(["a"])[0]["partitions"]])
cluster = admin.describe_cluster()
print(len(cluster["brokers"]), cluster["controller_id"] == cluster["brokers"][0]["node_id"])
print(admin.delete_topics(["a"]), admin.list_topics())`),
  ).toBe(
    "CreateTopicsResponse_v3(throttle_time_ms=0, topic_errors=[(topic='a', error_code=0, error_message=None)])\n" +
      "['a'] [0, 1, 2]\n1 True\n" +
      "DeleteTopicsResponse_v3(throttle_time_ms=0, topic_error_codes=[(topic='a', error_code=0)]) []\n",
  );
  expect(await run('for _ in range(2): admin.create_topics([NewTopic("b", 1, 1)])')).toBe(
    "kafka.errors.TopicAlreadyExistsError: [Error 36] TopicAlreadyExistsError: Request 'CreateTopicsRequest_v3(create_topic_requests=" +
      "[(topic='b', num_partitions=1, replication_factor=1, replica_assignment=[], configs=[])], timeout=30000, validate_only=False)' " +
      "failed with response 'CreateTopicsResponse_v3(throttle_time_ms=0, topic_errors=[(topic='b', error_code=36, error_message=\"Topic 'b' already exists.\")])'.",
  );
  expect(await run('admin.delete_topics(["nohay"])')).toContain('UnknownTopicOrPartitionError');
});

test('positions by time and at the ends, over several partitions', async () => {
  const output = await run(`
KafkaAdminClient().create_topics([NewTopic("t", 2, 1)])
producer = KafkaProducer()
for n in range(6): producer.send("t", str(n).encode(), partition=n % 2, timestamp_ms=1000 * n)
producer.flush()
places = [TopicPartition("t", n) for n in (0, 1)]
consumer = KafkaConsumer()
consumer.assign(places)
print(list(consumer.beginning_offsets(places).values()), list(consumer.end_offsets(places).values()))
print([found and found.offset for found in consumer.offsets_for_times({places[0]: 2000, places[1]: 99000}).values()])
consumer.seek_to_beginning()
values = []
while len(values) < 6:
    for records in consumer.poll(timeout_ms=2000).values(): values += [int(r.value) for r in records]
print(sorted(values))`);
  expect(output).toBe('[0, 0] [3, 3]\n[1, None]\n[0, 1, 2, 3, 4, 5]\n');
});

test('an offset that the log does not have is reset, or raises where the program says so', async () => {
  const output = await run(`
producer = KafkaProducer()
producer.send("t", b"x").get()
tp = TopicPartition("t", 0)
consumer = KafkaConsumer(auto_offset_reset="earliest")
consumer.assign([tp]); consumer.seek(tp, 50)
while not (found := consumer.poll(timeout_ms=500)): pass
print(found[tp][0].offset)
strict = KafkaConsumer(auto_offset_reset="none")
strict.assign([tp]); strict.seek(tp, 50)
strict.poll(timeout_ms=500)`);
  expect(output).toBe(
    "0\nkafka.errors.OffsetOutOfRangeError: [Error 1] OffsetOutOfRangeError: {TopicPartition(topic='t', partition=0): 50}",
  );
});

test('nobody at the address is NoBrokersAvailable', async () => {
  port = 1;
  expect(await run('KafkaProducer(bootstrap_servers="localhost:1")')).toBe(
    'kafka.errors.NoBrokersAvailable: NoBrokersAvailable',
  );
});

test('Stop ends a long poll at once, and the consumer reads on', async () => {
  const running = python.kernel.execute(
    'cell',
    `${imports}
producer = KafkaProducer()
consumer = KafkaConsumer("t", auto_offset_reset="earliest")
consumer.poll(timeout_ms=100)
print("ya", flush=True)
consumer.poll(timeout_ms=60000)`,
  );
  const stop = python.kernel.on((event) => {
    if (event.kind === 'stream') setTimeout(() => python.kernel.interrupt(), 50);
  });
  expect((await running).error?.ename).toBe('KeyboardInterrupt');
  stop();
  expect(
    await run('producer.send("t", b"1").get()\nprint([len(r) for r in consumer.poll(timeout_ms=3000).values()])'),
  ).toBe('[1]\n');
});

test('input of another shape is refused', async () => {
  const signal = new AbortController().signal;
  await expect(calls.call('kafka.connect', { servers: 5 }, signal)).rejects.toThrow('servers');
  await expect(calls.call('kafka.nohay', {}, signal)).rejects.toThrow('no service answers kafka.nohay');
});
