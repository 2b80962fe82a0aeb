// npm run soak: the tests of tests/soak in full, 10,000 mutated frames and 100 kill -9 on each service, 5,000 batches of each stateful operator, and the engine's
// properties ten times as often; npm test runs their short form.
// MAREA_TEST_SEED repeats a run.
import { join } from 'node:path';
import { runNode } from './run-command.mjs';
import { sourceRoot } from './source-root.mjs';

const seed = process.env.MAREA_TEST_SEED ?? String(Math.floor(Math.random() * 2 ** 31));
console.log(`MAREA_TEST_SEED=${seed}`);
process.exitCode = await runNode(
  [join(sourceRoot, 'scripts/test.mjs'), 'tests/soak', 'tests/spec/properties', ...process.argv.slice(2)],
  {
    env: { ...process.env, MAREA_SOAK: 'full', MAREA_TEST_SEED: seed },
  },
);
