import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockDataFolder, type LockOutcome, type LockOwner } from '../../../main/workspace/data-folder-lock.ts';

let folder: string;
let children: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'));
});
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  children = [];
  rmSync(folder, { recursive: true, force: true });
});

const lockFile = () => join(folder, '.marea-lock.json');
const left = (owner: Partial<LockOwner> | string): void =>
  writeFileSync(lockFile(), typeof owner === 'string' ? owner : JSON.stringify(owner));
const owner = (): LockOwner => JSON.parse(readFileSync(lockFile(), 'utf8')) as LockOwner;
/** `pid` of another process that lives as long as the test. */
async function alive(): Promise<number> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  children.push(child);
  await once(child, 'spawn');
  return child.pid ?? 0;
}
async function dead(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid ?? 0;
}
function taken(outcome: LockOutcome): Extract<LockOutcome, { kind: 'taken' }> {
  if (outcome.kind !== 'taken') throw new Error(`the lock is ${outcome.kind}`);
  return outcome;
}

test('a free folder is taken, made if need be, announced for others to reach, and released', async () => {
  folder = join(folder, 'nueva');
  const lock = taken(await lockDataFolder(folder));
  expect(lock.wasLeft).toBe(false);
  expect(owner()).toMatchObject({ pid: process.pid, address: '' });
  await lock.announce('http://127.0.0.1:1234/?t=secreto');
  expect(owner()).toMatchObject({ pid: process.pid, address: 'http://127.0.0.1:1234/?t=secreto' });
  // The address holds a secret.
  expect(statSync(lockFile()).mode & (process.platform === 'win32' ? 0 : 0o077)).toBe(0);
  await lock.release();
  expect(readdirSync(folder)).toEqual([]);
  expect(taken(await lockDataFolder(folder)).wasLeft).toBe(false);
});

test('a live owner keeps the folder, and its address is told', async () => {
  const address = 'http://127.0.0.1:4321/?t=otro';
  left({ pid: await alive(), startedAt: '', address });
  expect(await lockDataFolder(folder)).toMatchObject({ kind: 'held', owner: { address } });
  expect(owner().address).toBe(address);
});

test('an owner that has not said its address yet is waited for', async () => {
  const pid = await alive();
  left({ pid, startedAt: '', address: '' });
  const waiting = lockDataFolder(folder);
  left({ pid, startedAt: '', address: 'http://127.0.0.1:99/' });
  expect(await waiting).toMatchObject({ kind: 'held', owner: { address: 'http://127.0.0.1:99/' } });
});

test('a live owner that never answers is an error that names the lock, and keeps its lock', async () => {
  left({ pid: await alive(), startedAt: '', address: '' });
  await expect(lockDataFolder(folder, 2)).rejects.toThrow('.marea-lock.json');
  expect(existsSync(lockFile())).toBe(true);
});

test('the lock of an owner that has died is taken, and it is known that it was left', async () => {
  left({ pid: await dead(), startedAt: '1', address: 'http://127.0.0.1:1/' });
  expect(taken(await lockDataFolder(folder)).wasLeft).toBe(true);
  expect(owner().pid).toBe(process.pid);
});

test.runIf(process.platform === 'linux')('a pid given out again to another program is not the owner', async () => {
  left({ pid: await alive(), startedAt: '1', address: 'http://127.0.0.1:1/' });
  expect(taken(await lockDataFolder(folder)).wasLeft).toBe(true);
});

test.each([
  ['rubbish', '\u0000\u0000\u0000'],
  ['JSON of something else', '[1, 2]'],
])('a lock whose content is %s does not keep anybody out', async (_, content) => {
  left(content);
  expect(taken(await lockDataFolder(folder)).wasLeft).toBe(true);
});

test('an empty lock belongs to a start that is writing it, unless it is old', async () => {
  left('');
  await expect(lockDataFolder(folder, 1)).rejects.toThrow('.marea-lock.json');
  const longAgo = new Date(Date.now() - 10_000);
  utimesSync(lockFile(), longAgo, longAgo);
  expect(taken(await lockDataFolder(folder)).wasLeft).toBe(true);
});

test('a start that died while it replaced a lock keeps nobody out', async () => {
  const gone = JSON.stringify({ pid: await dead(), startedAt: '1', address: '' });
  left(gone);
  writeFileSync(join(folder, '.marea-lock-takeover.json'), gone);
  expect(taken(await lockDataFolder(folder)).wasLeft).toBe(true);
  expect(readdirSync(folder)).toEqual(['.marea-lock.json']);
});

test('of many that start at once over a dead owner’s lock exactly one gets the folder', async () => {
  left({ pid: await dead(), startedAt: '1', address: 'http://127.0.0.1:1/' });
  const outcomes = await Promise.all(
    Array.from({ length: 8 }, async () => {
      const outcome = await lockDataFolder(folder, 12).catch(() => null);
      if (outcome?.kind === 'taken') await outcome.announce('http://127.0.0.1:2/');
      return outcome?.kind;
    }),
  );
  expect(outcomes.filter((kind) => kind === 'taken')).toHaveLength(1);
  expect(outcomes.filter((kind) => kind === 'held')).toHaveLength(7);
});
