import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { TestWindow } from './test-window.ts';

let dataFolder: string;
let window: TestWindow;
beforeEach(async () => {
  dataFolder = realpathSync(mkdtempSync(join(tmpdir(), 'reset-')));
  window = await TestWindow.start({ dataFolder });
});
afterEach(async () => {
  await window.close();
  rmSync(dataFolder, { recursive: true, force: true });
});

/** What a program of the learner's prints. */
async function printed(source: string): Promise<string> {
  await window.run('look', source);
  return window.printed('look');
}
const bizums = `from pymongo import MongoClient
print(MongoClient("mongodb://localhost:27017")["iabd"]["bizum"].count_documents({}))`;

test('starting over stops the producer, and its topic begins again', async () => {
  await window.openActivity('bizum');
  await window.request('producer.start', { path: 'bizum/bizum-kafka.py' });
  await window.hears('producer.changed', ({ sent }) => sent > 0);
  await window.request('activity.reset', { id: 'bizum', dryRun: false });
  expect(await window.request('producer.get', {})).toMatchObject({ state: 'stopped' });
  const ends = `from kafka import KafkaConsumer, TopicPartition
place = TopicPartition("iabd-bizum", 0)
print(KafkaConsumer(bootstrap_servers="localhost:9092").end_offsets([place])[place])`;
  expect(await printed(ends)).toBe('0\n');
});

test('starting over clears what an earlier session left in a server that does not run yet', async () => {
  await window.openActivity('bizum');
  await printed('from pymongo import MongoClient\nMongoClient()["iabd"]["bizum"].insert_one({"media": 1})');
  expect(await printed(bizums)).toBe('1\n');
  await window.close();
  window = await TestWindow.start({ dataFolder });
  await window.openActivity('bizum');
  await window.request('activity.reset', { id: 'bizum', dryRun: false });
  expect(await printed(bizums)).toBe('0\n');
});

test('starting over fills the users of the course again and drops the other tables of the activity', async () => {
  await window.openActivity('caso-8');
  const changed = `UPDATE spark.usuarios SET nombre = 'Otro';
CREATE TABLE spark.usuariosNuevos (id BIGINT)`;
  await window.request('sql.run', { script: changed });
  await window.request('activity.reset', { id: 'caso-8', dryRun: false });
  const { results } = await window.request('sql.run', {
    script: 'SELECT nombre FROM spark.usuarios WHERE id = 1; SELECT * FROM spark.usuariosNuevos',
  });
  expect(results[0]?.rows).toEqual([['Aitor Medrano']]);
  expect(results[1]?.error).toContain('1146');
});
