import { defineConfig } from 'vitest/config';

// The workers inherit these: DuckDB needs the thread pool before libuv starts it, and no test may depend on the machine's zone.
process.env['UV_THREADPOOL_SIZE'] = '16';
process.env['TZ'] = 'Europe/Madrid';
delete process.env['ELECTRON_RUN_AS_NODE'];

export default defineConfig({
  test: {
    // DuckDB runs on a process's main thread only.
    pool: 'forks',
    testTimeout: 20_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/renderer/**', 'tests/conformance/programs/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'renderer',
          environment: 'happy-dom',
          include: ['tests/renderer/**/*.test.{ts,tsx}'],
        },
      },
    ],
  },
});
