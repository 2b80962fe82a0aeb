import { afterEach, expect, test } from 'vitest';
import { startKernel, type TestKernel } from './start-kernel.ts';

let python: TestKernel | undefined;
afterEach(() => python?.kernel.shutdown());

test('a program that wants too much memory gets a MemoryError, and Python lives on', async () => {
  python = await startKernel();
  expect(await python.run('b = bytearray(1_500_000_000)')).toBe('MemoryError');
  expect(await python.run('trozos = []\nwhile True: trozos.append(bytearray(10_000_000))')).toBe('MemoryError');
  expect(await python.run('trozos = None\n"vivo"')).toBe("'vivo'");
});

test('a kernel that dies says so, fails its cell and can start again without the old variables', async () => {
  python = await startKernel();
  await python.run('x = 1');
  const reply = await python.kernel.execute('cell', 'import os\nos._exit(3)');
  expect(reply.error?.ename).toBe('KernelDied');
  expect(python.events.some((event) => event.kind === 'died')).toBe(true);
  await python.kernel.start();
  expect(await python.run('x')).toBe("NameError: name 'x' is not defined");
});

test('restart ends what runs and forgets variables', async () => {
  python = await startKernel();
  await python.run('x = 1');
  const running = python.kernel.execute('cell', 'while True: pass');
  await python.kernel.restart();
  expect((await running).error?.ename).toBe('KernelDied');
  expect(await python.run('x')).toBe("NameError: name 'x' is not defined");
});
