// npm run portable: Marea in one archive for machines where nothing may be installed. Fetches the Node of each system from npm's
// registry the first time.
//
//   npm run portable -- [--platform linux-x64|win32-x64|darwin-arm64|darwin-x64|all] [--fetch-only]
import { statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './ensure-built.mjs';
import { ensureInstalled } from './ensure-installed.mjs';

const { values } = parseArgs({ options: { platform: { type: 'string' }, 'fetch-only': { type: 'boolean' } } });

await ensureInstalled();
// What follows imports installed packages.
const { fetchPortablePackages, makePortable } = await import('./portable/make-portable.mjs');
const { platformNames } = await import('./portable/platforms.mjs');
const wanted = values.platform ?? `${process.platform}-${process.arch}`;
const names = wanted === 'all' ? platformNames : [wanted];

if (values['fetch-only']) {
  for (const name of names) await fetchPortablePackages(name);
} else {
  await ensureBuilt();
  for (const name of names) {
    const file = await makePortable(name);
    console.log(`${file}: ${(statSync(file).size / 2 ** 20).toFixed(1)} MiB`);
  }
}
