import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const launcher = fileURLToPath(new URL('../../../dist/marea.js', import.meta.url));

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'marea-clock-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function run(...words: readonly string[]) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [launcher, 'run', ...words], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, TZ: 'Europe/Madrid' },
  });
  return { stdout, stderr, status };
}

test('a program that waits two hours ends in seconds, and two hours later', () => {
  writeFileSync(
    join(folder, 'espera.py'),
    'import sys, time, datetime\nprint(sys.argv[1:], datetime.datetime.now().strftime("%H:%M:%S"))\ntime.sleep(7200)\nprint(datetime.datetime.now().strftime("%H:%M"))\n',
  );
  const began = performance.now();
  expect(run('--clock', 'virtual=2026-03-02T09:00:00', 'espera.py', '--clock')).toEqual({
    stdout: "['--clock'] 09:00:00\n11:00\n",
    stderr: '',
    status: 0,
  });
  expect(performance.now() - began).toBeLessThan(60_000);
});

test('what is no clock is refused before anything runs', () => {
  const { stdout, stderr, status } = run('--clock=ayer', 'espera.py');
  expect({ stdout, status }).toEqual({ stdout: '', status: 2 });
  expect(stderr).toContain('--clock no entiende "ayer"');
});
