import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startKernel, type TestKernel } from '../../main/kernel/start-kernel.ts';

type Parameter = readonly [name: string, kind: string, defaultText: string | null];
type Member = 'property' | readonly Parameter[] | null;
type Row = readonly [owner: string, name: string, member: Member | 'absent'];

const rowsOf = (text: string): readonly Row[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);

/** Written once by PySpark 3.5.7 itself, with `inspect.signature`: owner, name, parameters. */
const realText = readFileSync(new URL('./pyspark-signatures.jsonl', import.meta.url), 'utf8');
const real = rowsOf(realText);

/** Answers, for every name of the real ones, what our package has under it. */
const askOurs = `
import importlib, inspect, json
def parameters(value):
    try:
        found = inspect.signature(value).parameters.values()
    except (TypeError, ValueError):
        return None
    return [[p.name, p.kind.name, None if p.default is p.empty else str(p.default) if type(p.default).__name__ == "StorageLevel" else repr(p.default)] for p in found]
def member(owner, name):
    value = inspect.getattr_static(owner, name, None)
    if value is None:
        return "absent"
    return "property" if isinstance(value, property) else parameters(getattr(owner, name))
def owner_of(path):
    module = path
    while True:
        try:
            found = importlib.import_module(module)
            break
        except ImportError:
            module = module.rpartition(".")[0]
    for part in filter(None, path[len(module) + 1:].split(".")):
        found = getattr(found, part)
    return found
with open("real.jsonl") as real, open("ours.jsonl", "w") as ours:
    for path, name, _ in map(json.loads, real):
        ours.write(json.dumps([path, name, member(owner_of(path), name)]) + "\\n")
`;

/** Names that Marea refuses when they are used; a static look does not find them. */
const refused = new Set([
  'pyspark.context.SparkContext',
  'pyspark.sql.catalog.Catalog',
  'pyspark.sql.session.SparkSession',
]);
// The last position of a tuple depends on the width of the machine.
const widths = (member: unknown): unknown =>
  JSON.parse(JSON.stringify(member).replace('2147483647', '9223372036854775807'));

let python: TestKernel;
let ours: readonly Row[];
beforeAll(async () => {
  python = await startKernel();
  writeFileSync(`${python.folder}/real.jsonl`, realText);
  await python.run(askOurs);
  ours = rowsOf(readFileSync(`${python.folder}/ours.jsonl`, 'utf8'));
});
afterAll(() => python.kernel.shutdown());

test.each([...new Set(real.map(([owner]) => owner))])(
  'the names of %s have the parameters and defaults of the real ones',
  (owner) => {
    const present = ours.filter(([path, , member]) => path === owner && !(member === 'absent' && refused.has(owner)));
    const names = new Set(present.map(([, name]) => name));
    expect(widths(present)).toEqual(real.filter(([path, name]) => path === owner && names.has(name)));
  },
);

test('what is absent is refused by its name', async () => {
  await python.run('from pyspark.sql import SparkSession\nspark = SparkSession.builder.getOrCreate()');
  expect(await python.run('spark.sparkContext.textFile("x")')).toContain('Marea no incluye SparkContext.textFile');
  expect(await python.run('spark.catalog.listFunctions()')).toContain('Marea no incluye catalog.listFunctions');
  expect(await python.run('spark.addTag("x")')).toContain('SparkSession.addTag is only supported with Spark Connect');
  expect(await python.run('from pyspark.sql.functions import pandas_udf\npandas_udf("int")')).toContain(
    'Marea no incluye pandas_udf',
  );
  expect(await python.run('import pyspark.sql.functions as F\nF.noexiste')).toBe(
    "AttributeError: module 'pyspark.sql.functions' has no attribute 'noexiste'",
  );
});
