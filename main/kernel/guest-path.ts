import type { FolderMount } from './kernel-messages.ts';

/**
 * Python's spelling of a real folder: the same path, so that `os.getcwd()` prints what a learner expects; on Windows, where Python here
 * is a POSIX one, `C:\clase` becomes `/c/clase`.
 */
export function guestPath(folder: string): string {
  const drive = /^([A-Za-z]):[\\/]?(.*)$/.exec(folder);
  return drive ? `/${drive[1]?.toLowerCase()}/${drive[2]?.replaceAll('\\', '/')}`.replace(/\/$/, '') : folder;
}

/** The real folder behind a path of Python's, or the path itself when it is in no mounted folder. */
export function hostPath(guest: string, mounts: readonly FolderMount[]): string {
  const inside = mounts
    .filter((mount) => guest === mount.guest || guest.startsWith(`${mount.guest}/`))
    .sort((a, b) => b.guest.length - a.guest.length)[0];
  return inside ? `${inside.host}${guest.slice(inside.guest.length)}` : guest;
}

/** One mount for each folder that is not inside another. */
export function mountsOf(folders: readonly string[]): readonly FolderMount[] {
  const all = [...new Set(folders)].map((host) => ({ host, guest: guestPath(host) }));
  return all.filter(({ guest }) => !all.some((other) => guest.startsWith(`${other.guest.replace(/\/$/, '')}/`)));
}
