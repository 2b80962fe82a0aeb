import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../../engine/core/clock.ts';
import { RelationalError } from '../../engine/api/relational-client.ts';
import { courseLogin } from '../../main/host/host-services.ts';
import { RelationalStore } from '../../main/services/relational/relational-store.ts';
import { rowsOf, run } from '../main/services/relational/contract-steps.ts';
import { seededNumbers } from '../support/seeded-numbers.ts';
import { soakSeed, soakSize, soakTimeoutMs } from './soak-size.ts';

/** The store has no wire protocol: what can be malformed is a statement. */
const { frames: statements } = soakSize;

const samples = [
  "CREATE TABLE f (id BIGINT UNSIGNED AUTO_INCREMENT NOT NULL PRIMARY KEY, n VARCHAR(20) DEFAULT 'x', t TIMESTAMP NULL) -- c",
  "INSERT INTO f (n, t) VALUES ('año', '2022-05-13 13:36:58'), (NULL, NOW())",
  'SELECT id, UPPER(n) AS m, COUNT(*) FROM f WHERE id >= 1 AND n IS NOT NULL GROUP BY id, n HAVING COUNT(*) > 0 ORDER BY 1 DESC LIMIT 5',
  "SELECT a.id, b.n FROM f a LEFT JOIN f b ON a.id = b.id WHERE a.n LIKE '%a_' OR a.id IN (SELECT MAX(id) FROM f)",
  "UPDATE f SET n = CONCAT(n, '!'), t = t + INTERVAL 1 DAY WHERE id BETWEEN 1 AND 3",
  'DELETE FROM f WHERE id % 2 = 0 /* pares */',
  'ALTER TABLE f ADD COLUMN e DECIMAL(10, 2)',
  'SHOW FULL COLUMNS FROM f',
  'DROP TABLE IF EXISTS f',
];

test(
  `${statements} mutated statements are answered or refused with MariaDB's errors (MAREA_TEST_SEED=${soakSeed})`,
  async () => {
    const next = seededNumbers(soakSeed);
    const below = (limit: number): number => Math.floor(next() * limit);
    const folder = mkdtempSync(join(tmpdir(), 'relational-statements-'));
    const store = await RelationalStore.open({ folder, clock: systemClock });
    const client = await store.connect({ ...courseLogin, user: 'root', password: undefined });
    await run(client, 'CREATE DATABASE fuzz', 'USE fuzz');
    const others: unknown[] = [];
    for (let round = 0; round < statements; round += 1) {
      const text = mutated(below);
      await client.query(text).catch((error: unknown) => {
        if (!(error instanceof RelationalError)) others.push([text, String(error)]);
      });
    }
    expect(others).toEqual([]);
    expect(await rowsOf(client, 'SELECT COUNT(*) FROM spark.usuarios')).toEqual([[4n]]);
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  },
  soakTimeoutMs,
);

function mutated(below: (limit: number) => number): string {
  const sample = samples[below(samples.length)]!;
  const words = sample.split(' ');
  switch (below(5)) {
    case 0:
      return sample;
    case 1:
      return sample.slice(0, below(sample.length));
    case 2:
      words.splice(below(words.length), 1 + below(3));
      return words.join(' ');
    case 3:
      words.splice(below(words.length), 0, samples[below(samples.length)]!.split(' ')[below(6)] ?? '');
      return words.join(' ');
    default: {
      const at = below(sample.length);
      return sample.slice(0, at) + String.fromCharCode(below(256)) + sample.slice(at + below(3));
    }
  }
}
