import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { readSource, repository, sourceFiles } from '../support/source-files.ts';

const dist = join(repository, 'dist');

const builtFiles = (): readonly string[] =>
  readdirSync(dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

test('the student build holds the exercises', () => {
  expect(existsSync(join(dist, 'exercises'))).toBe(true);
  expect(builtFiles().filter((file) => file.startsWith(join(dist, 'exercises'))).length).toBeGreaterThan(0);
});

test('no student build holds a solution, neither as a file nor inside a bundle', () => {
  const files = builtFiles();
  expect(files.filter((file) => basename(file).startsWith('solution'))).toEqual([]);

  const solutions = sourceFiles(['exercises'], ['.py', '.ipynb', '.ts', '.json']).filter((path) =>
    path.split('/').some((name) => name.startsWith('solution')),
  );
  // The longest line of a solution is its fingerprint: bundlers re-indent and quote text, but keep a line's words.
  const fingerprints = solutions.map((path) => {
    const lines = readSource(path)
      .split('\n')
      .map((line) => line.trim());
    return { path, line: lines.reduce((longest, line) => (line.length > longest.length ? line : longest), '') };
  });
  const texts = files
    .filter((file) => /\.(mjs|js|json|py|ipynb|map|html)$/.test(file))
    .map((file) => readFileSync(file, 'utf8'));
  const starters = sourceFiles(['exercises'], ['.py', '.ipynb', '.md'])
    .filter((path) => !solutions.includes(path))
    .map(readSource);
  const leaked = fingerprints.filter(
    ({ line }) =>
      line.length >= 20 && !starters.some((text) => text.includes(line)) && texts.some((text) => text.includes(line)),
  );
  expect(leaked).toEqual([]);
});
