// Writes THIRD-PARTY.md: what Marea ships that others wrote, from the lock file.
//
//   node scripts/third-party.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sourceRoot } from './source-root.mjs';

export const noticeFile = join(sourceRoot, 'THIRD-PARTY.md');

const head = `# What others wrote

Marea is under the MIT licence (\`LICENSE\`). It ships these works, each under its own licence, whose text is in the package
or archive of the same name.

- **CPython and its standard library**, inside \`pyodide\`: PSF-2.0. **Pyodide** itself: MPL-2.0, used unchanged.
- **Node.js**, in the portable archive, with the works that it carries: MIT and others, in \`app/node/LICENSE\`.
- **DuckDB**, inside \`@duckdb/node-bindings-*\`: MIT.
- **Atkinson Hyperlegible Next** and **JetBrains Mono**, inside \`@fontsource/*\`: SIL Open Font License 1.1.
- **Apache Spark** (Apache-2.0): Marea contains no code of Spark, but reproduces its public interface and the texts of its
  messages, so that a program reads the same on both. The outputs in \`tests/conformance/programs\` were printed by Spark 3.5.7.

Apache Spark, Apache Kafka, MongoDB and MariaDB are trademarks of their owners, who have nothing to do with Marea.

## Packages

Written by \`node scripts/third-party.mjs\` from \`package-lock.json\`; tools that only build or test are left out.

| package | version | licence |
| --- | --- | --- |
`;

const nameOf = (path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** The text of THIRD-PARTY.md for the present lock file. */
export function thirdPartyNotice() {
  const { packages } = JSON.parse(readFileSync(join(sourceRoot, 'package-lock.json'), 'utf8'));
  const rows = Object.entries(packages)
    .filter(([path, entry]) => path !== '' && !entry.dev && !entry.devOptional)
    .map(([path, { version, license }]) => `| ${nameOf(path)} | ${version} | ${license ?? 'see package'} |`);
  return `${head}${[...new Set(rows)].sort().join('\n')}\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) writeFileSync(noticeFile, thirdPartyNotice());
