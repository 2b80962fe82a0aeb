// npm run docs:differences: writes docs/spark-differences.md from PySpark's public names, what Marea does with each, and the list of differing recordings.
import { join } from 'node:path';
import { ensureInstalled } from './ensure-installed.mjs';
import { runNode } from './run-command.mjs';
import { sourceRoot } from './source-root.mjs';

await ensureInstalled();
process.exitCode = await runNode([
  join(sourceRoot, 'node_modules/vitest/vitest.mjs'),
  'run',
  'tests/docs/spark-differences.test.ts',
  '--update',
]);
