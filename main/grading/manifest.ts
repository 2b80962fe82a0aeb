import { sha256Of } from '../workspace/sha256.ts';
import { manifestFile } from './bundle-schema.ts';

export type BundleFiles = ReadonlyMap<string, Uint8Array>;

/** A line `hash  path` for every other file, in the order of their names: what `sha256sum -c` reads. */
export function manifestOf(files: BundleFiles): string {
  const paths = [...files.keys()].filter((path) => path !== manifestFile).sort();
  return paths.map((path) => `${sha256Of(files.get(path) ?? '')}  ${path}\n`).join('');
}

export type ManifestFault = {
  readonly path: string;
  readonly fault: 'changed' | 'missing' | 'unlisted' | 'unreadable line';
};

/** Holds every file against the manifest. A bundle without one is all unlisted. */
export function checkManifest(files: BundleFiles): readonly ManifestFault[] {
  const text = Buffer.from(files.get(manifestFile) ?? []).toString('utf8');
  const faults: ManifestFault[] = [];
  const listed = new Map<string, string>();
  for (const line of text.split('\n').filter((each) => each !== '')) {
    const [, hash, path] = /^([0-9a-f]{64}) [ *](.+)$/.exec(line) ?? [];
    if (hash === undefined || path === undefined) faults.push({ path: line.slice(0, 80), fault: 'unreadable line' });
    else listed.set(path, hash);
  }
  for (const [path, hash] of listed) {
    const content = files.get(path);
    if (content === undefined) faults.push({ path, fault: 'missing' });
    else if (sha256Of(content) !== hash) faults.push({ path, fault: 'changed' });
  }
  for (const path of files.keys())
    if (path !== manifestFile && !listed.has(path)) faults.push({ path, fault: 'unlisted' });
  return faults;
}
