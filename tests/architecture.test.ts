import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSource, repository, sourceFiles, sourceFolders } from './support/source-files.ts';

type Cruise = {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: {
    readonly violations: readonly {
      readonly from: string;
      readonly to: string;
      readonly rule: { readonly name: string };
    }[];
  };
};
type Rule = { readonly name: string; readonly from: { readonly path: string } };

const configFile = join(repository, '.dependency-cruiser.cjs');
const code = ['.ts', '.tsx', '.mjs', '.cjs'];

function cruise(folder: string, parts: readonly string[]): Cruise {
  const program = join(repository, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [program, '--config', configFile, '--output-type', 'json', '--progress', 'none', ...parts];
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  if (!stdout) throw new Error(stderr);
  return JSON.parse(stdout) as Cruise;
}

test('the boundary checker sees every source file and finds nothing to report', () => {
  const files = sourceFiles(sourceFolders, code);
  const { modules, summary } = cruise(
    repository,
    sourceFolders.filter((folder) => sourceFiles([folder], code).length > 0),
  );
  const seen = new Set(modules.map((module) => module.source));
  expect(files.length).toBeGreaterThan(0);
  expect(files.filter((file) => !seen.has(file))).toEqual([]);
  expect(summary.violations.map(({ from, to, rule }) => `${from} → ${to}: ${rule.name}`)).toEqual([]);
});

test('every folder of the product has a row in the table of who may import whom', () => {
  const { forbidden } = createRequire(import.meta.url)(configFile) as { readonly forbidden: readonly Rule[] };
  const rows = forbidden.filter((rule) => rule.name.includes(' may import ')).map((rule) => new RegExp(rule.from.path));
  const product = sourceFiles(['engine', 'main', 'renderer', 'exercises', 'scripts'], code);
  expect(product.filter((file) => !rows.some((row) => row.test(file)))).toEqual([]);
});

/** Each line: the file that imports, what it imports, and the beginning of the rule that must report it. */
const planted = [
  ['engine/core/clock.ts', '../plan/relation.ts', 'engine/core may import nothing'],
  ['engine/api/ports.ts', '../../main/contract/words.ts', 'engine/api may import'],
  ['engine/plan/relation.ts', '../duckdb/instance.ts', 'engine/plan may import'],
  ['engine/parser/parse.ts', '../analysis/analyze.ts', 'engine/parser may import'],
  ['engine/functions/rows.ts', '../sinks/sink.ts', 'engine/functions may import'],
  ['engine/analysis/analyze.ts', '../compile/compile.ts', 'engine/analysis may import'],
  ['engine/compile/compile.ts', '../duckdb/instance.ts', 'engine/compile may import'],
  ['engine/duckdb/instance.ts', '../plan/relation.ts', 'engine/duckdb may import'],
  ['engine/sources/source.ts', '../plan/relation.ts', 'engine/sources may import'],
  ['engine/sinks/sink.ts', '../state/state.ts', 'engine/sinks may import'],
  ['engine/display/show.ts', '../sinks/sink.ts', 'engine/display may import'],
  ['engine/state/state.ts', '../sinks/sink.ts', 'engine/state may import'],
  ['engine/checkpoint/log.ts', '../state/state.ts', 'engine/checkpoint may import'],
  ['engine/microbatch/run.ts', '../session/session.ts', 'engine/microbatch may import'],
  ['engine/session/session.ts', '../../main/host/host.ts', 'engine/session may import'],
  ['main/contract/words.ts', '../host/host.ts', 'main/contract may import'],
  ['main/host/host.ts', '../web/serve.ts', 'main/host may import'],
  ['main/kernel/kernel.ts', '../../engine/duckdb/instance.ts', 'main/kernel may import'],
  ['main/connectors/kafka.ts', '../services/broker.ts', 'main/connectors may import'],
  ['main/services/broker.ts', '../../engine/duckdb/instance.ts', 'main/services may import'],
  ['main/services/relational/store.ts', '../../../engine/plan/relation.ts', 'main/services/relational may import'],
  ['main/workspace/notebook.ts', '../grading/bundle.ts', 'main/workspace may import'],
  ['main/grading/bundle.ts', '../host/host.ts', 'main/grading may import'],
  ['main/shell/window.ts', '../../engine/session/session.ts', 'main/shell may import'],
  ['main/web/serve.ts', '../../renderer/app.tsx', 'main/web may import'],
  ['main/cli/marea.ts', '../kernel/kernel.ts', 'main/cli may import'],
  ['renderer/app.tsx', '../main/host/host.ts', 'renderer may import'],
  ['renderer/files.ts', 'node:fs', 'renderer imports no node: module'],
  ['exercises/syllabus.ts', '../main/contract/words.ts', 'exercises may import'],
  ['scripts/pack.ts', '../engine/session/session.ts', 'scripts may import'],
  ['engine/sources/file.ts', '@duckdb/node-api', '@duckdb/node-api only from'],
  ['engine/sinks/chart.ts', 'react', 'react, react-dom'],
  ['main/host/shell.ts', 'electron', 'electron only from main/shell'],
] as const;

describe('a forbidden import is reported by the name of its rule', () => {
  const folder = mkdtempSync(join(tmpdir(), 'marea-boundaries-'));
  let violations: Cruise['summary']['violations'] = [];

  beforeAll(() => {
    // Type-only imports count too: a boundary is about what a reader must know, not about what runs.
    for (const [file, imported] of planted) {
      mkdirSync(join(folder, dirname(file)), { recursive: true });
      const specifier = JSON.stringify(imported);
      writeFileSync(join(folder, file), `import type { Planted } from ${specifier};\nexport type Own = Planted;\n`);
    }
    for (const [file, imported] of planted) {
      const target = join(folder, dirname(file), imported);
      if (imported.startsWith('.')) {
        mkdirSync(dirname(target), { recursive: true });
        writeFileSync(target, 'export type Planted = 1;\n', { flag: 'a' });
      }
    }
    violations = cruise(folder, ['engine', 'main', 'renderer', 'exercises', 'scripts']).summary.violations;
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(planted)('%s imports %s', (file, _imported, rule) => {
    const reported = violations.filter(({ from }) => from === file).map((violation) => violation.rule.name);
    expect(reported.filter((name) => name.startsWith(rule))).not.toEqual([]);
  });
});

test('no file is longer than 300 lines', () => {
  const files = sourceFiles(sourceFolders, [...code, '.py', '.css']);
  const lines = (path: string) => readSource(path).trimEnd().split('\n').length;
  expect(files.map((path) => ({ path, lines: lines(path) })).filter((file) => file.lines > 300)).toEqual([]);
});

test('no value is untyped', () => {
  const untyped = /: any\b|<any>|\bas any\b|\bany\[\]|@ts-(ignore|expect-error|nocheck)/;
  const isComment = (line: string) => /^\s*(\/\/|\*|\/\*)/.test(line) && !line.includes('@ts-');
  const findings = sourceFiles(sourceFolders, ['.ts', '.tsx'])
    .filter((path) => path !== 'tests/architecture.test.ts')
    .flatMap((path) =>
      readSource(path)
        .split('\n')
        .filter((line) => untyped.test(line) && !isComment(line))
        .map((line) => `${path}: ${line.trim()}`),
    );
  expect(findings).toEqual([]);
});
