import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { chromium, type Browser } from 'playwright-core';
import { build } from 'vite';
import { securityHeaders } from '../../main/web/content-policy.ts';

const mimeTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
};

export type RecordedWindow = {
  readonly browser: Browser;
  readonly address: string;
  readonly close: () => Promise<void>;
};

/** Builds the window over a recorded host, serves it with the real security headers, and starts Chromium. */
export async function openRecordedWindow(program: string): Promise<RecordedWindow> {
  const folder = await mkdtemp(join(tmpdir(), 'marea-window-'));
  await build({
    configFile: false,
    root: fileURLToPath(new URL('recorded-page', import.meta.url)),
    base: './',
    logLevel: 'error',
    plugins: [react()],
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'es2023',
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 4_000,
    },
  });
  const server = createServer((request, response) => {
    const name = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
    const file = join(folder, name === '/' ? 'index.html' : name);
    readFile(file).then(
      (body) =>
        response
          .writeHead(200, {
            ...securityHeaders,
            'content-type': mimeTypes[extname(file)] ?? 'application/octet-stream',
          })
          .end(body),
      () => response.writeHead(404, securityHeaders).end(),
    );
  });
  const port = await listen(server);
  const browser = await chromium.launch({
    executablePath: program,
    headless: true,
    args: ['--no-sandbox', '--disable-gpu'],
  });
  return {
    browser,
    address: `http://127.0.0.1:${port}/`,
    close: async () => {
      await browser.close();
      await new Promise((done) => server.close(done));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const listen = (server: Server): Promise<number> =>
  new Promise((done) => server.listen(0, '127.0.0.1', () => done((server.address() as AddressInfo).port)));
