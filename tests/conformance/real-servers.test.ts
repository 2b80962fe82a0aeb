import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../engine/core/clock.ts';
import { HostServices } from '../../main/host/host-services.ts';
import { describeWith } from '../support/available-parts.ts';
import { directive, programsUnder } from './judge.mjs';
import { runConformance } from './run-conformance.ts';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, 'programs', 'services');
const python = { pythonFolder: join(here, '..', '..', 'dist', 'python') };

const needsOf = (file: string): readonly string[] =>
  (directive(readFileSync(file, 'utf8'), 'needs') ?? '').split(/,\s*/);

/** Those whose servers can be had: MongoDB's cannot. */
const programs = programsUnder(root).filter((file) => !needsOf(file).includes('mongodb'));

// Started at the ports of the course's code by `node scripts/real-servers.mjs -- …`: some programs name ports where nobody may answer.
describeWith(
  ['kafka', 'mariadb'],
  'on a real Kafka and a real MariaDB every program prints what real Spark printed',
  () => {
    let services: HostServices;
    let folder = '';
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'real-servers-'));
      services = new HostServices({ folder, clock: systemClock });
      for (const kind of ['kafka', 'relational', 'mongodb'] as const) services.choose(kind, { mode: 'real' });
    });
    afterAll(async () => {
      await services.close();
      await rm(folder, { recursive: true, force: true });
    });

    test.for(programs.map((file) => relative(root, file)))('%s', { timeout: 90_000 }, async (name) => {
      const { difference, stderr } = await runConformance(join(root, name), python, services);
      expect(difference === null ? null : `${difference}\n${stderr.slice(-2000)}`).toBeNull();
    });

    test('no server of ours was started for it', async () => {
      const states = (await services.status()).map(({ state }) => state);
      expect(states).not.toContain('running');
    });
  },
);
