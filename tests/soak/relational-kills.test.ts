import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../../engine/core/clock.ts';
import { courseLogin } from '../../main/host/host-services.ts';
import { RelationalStore } from '../../main/services/relational/relational-store.ts';
import { rowsOf } from '../main/services/relational/contract-steps.ts';
import { seededNumbers } from '../support/seeded-numbers.ts';
import { medianOf, startKillable } from './killable.ts';
import { soakSeed, soakSize, soakTimeoutMs, startLimitMs } from './soak-size.ts';

const { kills } = soakSize;

test(
  `${kills} relational stores killed during writes lose none they acknowledged (MAREA_TEST_SEED=${soakSeed})`,
  async () => {
    const pick = seededNumbers(soakSeed);
    const folder = mkdtempSync(join(tmpdir(), 'relational-kills-'));
    const acknowledged = new Set<bigint>();
    const starts: number[] = [];
    for (let round = 1; round <= kills; round += 1) {
      const { startMs, written } = await writeUntilKilled(folder, 5 + Math.floor(pick() * 30));
      starts.push(startMs);
      for (const id of written) acknowledged.add(id);
      expect(await lost(folder, acknowledged), `round ${round}`).toEqual([]);
    }
    expect(medianOf(starts)).toBeLessThan(startLimitMs);
    expect(acknowledged.size).toBeGreaterThan(kills * 5);
    rmSync(folder, { recursive: true, force: true });
  },
  soakTimeoutMs,
);

async function writeUntilKilled(
  folder: string,
  writesBeforeKill: number,
): Promise<{ readonly startMs: number; readonly written: readonly bigint[] }> {
  const { lines, kill } = startKillable(new URL('relational-writer.ts', import.meta.url), [folder]);
  const startMs = Number((await lines.next()).value);
  const written: bigint[] = [];
  let gone: Promise<void> | undefined;
  for await (const line of lines) {
    // The end of the process may have cut the last line.
    if (gone === undefined) written.push(BigInt(line));
    if (written.length >= writesBeforeKill) gone ??= kill();
  }
  await gone;
  return { startMs, written };
}

/** Acknowledged ids that are not there, or have not their last value. */
async function lost(folder: string, acknowledged: ReadonlySet<bigint>): Promise<readonly bigint[]> {
  const store = await RelationalStore.open({ folder, clock: systemClock });
  const client = await store.connect({ ...courseLogin, database: 'spark' });
  const rows = await rowsOf(client, "SELECT id FROM k WHERE v = 'cambiado'");
  await store.close();
  const stored = new Set(rows.map(([id]) => BigInt(String(id))));
  return [...acknowledged].filter((id) => !stored.has(id));
}
