import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { describeWith } from '../../../support/available-parts.ts';
import { startBroker } from './running-broker.ts';

/** What a program prints, given its input; fails when the program does. */
async function run(program: string, args: readonly string[], input = ''): Promise<string> {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], timeout: 15_000 });
  let output = '';
  let errors = '';
  child.stdout.on('data', (bytes) => (output += String(bytes)));
  child.stderr.on('data', (bytes) => (errors += String(bytes)));
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${errors}`);
  return output;
}

const lines = Array.from({ length: 500 }, (_, index) => `{"id": ${index}, "nombre": "ñandú"}\n`).join('');

describeWith('kcat', 'kcat (librdkafka)', (kcat) => {
  test.each([
    ['none', 1.5],
    ['gzip', 0.5],
    ['snappy', 0.5],
    ['lz4', 0.5],
    ['zstd', 0.5],
  ])('what it produces with %s it consumes', async (codec, mostOfItsBytes) => {
    const broker = await startBroker();
    const server = ['-b', `127.0.0.1:${broker.port}`];
    await run(kcat, [...server, '-P', '-t', 'lineas', '-z', codec], lines);
    expect(await run(kcat, [...server, '-C', '-t', 'lineas', '-o', 'beginning', '-e', '-q'])).toBe(lines);
    expect(broker.status().bytes).toBeLessThan(Buffer.byteLength(lines) * mostOfItsBytes);
  });

  test('is an idempotent producer, a member of a group, and finds offsets by time', async () => {
    const broker = await startBroker();
    const server = ['-b', `localhost:${broker.port}`];
    await run(kcat, [...server, '-P', '-t', 'lineas', '-X', 'enable.idempotence=true'], lines);
    const group = ['-X', 'auto.offset.reset=earliest', '-G', 'grupo', '-e', '-q', 'lineas'];
    expect(await run(kcat, [...server, ...group])).toBe(lines);
    expect(await run(kcat, [...server, ...group])).toBe('');
    expect(await run(kcat, [...server, '-Q', '-t', 'lineas:0:1'])).toContain('offset 0');
    expect(await run(kcat, [...server, '-L'])).toContain('topic "lineas" with 1 partitions');
  });
});

const bizum = `
import sys, json
from kafka import KafkaProducer, KafkaConsumer, TopicPartition
from kafka.admin import KafkaAdminClient, NewTopic
servers = sys.argv[1]
admin = KafkaAdminClient(bootstrap_servers=servers)
admin.create_topics([NewTopic('iabd-bizum', 2, 1)])
producer = KafkaProducer(bootstrap_servers=[servers], value_serializer=lambda v: json.dumps(v).encode('utf-8'))
sent = [producer.send('iabd-bizum', key=str(i).encode(), value={'id': i}) for i in range(100)]
producer.flush()
partitions = [TopicPartition('iabd-bizum', p) for p in (0, 1)]
consumer = KafkaConsumer('iabd-bizum', bootstrap_servers=[servers], group_id='grupo', auto_offset_reset='earliest',
                         consumer_timeout_ms=1000, value_deserializer=lambda v: json.loads(v))
ids = sorted(record.value['id'] for record in consumer)
consumer.commit()
committed = sum(consumer.committed(p) or 0 for p in partitions)
ends = sum(consumer.end_offsets(partitions).values())
consumer.close()
print(json.dumps({'offsets': sorted(f.get().offset for f in sent) != [], 'ids': ids == list(range(100)),
                  'committed': committed, 'ends': ends, 'topics': sorted(admin.list_topics())}))
producer.close()
admin.close()
`;

describeWith('python', 'kafka-python', (python) => {
  test('a student script creates a topic, sends, reads as a group and commits', async () => {
    const broker = await startBroker();
    const printed = await run(python, ['-c', bizum, `127.0.0.1:${broker.port}`]);
    expect(JSON.parse(printed)).toEqual({
      offsets: true,
      ids: true,
      committed: 100,
      ends: 100,
      topics: ['iabd-bizum'],
    });
  });
});
