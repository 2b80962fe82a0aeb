import { afterEach, beforeEach, expect, test } from 'vitest';
import { outputOf, startKernel, type TestKernel } from './start-kernel.ts';

let python: TestKernel;
beforeEach(async () => {
  python = await startKernel();
});
afterEach(() => python.kernel.shutdown());

const runScript = async (source: string, args: readonly string[] = []): Promise<readonly [number, string]> => {
  const from = python.events.length;
  const reply = await python.kernel.runScript('program', { path: 'tarea.py', source, args });
  return [reply.code, outputOf(python.events.slice(from))];
};

test('a program runs as __main__ with its name and arguments', async () => {
  expect(await runScript('import sys\nprint(__name__, __file__, sys.argv)', ['uno'])).toEqual([
    0,
    "__main__ tarea.py ['tarea.py', 'uno']\n",
  ]);
});

test('an uncaught exception prints as in CPython and ends with 1', async () => {
  const traceback = `Traceback (most recent call last):
  File "tarea.py", line 3, in <module>
    f()
    ~^^
  File "tarea.py", line 2, in f
    raise ValueError("no")
ValueError: no
`;
  expect(await runScript('def f():\n    raise ValueError("no")\nf()')).toEqual([1, traceback]);
});

test('a syntax error prints as in CPython', async () => {
  expect(await runScript('x = (1,\n')).toEqual([
    1,
    '  File "tarea.py", line 1\n    x = (1,\n        ^\nSyntaxError: \'(\' was never closed\n',
  ]);
});

test.each([
  ['sys.exit()', 0, ''],
  ['sys.exit(3)', 3, ''],
  ['sys.exit("adiós")', 1, 'adiós\n'],
  ['raise SystemExit(False)', 0, ''],
])('%s ends with %i', async (statement, code, output) => {
  expect(await runScript(`import sys\n${statement}\nprint("nunca")`)).toEqual([code, output]);
});

test('functions registered with atexit run, and input() finds the end of the file', async () => {
  const source =
    'import atexit\natexit.register(lambda: print("fin"))\ntry: input()\nexcept EOFError as e: print("EOF", e)';
  expect(await runScript(source)).toEqual([0, 'EOF EOF when reading a line\nfin\n']);
});

test('asyncio.run returns when the coroutine has ended', async () => {
  const source = `import asyncio
async def uno(n):
    await asyncio.sleep(0.01 * n)
    print("uno", n)
    return n
async def todo():
    return await asyncio.gather(uno(2), uno(1))
print(asyncio.run(todo()))`;
  expect(await runScript(source)).toEqual([0, 'uno 1\nuno 2\n[2, 1]\n']);
});
