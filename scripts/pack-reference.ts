// npm run pack:reference: runs every solution on the virtual clock and writes the teacher's pack, marea-referencia-<version>.zip.
//
//   node --import tsx scripts/pack-reference.ts [--out FOLDER]
//
// It says when it was made; with SOURCE_DATE_EPOCH set, the same sources give the same bytes.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packName } from '../main/grading/write-pack.ts';
import { makePack } from '../main/host/make-pack.ts';
import { buildPython } from './build-python.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string };

function folderOfWords(words: readonly string[]): string {
  const [option, folder, ...rest] = words;
  if (option === undefined) return join(root, 'dist-reference');
  if (option !== '--out' || folder === undefined || rest.length > 0) {
    console.error('pack:reference: the only option is --out FOLDER');
    process.exit(2);
  }
  return resolve(folder);
}

const outFolder = folderOfWords(process.argv.slice(2));
const pythonFolder = join(root, 'node_modules', '.cache', 'marea', 'python');
await buildPython(pythonFolder);
const { SOURCE_DATE_EPOCH: epoch } = process.env;
const bytes = await makePack({
  materialFolder: join(root, 'exercises'),
  python: { pythonFolder },
  version,
  createdAt: (epoch === undefined ? new Date() : new Date(Number(epoch) * 1000)).toISOString(),
  tell: (line) => console.log(line),
});
mkdirSync(outFolder, { recursive: true });
const file = join(outFolder, `${packName(version)}.zip`);
writeFileSync(file, bytes);
console.log(`${file}: ${(bytes.length / 1024).toFixed(0)} KiB`);
// The kernels' threads may take a moment to go.
process.exit(0);
