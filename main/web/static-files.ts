import { readFile } from 'node:fs/promises';
import { extname, isAbsolute, posix, relative, resolve } from 'node:path';
import { securityHeaders } from './content-policy.ts';

/** The only kinds of file the window is made of; anything else is not found. */
const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
};

export type StaticAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
};

const refused = (status: number, body: string): StaticAnswer => ({
  status,
  headers: { ...securityHeaders, 'content-type': 'text/plain; charset=utf-8' },
  body,
});

/** A file below `root`, by the path of a URL. Paths that leave the root, and unknown kinds, are 404. */
export async function staticFile(root: string, pathname: string): Promise<StaticAnswer> {
  const decoded = decodePath(pathname);
  if (decoded === null) return refused(400, 'bad path');
  const full = resolve(root, `.${posix.normalize(decoded === '/' ? '/index.html' : decoded)}`);
  const inside = relative(root, full);
  const type = mediaTypes[extname(full)];
  if (inside.startsWith('..') || isAbsolute(inside) || !type) return refused(404, 'not found');
  try {
    const body = await readFile(full);
    const cache = inside.startsWith('assets') ? 'public, max-age=31536000, immutable' : 'no-store';
    return { status: 200, headers: { ...securityHeaders, 'content-type': type, 'cache-control': cache }, body };
  } catch {
    return refused(404, 'not found');
  }
}

function decodePath(pathname: string): string | null {
  try {
    const path = decodeURIComponent(pathname);
    return path.includes('\0') || path.includes('\\') ? null : path;
  } catch {
    return null;
  }
}
