import { afterEach, beforeEach, expect, test } from 'vitest';
import { MemoryKafka } from './memory-kafka.ts';
import { RecordingPort } from './recording-port.ts';
import { startKernel, type TestKernel } from './start-kernel.ts';

let kafka: MemoryKafka;
let python: TestKernel;
beforeEach(async () => {
  kafka = new MemoryKafka(2);
  python = await startKernel({ commands: new RecordingPort(), services: kafka });
});
afterEach(() => python.kernel.shutdown());

const producer = `from kafka import KafkaProducer
from json import dumps
producer = KafkaProducer(bootstrap_servers="localhost:9092", value_serializer=lambda v: dumps(v).encode())
`;

test('a thousand sends in a loop leave in a few requests, and none is lost', async () => {
  const output = await python.run(`${producer}
futures = [producer.send("ventas", {"n": n}) for n in range(1000)]
producer.flush()
print(all(future.succeeded() for future in futures), futures[0].get().topic)`);
  expect(output).toBe('True ventas\n');
  expect(kafka.values('ventas')).toHaveLength(1000);
  expect(kafka.requests('kafka.send')).toBeLessThan(50);
});

test('what a cell sends without flush leaves when it sleeps, asks something else, or ends', async () => {
  const during = `${producer}
import time
producer.send("t", 1)
time.sleep(0.01)
print(producer.metrics()["producer-metrics"]["records-per-request-avg"])`;
  expect(await python.run(during)).toBe('1.0\n');
  await python.run('producer.send("t", 2)');
  expect(kafka.values('t')).toContain('2');
});

test('records of one key share a partition, as the Java client chooses it', async () => {
  const source = `${producer}
places = {producer.send("t", n, key=b"clave").get().partition for n in range(20)}
from kafka.partitioner import murmur2
print(places, murmur2(b""), murmur2(b"a"), murmur2(b"clave"), murmur2(b"12345678"))`;
  expect(await python.run(source)).toBe('{1} 275646681 2731586172 3526634093 338742798\n');
});

test('get() answers where the record is, with its time and sizes', async () => {
  const source = `${producer}
producer.send("t", "uno", partition=1, timestamp_ms=1000).get(timeout=10)
producer.send("t", "dos", key=b"k", headers=[("h", b"xy")], partition=1, timestamp_ms=2000).get(timeout=10)`;
  expect(await python.run(source)).toBe(
    "RecordMetadata(topic='t', partition=1, topic_partition=TopicPartition(topic='t', partition=1), offset=1, timestamp=2000, " +
      'log_start_offset=None, checksum=None, serialized_key_size=1, serialized_value_size=5, serialized_header_size=3)',
  );
});

test('callbacks run when the broker has answered, errbacks when it refused', async () => {
  kafka.answers.set('kafka.send', [{ partitions: [{ error: { code: 10, name: null, message: 'demasiado' } }] }]);
  const source = `${producer}
producer.send("t", 1, partition=0).add_errback(lambda e: print("no:", e))
producer.flush()
producer.send("t", 1, partition=0).add_callback(lambda m: print("sí:", m.offset))
producer.flush()`;
  expect(await python.run(source)).toBe('no: [Error 10] MessageSizeTooLargeError: demasiado\nsí: 0\n');
});

test('the exceptions are those of kafka-python', async () => {
  kafka.answers.set('kafka.connect', [{ error: { code: null, name: 'NoBrokersAvailable', message: null } }]);
  const make = 'from kafka import *\n';
  expect(await python.run(`${make}KafkaProducer(bootstrap_servers="nohay:9092")`)).toBe(
    'kafka.errors.NoBrokersAvailable: NoBrokersAvailable',
  );
  expect(await python.run('KafkaProducer(bootstrap_server="x")')).toBe(
    "AssertionError: Unrecognized configs: {'bootstrap_server'}",
  );
  expect(await python.run('KafkaConsumer(bootstrap_server="x")')).toBe(
    "kafka.errors.KafkaConfigurationError: KafkaConfigurationError: Unrecognized configs: {'bootstrap_server'}",
  );
  expect(await python.run('KafkaProducer().send("t", "texto")')).toBe('AssertionError');
  expect(await python.run('KafkaProducer().send("t")')).toBe('AssertionError: Need at least one: key or value');
  expect(await python.run('from kafka import KafkaClient')).toContain('Marea no incluye kafka.KafkaClient');
});

test('a consumer reads from the beginning, stops after its timeout, and its group goes on where it stopped', async () => {
  await python.run(`${producer}
for n in range(4): producer.send("t", n, partition=n % 2)`);
  const read = `from kafka import KafkaConsumer
consumer = KafkaConsumer("t", group_id="g", auto_offset_reset="earliest", consumer_timeout_ms=100, value_deserializer=lambda v: int(v))
print([(m.partition, m.offset, m.value) for m in consumer])
consumer.close()`;
  expect(await python.run(read)).toBe('[(0, 0, 0), (0, 1, 2), (1, 0, 1), (1, 1, 3)]\n');
  await python.run('producer.send("t", 9, partition=1)');
  expect(await python.run(read)).toBe('[(1, 2, 9)]\n');
});

test('a consumer without group starts at the end, seeks, and tells where it stands', async () => {
  const source = `${producer}
from kafka import KafkaConsumer, TopicPartition
for n in range(3): producer.send("t", n, partition=0, timestamp_ms=1000 * n)
tp = TopicPartition("t", 0)
consumer = KafkaConsumer(bootstrap_servers=["localhost"])
consumer.assign([tp])
print(consumer.position(tp), consumer.poll(timeout_ms=10))
consumer.seek(tp, 1)
print([m.value for m in consumer.poll(timeout_ms=10, max_records=1)[tp]], consumer.position(tp))
consumer.seek_to_beginning()
print(len(consumer.poll(timeout_ms=10)[tp]), consumer.highwater(tp))
print(consumer.beginning_offsets([tp]), consumer.end_offsets([tp]), consumer.offsets_for_times({tp: 1500}))
print(consumer.partitions_for_topic("t"), consumer.topics(), consumer.assignment() == {tp})`;
  const place = "TopicPartition(topic='t', partition=0)";
  expect(await python.run(source)).toBe(
    `3 {}\n[b'1'] 2\n3 3\n{${place}: 0} {${place}: 3} {${place}: OffsetAndTimestamp(offset=2, timestamp=2000)}\n{0, 1} {'t'} True\n`,
  );
});

test('a value that the deserializer refuses is met again by the next read', async () => {
  const source = `${producer}
from kafka import KafkaConsumer
producer.send("t", "no es un número", partition=0)
consumer = KafkaConsumer("t", auto_offset_reset="earliest", value_deserializer=lambda v: int(v))
for _ in range(2):
    try: next(consumer)
    except ValueError as e: print("ValueError")`;
  expect(await python.run(source)).toBe('ValueError\nValueError\n');
});

test('Stop ends a consumer that waits, and the kernel goes on', async () => {
  const running = python.kernel.execute(
    'cell',
    'from kafka import KafkaConsumer\nprint("ya", flush=True)\nfor m in KafkaConsumer("t"): print(m)',
  );
  const stop = python.kernel.on((event) => {
    if (event.kind === 'stream') python.kernel.interrupt();
  });
  expect((await running).error?.ename).toBe('KeyboardInterrupt');
  stop();
  expect(await python.run('1 + 1')).toBe('2');
});

test('a batch that Stop cut off is asked for again under its number, not sent twice', async () => {
  let release: (() => void) | undefined;
  const sequences: number[] = [];
  const slow = {
    call: async (operation: string, input: unknown, signal: AbortSignal): Promise<unknown> => {
      if (operation === 'kafka.send') {
        sequences.push((input as { sequence: number }).sequence);
        if (sequences.length === 1) {
          python.kernel.interrupt();
          await new Promise<void>((resolve) => {
            release = resolve;
          });
        }
      }
      return kafka.call(operation, input, signal);
    },
  };
  await python.kernel.shutdown();
  python = await startKernel({ commands: new RecordingPort(), services: slow });
  expect(await python.run(`${producer}\nf = producer.send("t", 1, partition=0)\nproducer.flush()`)).toBe(
    'KeyboardInterrupt',
  );
  release?.();
  expect(await python.run('f.get().offset')).toMatch(/\d/);
  expect(sequences.every((sequence) => sequence === 0)).toBe(true);
});
