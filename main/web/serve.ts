import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serveWindow } from './serve-window.ts';

/** `marea serve`: the entry of browser mode. Built parts lie beside this bundle. */
const distFolder = dirname(dirname(fileURLToPath(import.meta.url)));

try {
  const code = await serveWindow({ distFolder, args: process.argv.slice(3) });
  if (code !== undefined) process.exit(code);
} catch (error) {
  console.error(`marea: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(70);
}
