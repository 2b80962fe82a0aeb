// npm run bench: Marea's times, beside real Spark's when MAREA_SPARK_PYTHON names a Python that has pyspark 3.5.7.
//
//   npm run bench -- [options of bench/run.mjs]
import { join } from 'node:path';
import { ensureBuilt } from './ensure-built.mjs';
import { ensureInstalled } from './ensure-installed.mjs';
import { runNode } from './run-command.mjs';
import { sourceRoot } from './source-root.mjs';

await ensureInstalled();
await ensureBuilt();
const spark = process.env.MAREA_SPARK_PYTHON;
process.exitCode = await runNode([
  join(sourceRoot, 'bench/run.mjs'),
  '--marea',
  `node ${join(sourceRoot, 'dist/marea.js')} run`,
  ...(spark ? ['--spark', spark] : []),
  ...process.argv.slice(2),
]);
