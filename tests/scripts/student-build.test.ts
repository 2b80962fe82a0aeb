import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { solutionFingerprints, teacherMaterialIn } from '../../scripts/student-files.mjs';
import { repository } from '../support/source-files.ts';

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
  const files = builtFiles().map((path) => ({ path: path.slice(dist.length + 1), read: () => readFileSync(path) }));
  expect(teacherMaterialIn(files)).toEqual([]);
});

test('every solution, expectation and criterion can be recognised by a line of its own', () => {
  const known = solutionFingerprints().map(({ path }) => path);
  for (const unit of ['caso-5', 'caso-6', 'caso-7', 'caso-8', 'bizum', 'limpieza-join'])
    expect(known).toContain(`exercises/${unit}/solution.ipynb`);
  expect(known).toContain('exercises/bizum/solution-bursts.json');
  expect(known).toContain('exercises/solution-criteria.json');
});

test.each([
  ['exercises/caso-5/solution.ipynb', '{}', 'is a solution'],
  ['marea-referencia-0.1.0.zip', '', "is a teacher's reference pack"],
  ['dist/marea/marea.mjs', 'PLANTED', 'holds words of exercises/caso-6/solution.ipynb'],
])('%s planted in a build is reported', (path, text, complaint) => {
  const { line = '' } =
    solutionFingerprints().find(({ path: known }) => known === 'exercises/caso-6/solution.ipynb') ?? {};
  const planted = { path, read: () => Buffer.from(text === 'PLANTED' ? `const cell = \`${line}\`;` : text) };
  expect(teacherMaterialIn([planted])).toEqual([`${path} ${complaint}`]);
});
