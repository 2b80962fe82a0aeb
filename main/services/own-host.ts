import { hostname } from 'node:os';

/** The virtual machine of the course; students' hosts files do not know it. */
const courseHost = 'iabd-virtualbox';

/** Whether a host name of the learner's code means this machine. */
export function isOwnHost(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  return (
    name === 'localhost' ||
    name === courseHost ||
    name === '::1' ||
    name === '0.0.0.0' ||
    /^127(\.\d{1,3}){3}$/.test(name) ||
    name === hostname().toLowerCase()
  );
}

/** What to connect to: the course's name is known to nobody. */
export const reachableHost = (host: string): string =>
  host.toLowerCase() === courseHost || host === '0.0.0.0' ? '127.0.0.1' : host;

/** `host:port`, also `[::1]:port`; null for anything else. */
export function splitAddress(text: string): { readonly host: string; readonly port: number } | null {
  const match = /^(?:[A-Za-z_]+:\/\/)?(\[[0-9a-fA-F:]+\]|[^:\s/[\]]+):(\d{1,5})$/.exec(text.trim());
  const port = Number(match?.[2]);
  return match?.[1] === undefined || port > 65_535 ? null : { host: match[1].replace(/^\[(.*)\]$/, '$1'), port };
}
