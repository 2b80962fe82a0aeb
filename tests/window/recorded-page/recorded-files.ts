import { HostFailure, type Emit, type Handlers } from '../../../main/contract/host-api.ts';
import type { FileEntry } from '../../../main/contract/requests.ts';

/** A working folder in memory. */
export function recordedFiles(emit: Emit, first: Readonly<Record<string, string>>, written: (path: string) => void) {
  const files = new Map(Object.entries(first));
  const entryOf = (path: string, isFolder: boolean): FileEntry => ({
    path,
    name: path.split('/').at(-1) ?? path,
    isFolder,
    size: isFolder ? 0 : (files.get(path)?.length ?? 0),
    modifiedMs: Date.parse('2026-11-25T12:51:00'),
    role: path.includes('/entrada') ? 'input' : 'other',
  });
  const list = (folder: string): FileEntry[] => {
    const below = [...files.keys()]
      .filter((path) => path.startsWith(`${folder}/`))
      .map((path) => path.slice(folder.length + 1).split('/'));
    const names = new Map(below.map(([name = '', ...rest]) => [name, rest.length > 0]));
    return [...names].map(([name, isFolder]) => entryOf(`${folder}/${name}`, isFolder));
  };
  const answers: Partial<Handlers> = {
    'files.list': async ({ folder }) => ({ absolute: `/home/alumna/Marea/${folder}`, entries: list(folder) }),
    'files.preview': async ({ path }) => previewOf(files.get(path) ?? ''),
    'files.write': async ({ path, text = '', overwrite }) => {
      if (files.has(path) && !overwrite) throw new HostFailure('conflict', 'conflict');
      files.set(path, text);
      emit('files.changed', { folder: path.split('/').slice(0, -1).join('/') });
      written(path);
      return { entry: entryOf(path, false) };
    },
    'files.remove': async ({ path }) => {
      files.delete(path);
      return {};
    },
  };
  return { answers, learnersOwn: () => [...files.keys()].map((path) => entryOf(path, false)) };
}

function previewOf(text: string) {
  const rows = text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, string | number>);
  const columns = Object.keys(rows[0] ?? {}).map((name) => ({ name, type: name === 'Amount' ? 'bigint' : 'string' }));
  return {
    kind: 'table' as const,
    table: { columns, rows: rows.map((row) => columns.map(({ name }) => String(row[name] ?? ''))), total: rows.length },
    truncated: false,
  };
}
