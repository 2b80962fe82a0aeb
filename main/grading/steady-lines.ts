import { syllabus } from '../../exercises/catalog.ts';

/** What is another in each run, and what is put in its place. */
const passing: readonly (readonly [RegExp, string])[] = [
  [/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '…'],
  [/\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z?/g, '…'],
  [
    /(["'])(?:addBatch|commitOffsets|getBatch|latestOffset|queryPlanning|triggerExecution|walCommit|\w+(?:Ms|PerSecond|Bytes))\1: ?-?[\d.eE+-]+/g,
    '…',
  ],
  // The folder of the notebook lies elsewhere.
  [
    new RegExp(`(?:file:)?(?:/[^\\s/'",\\]|]{1,100}){1,30}/(${syllabus.map(({ id }) => id).join('|')})(?![\\w-])`, 'g'),
    '…/$1',
  ],
];

/** Lines of an output as rows of one cell, without what is another in each run: ids, moments, how long it took, how fast, how large, where the notebook lies; blank ones are left out. */
export const steadyLines = (text: string): readonly (readonly string[])[] =>
  text
    .split('\n')
    .map((line) => [passing.reduce((shown, [pattern, sign]) => shown.replaceAll(pattern, sign), line.trimEnd())])
    .filter(([line]) => line !== '');
