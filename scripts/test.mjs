// npm test: all tests that this machine has the parts for. Needs nothing but Node; installs and builds what is missing
// or stale. The last line is always `N passed, N failed, N skipped`, and the exit status agrees with it.
//
//   npm test -- [files and options of vitest run]
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from './ensure-built.mjs';
import { ensureInstalled } from './ensure-installed.mjs';
import { runNode } from './run-command.mjs';
import { sourceRoot } from './source-root.mjs';
import { summariseTests } from './summarise-tests.mjs';

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

async function findMissingParts() {
  const { tsImport } = await import('tsx/esm/api');
  const { missingParts, requiredParts } = await tsImport('../tests/support/machine-parts.ts', import.meta.url);
  return {
    required: missingParts.filter((name) => requiredParts.includes(name)),
    optional: missingParts.filter((name) => !requiredParts.includes(name)),
  };
}

await ensureInstalled();
await ensureBuilt();

const folder = mkdtempSync(join(tmpdir(), 'marea-test-'));
const reportFile = join(folder, 'report.json');
const missing = await findMissingParts();
const status = await runNode([
  join(sourceRoot, 'node_modules/vitest/vitest.mjs'),
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${reportFile}`,
  ...process.argv.slice(2),
]);
const { passed, failed, skipped, trouble } = summariseTests(readReport(reportFile), status);
rmSync(folder, { recursive: true, force: true });
if (trouble) console.log(trouble);

const mustHaveAll = process.env.CI === 'true';
if (missing.optional.length > 0) console.log(`not run, optional: ${missing.optional.join(', ')}`);
if (missing.required.length > 0) {
  console.log(
    `${mustHaveAll ? 'MISSING under CI=true' : 'not run, not on this machine'}: ${missing.required.join(', ')}`,
  );
}
const failures = failed + (mustHaveAll ? missing.required.length : 0);
console.log(`${passed} passed, ${failures} failed, ${skipped} skipped`);
process.exitCode = failures === 0 ? 0 : 1;
