// npm start: Marea in the browser. Needs nothing but Node; installs and builds what is missing or stale.
//
//   npm start -- [--no-open] [--port N]
import { join } from 'node:path';
import { ensureBuilt } from './ensure-built.mjs';
import { ensureInstalled } from './ensure-installed.mjs';
import { runNode } from './run-command.mjs';
import { sourceRoot } from './source-root.mjs';

await ensureInstalled();
await ensureBuilt();
process.exitCode = await runNode([join(sourceRoot, 'dist/marea.js'), 'serve', ...process.argv.slice(2)]);
