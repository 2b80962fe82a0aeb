import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../../../engine/core/clock.ts';
import { KafkaBroker } from '../../../main/services/kafka/broker.ts';
import { TestWindow } from './test-window.ts';

test('opening an activity makes nothing on the learner’s own Kafka', async () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'own-kafka-')));
  const own = await KafkaBroker.start({ folder, port: 0, clock: systemClock });
  const window = await TestWindow.start();
  try {
    const address = `localhost:${own.port}`;
    await window.request('services.configure', { kind: 'kafka', choice: { mode: 'real', address } });
    await window.openActivity('bizum');
    await window.run(
      'look',
      "from kafka import KafkaConsumer\nprint(KafkaConsumer(bootstrap_servers='localhost:9092').topics())",
    );
    expect(window.printed('look')).toBe('set()\n');
  } finally {
    await window.close();
    await own.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
