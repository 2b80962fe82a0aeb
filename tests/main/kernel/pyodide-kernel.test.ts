import { afterAll, beforeAll, expect, test } from 'vitest';
import { RecordingPort } from './recording-port.ts';
import { startKernel, type TestKernel } from './start-kernel.ts';

const port = new RecordingPort();
let python: TestKernel;
beforeAll(async () => {
  python = await startKernel({ commands: port }, { SALUDO: 'hola' });
});
afterAll(() => python.kernel.shutdown());

test('the value of the last line shows, unless a semicolon ends it or it is None', async () => {
  expect(await python.run('x = 2\nx + 1')).toBe('3');
  expect(await python.run('x + 1;')).toBe('');
  expect(await python.run('None')).toBe('');
  expect(await python.run('_')).toBe('3');
});

test('stdout and stderr keep their order', async () => {
  const source = 'import sys\nprint("uno")\nprint("dos", file=sys.stderr)\nprint("tres")';
  expect(await python.run(source)).toBe('uno\ndos\ntres\n');
});

test('output names the cell that made it', async () => {
  const from = python.events.length;
  await python.run('print("a")', 'first');
  await python.run('print("b")', 'second');
  const streams = python.events.slice(from).filter((event) => event.kind === 'stream');
  expect(streams.map((event) => [event.cell, event.text])).toEqual([
    ['first', 'a\n'],
    ['second', 'b\n'],
  ]);
});

test('await works at the top level of a cell', async () => {
  expect(await python.run('import asyncio\nawait asyncio.sleep(0.01, "dormido")')).toBe("'dormido'");
});

test('an exception comes with the frames of the program and none of ours', async () => {
  const reply = await python.kernel.execute('cell', 'def divide(a):\n    return a / 0\ndivide(1)');
  expect(reply.status).toBe('error');
  expect(reply.error).toMatchObject({ ename: 'ZeroDivisionError', evalue: 'division by zero' });
  expect(reply.error?.frames.map((frame) => 'name' in frame && [frame.name, frame.line])).toEqual([
    ['<module>', 3],
    ['divide', 2],
  ]);
  expect(reply.error?.traceback).not.toContain('marea');
});

test('a syntax error says where and what', async () => {
  const reply = await python.kernel.execute('cell', 'def guarda = (df):\n    pass');
  expect(reply.error?.syntax).toMatchObject({ line: 1, text: 'def guarda = (df):', msg: "expected '('" });
});

test('a misspelt name gets the hint of Python', async () => {
  const reply = await python.kernel.execute('cell', 'valor = 1\nvalro');
  expect(reply.error?.hint).toContain("Did you mean: 'valor'");
});

test('an endless recursion is an error like any other, shown in short', async () => {
  const reply = await python.kernel.execute(
    'cell',
    'import sys\nsys.setrecursionlimit(100000)\ndef f(n): return f(n + 1)\nf(0)',
  );
  expect(reply.error?.ename).toBe('RecursionError');
  expect(reply.error?.frames.some((frame) => 'skipped' in frame)).toBe(true);
  expect(await python.run('1 + 1')).toBe('2');
});

test('input() and commands of the system are refused in words', async () => {
  expect(await python.run('input("nombre: ")')).toContain('input() no funciona');
  expect(await python.run('!ls entrada')).toContain('no ejecutan órdenes del sistema');
});

test('a module that Marea lacks is named, an unknown one fails as in Python', async () => {
  expect(await python.run('import pandas')).toContain('pandas no está incluido en Marea');
  expect(await python.run('import pyspark.ml')).toContain('Marea no incluye pyspark.ml');
  expect(await python.run('import noexiste')).toBe("ModuleNotFoundError: No module named 'noexiste'");
});

test('magics run, and % stays an operator', async () => {
  expect(await python.run('%pwd')).toBe(`'${python.folder}'`);
  expect(await python.run('7 % 4')).toBe('3');
  expect(await python.run('%%writefile notas.txt\nhola')).toBe('Writing notas.txt\n');
  expect(await python.run('%%time\nx = 1')).toMatch(/Wall time: /);
  expect(await python.run('%noexiste')).toContain('la magia %noexiste no existe');
});

test('display() shows what an object says of itself', async () => {
  const from = python.events.length;
  await python.run('class Caja:\n    def _repr_html_(self): return "<b>caja</b>"\ndisplay(Caja())');
  const shown = python.events.slice(from).find((event) => event.kind === 'display');
  expect(shown?.kind === 'display' && shown.data['text/html']).toBe('<b>caja</b>');
});

test('a cell that never stops printing is cut at one megabyte, and the next one prints again', async () => {
  const output = await python.run('for i in range(40000): print("x" * 50)');
  expect(output.length).toBeLessThan(1_100_000);
  expect(output).toContain('salida cortada');
  expect(await python.run('print("sigo")')).toBe('sigo\n');
});

test('completion, signatures and variables answer while a cell runs', async () => {
  const begun = new Promise<void>((resolve) => {
    const stop = python.kernel.on((event) => {
      if (event.kind !== 'stream') return;
      stop();
      resolve();
    });
  });
  const running = python.kernel.execute('cell', 'texto = "abc"\nprint("ya", flush=True)\nwhile True: pass');
  await begun;
  expect(await python.kernel.service('complete', 'texto.upp', 9)).toEqual({ from: 6, items: [['upper', 'function']] });
  expect(await python.kernel.service('variables')).toContainEqual({
    name: 'texto',
    type: 'str',
    repr: "'abc'",
    len: 3,
  });
  python.kernel.interrupt();
  expect((await running).error?.ename).toBe('KeyboardInterrupt');
});

test('a command carries cell, line, session and folder of its caller', async () => {
  const source = 'from pyspark.sql import SparkSession\nspark = SparkSession.builder.getOrCreate()\n\nspark.range(3)';
  await python.run(source, 'celda-7');
  expect(port.recorded.at(-1)?.command).toMatchObject({
    kind: 'analyze_plan',
    plan: { origin: { cell: 'celda-7', line: 4 } },
  });
  expect(port.recorded.at(-1)?.caller).toMatchObject({ cell: 'celda-7', line: 4, folder: python.folder });
  await python.run(
    'import os\nos.makedirs("dentro", exist_ok=True)\nos.chdir("dentro")\nspark.range(3)\nos.chdir("..")',
  );
  expect(port.recorded.at(-1)?.caller.folder).toBe(`${python.folder}/dentro`);
});

test('the environment is the one given', async () => {
  expect(await python.run('import os\nos.environ["SALUDO"]')).toBe("'hola'");
});
