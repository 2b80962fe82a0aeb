import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../../../engine/core/clock.ts';
import { RelationalStore } from '../../../../main/services/relational/relational-store.ts';
import { describeRelationalClient } from './client-contract.ts';

describeRelationalClient('the embedded store keeps the contract of a relational client', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'marea-relational-'));
  const store = await RelationalStore.open({ folder, clock: systemClock });
  return {
    connect: (login) =>
      store.connect({ host: 'localhost', port: 3306, database: undefined, user: undefined, password: undefined, ...login }),
    close: async () => {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
});
