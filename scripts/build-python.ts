import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadPyodide, type PyodideAPI } from 'pyodide';

const pyodideFolder = dirname(createRequire(import.meta.url).resolve('pyodide/package.json'));
const packagesFolder = join(dirname(dirname(fileURLToPath(import.meta.url))), 'engine/python');

/** Where the archives stand inside the interpreter; it is part of every compiled file's name. */
const stdlibHome = '/lib/python314.zip';
const packagesHome = '/marea/python.zip';

type Member = { readonly name: string; readonly bytes: Uint8Array };

/**
 * Writes `python-stdlib.zip` (the standard library, compiled) and `marea-python.zip` (our packages, compiled, with sources so that
 * `help` and `inspect` work) into `outDir`. The same sources give the same bytes; an archive whose sources have not changed is left as it is.
 */
export async function buildPython(outDir: string): Promise<void> {
  mkdirSync(outDir, { recursive: true });
  const builder = readFileSync(fileURLToPath(import.meta.url));
  const stock = readFileSync(join(pyodideFolder, 'python_stdlib.zip'));
  const sources = sourcesUnder(packagesFolder);
  const stdlib = join(outDir, 'python-stdlib.zip');
  const packages = join(outDir, 'marea-python.zip');
  await unlessFresh(stdlib, [builder, stock], {}, (python) => compileStdlib(python, stock));
  const madeFrom = [builder, stock, ...sources.flatMap(({ name, bytes }) => [name, bytes])];
  await unlessFresh(packages, madeFrom, { stdLibURL: stdlib }, (python) => compilePackages(python, sources));
}

async function unlessFresh(
  archive: string,
  madeFrom: readonly (string | Uint8Array)[],
  options: { readonly stdLibURL?: string },
  make: (python: PyodideAPI) => Uint8Array,
): Promise<void> {
  const stamp = stampOf(madeFrom);
  const stampFile = `${archive}.stamp`;
  if (existsSync(archive) && existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  // A fixed hash seed: the order of set constants is part of a compiled file.
  const python = await loadPyodide({
    indexURL: pyodideFolder,
    env: { PYTHONHASHSEED: '0', HOME: '/home' },
    ...options,
  });
  replaceFile(archive, make(python));
  replaceFile(stampFile, stamp);
}

/** Whole or not at all: two builds may run at once, and a kernel may be reading. */
function replaceFile(file: string, content: string | Uint8Array): void {
  const staged = `${file}.${process.pid}`;
  writeFileSync(staged, content);
  renameSync(staged, file);
}

function stampOf(parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex');
}

function sourcesUnder(folder: string, prefix = ''): readonly Member[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== '__pycache__' && !name.startsWith('.'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) =>
      entry.isDirectory()
        ? sourcesUnder(join(folder, entry.name), `${prefix}${entry.name}/`)
        : [{ name: `${prefix}${entry.name}`, bytes: readFileSync(join(folder, entry.name)) }],
    );
}

function compileStdlib(python: PyodideAPI, stock: Uint8Array): Uint8Array {
  python.FS.writeFile('/stock.zip', stock);
  return runCompiler(python, { home: stdlibHome, keepSources: false, from: '/stock.zip' });
}

function compilePackages(python: PyodideAPI, sources: readonly Member[]): Uint8Array {
  for (const { name, bytes } of sources) {
    const path = `/sources/${name}`;
    python.FS.mkdirTree(dirname(path));
    python.FS.writeFile(path, bytes);
  }
  return runCompiler(python, { home: packagesHome, keepSources: true, from: '/sources' });
}

function runCompiler(
  python: PyodideAPI,
  options: { readonly home: string; readonly keepSources: boolean; readonly from: string },
): Uint8Array {
  python.globals.set('home', options.home);
  python.globals.set('keep_sources', options.keepSources);
  python.globals.set('source', options.from);
  python.runPython(compiler);
  return python.FS.readFile('/out.zip') as Uint8Array;
}

// Members carry one fixed date, and compiled files an unchecked header: with no dated source beside them zipimport asks for nothing else.
const compiler = `
import _imp, os, zipfile
from importlib._bootstrap_external import _code_to_hash_pyc

def members():
    if os.path.isdir(source):
        for root, folders, files in os.walk(source):
            folders.sort()
            for name in sorted(files):
                path = os.path.join(root, name)
                with open(path, 'rb') as file:
                    yield os.path.relpath(path, source), file.read()
    else:
        with zipfile.ZipFile(source) as stock:
            for name in sorted(stock.namelist()):
                if not name.endswith('/'):
                    yield name, stock.read(name)

def put(archive, name, data):
    info = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    archive.writestr(info, data)

with zipfile.ZipFile('/out.zip', 'w') as archive:
    for name, data in members():
        if name.endswith('.py'):
            code = compile(data, home + '/' + name, 'exec', dont_inherit=True)
            put(archive, name + 'c', bytes(_code_to_hash_pyc(code, _imp.source_hash(_imp.pyc_magic_number_token, data), False)))
            if not keep_sources:
                continue
        put(archive, name, data)
`;
