import { zipSync, type Zippable } from 'fflate';
import type { BundleFiles } from './manifest.ts';

/**
 * Entries have no time of their own: the same content gives the same bytes on every machine. The earliest that a zip can say, in the time zone of
 * whoever writes it.
 */
const noTime = (): Date => new Date(1980, 0, 1);
/** A PNG is packed already. */
const levelOf = (path: string): 0 | 9 => (path.endsWith('.png') ? 0 : 9);
/** A regular file that its owner writes and others read, as Unix systems store it in a zip. */
const plainFile = { os: 3, attrs: (0o100644 << 16) >>> 0 };

export function writeZip(files: BundleFiles): Uint8Array {
  const entries: Zippable = {};
  for (const path of [...files.keys()].sort())
    entries[path] = [files.get(path) ?? new Uint8Array(), { mtime: noTime(), level: levelOf(path), ...plainFile }];
  return zipSync(entries);
}
