import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startKernel, type TestKernel } from './start-kernel.ts';

let python: TestKernel;
beforeAll(async () => {
  python = await startKernel();
});
afterAll(() => python.kernel.shutdown());

test.each([
  ['pyodide_js.mountNodeFS', 'import pyodide_js\npyodide_js.mountNodeFS("/fuera", "/")'],
  ['from pyodide_js import mountNodeFS', 'from pyodide_js import mountNodeFS'],
  ['pyodide_js.FS', 'import pyodide_js\npyodide_js.FS.mkdirTree("/x")'],
  ['js.process', 'import js\njs.process.pid'],
  ['js.globalThis', 'import js\njs.globalThis.process'],
  ['js.require', 'import js\njs.require("fs")'],
  ['Object.constructor', 'import js\njs.Object.constructor("return process")()'],
  ['the constructor of a function', 'import js\njs.setTimeout.constructor("return process")()'],
  ['run_js', 'from pyodide.code import run_js\nrun_js("process")'],
  ['the bridge', 'from marea_kernel import bridge\nbridge._host.wait.constructor("return process")()'],
])('%s leads nowhere', async (_way, source) => {
  expect(await python.run(source)).toMatch(
    /^(\w+\.)*(ImportError|AttributeError|JsException|ModuleNotFoundError|TypeError|EvalError)\b/,
  );
});

test('no address is reached through a socket', async () => {
  let visitors = 0;
  const server = createServer((socket) => {
    visitors += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const tries = [
    `import socket\nsocket.create_connection(('127.0.0.1', ${port}), timeout=2)`,
    `import urllib.request\nurllib.request.urlopen('http://127.0.0.1:${port}/', timeout=2)`,
    `import asyncio\nawait asyncio.open_connection('127.0.0.1', ${port})`,
  ];
  const answers: string[] = [];
  for (const source of tries) answers.push(await python.run(source));
  server.close();
  expect(visitors).toBe(0);
  for (const answer of answers) expect(answer).toMatch(/Error: .*not permitted/);
});

test('only the working folder of the real disk is visible', async () => {
  expect(await python.run('import os\nos.path.exists("/etc/passwd")')).toBe('False');
});

test('code generation stays possible in the host itself', () => {
  // As the driver of MySQL does.
  expect(Reflect.construct(Function, ['return 1 + 1'])()).toBe(2);
});
