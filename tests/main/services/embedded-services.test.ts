import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../../engine/core/clock.ts';
import { EmbeddedProcess } from '../../../main/services/embedded-process.ts';
import { EmbeddedServices } from '../../../main/services/embedded-services.ts';
import { answersHandshake } from '../../../main/services/handshake.ts';
import { takeFolder } from '../../../main/services/own-folder.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'embedded-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const answers = (port: number): Promise<boolean> => answersHandshake('kafka', '127.0.0.1', port);

describe('the child process of the services', () => {
  test('starts on the first free port, comes back on the same one after a kill, and ends with its host', async () => {
    let hasComeBack: (isBack: boolean) => void = () => undefined;
    const back = new Promise<boolean>((resolve) => (hasComeBack = resolve));
    const services = new EmbeddedProcess((isBack) => hasComeBack(isBack));
    const port = await services.start('kafka', folder, [0]);
    expect(await answers(port)).toBe(true);
    const killed = services.pid;
    process.kill(killed ?? 0, 'SIGKILL');
    expect(await back).toBe(true);
    expect(services.pid).not.toBe(killed);
    expect(await answers(port)).toBe(true);
    await services.close();
    expect(await answers(port)).toBe(false);
  });

  test('stays down after too many ends, until somebody asks for a service again', { timeout: 40_000 }, async () => {
    let hasEnded: (isBack: boolean) => void = () => undefined;
    const services = new EmbeddedProcess((isBack) => hasEnded(isBack));
    const port = await services.start('kafka', folder, [0]);
    const returns: boolean[] = [];
    for (let kill = 0; kill < 4; kill += 1) {
      const ended = new Promise<boolean>((resolve) => (hasEnded = resolve));
      process.kill(services.pid ?? 0, 'SIGKILL');
      returns.push(await ended);
    }
    expect(returns).toEqual([true, true, true, false]);
    expect(await answers(port)).toBe(false);
    expect(await answers(await services.start('kafka', folder, [port]))).toBe(true);
    await services.close();
  });
});

describe('embedded services', () => {
  test('nothing starts before it is asked for; a taken port is passed over', async () => {
    const services = new EmbeddedServices({ folder, clock: systemClock, onChange: () => undefined });
    expect(services.state('kafka')).toEqual({ state: 'stopped' });
    expect(await services.figures('mongodb')).toEqual({ bytes: 0, connections: 0 });
    expect(await readdir(folder)).toEqual([]);
    const port = await services.port('kafka', true);
    expect(port).toBeGreaterThanOrEqual(19_092);
    expect(services.state('kafka')).toEqual({ state: 'running', port });
    expect(await services.port('kafka', false)).toBe(port);
    await services.close();
    expect(await answers(port)).toBe(false);
  });
});

describe('the folder of the services', () => {
  test('has one owner: a second one works in a folder that goes with it', async () => {
    await writeFile(join(folder, 'services.pid'), String(process.ppid));
    const second = await takeFolder(folder);
    expect(second.isTemporary).toBe(true);
    await second.release();
    expect(await readdir(folder)).toEqual(['services.pid']);
  });

  test('is taken over from an owner that is gone', async () => {
    await writeFile(join(folder, 'services.pid'), '2147483646');
    const taken = await takeFolder(folder);
    expect(taken).toMatchObject({ path: folder, isTemporary: false });
    await taken.release();
    expect(await readdir(folder)).toEqual([]);
  });

  test('that cannot be made is replaced by a temporary one', async () => {
    await writeFile(join(folder, 'file'), '');
    const taken = await takeFolder(join(folder, 'file', 'services'));
    expect(taken.isTemporary).toBe(true);
    await taken.release();
  });
});
