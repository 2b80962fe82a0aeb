import { basename } from 'node:path';
import type { BundleCheck } from '../contract/grading-schema.ts';

const verdicts = { whole: 'coincide', altered: 'NO COINCIDE', unreadable: 'NO SE PUEDE ABRIR' } as const;

/** What the command line says of one hand-in, line by line. */
export function checkLines({
  file,
  verdict,
  problems,
  notes,
  student,
  activities,
  missing,
}: BundleCheck): readonly string[] {
  return [
    `${basename(file)}: ${verdicts[verdict]}`,
    ...(student === null
      ? []
      : [`  ${student.name} · NIA ${student.nia} · ${activities.map(({ title }) => title).join('; ')}`]),
    ...problems.map((problem) => `  ${problem}`),
    ...notes.map((note) => `  Nota: ${note}`),
    ...missing.map((title) => `  Falta: ${title}`),
  ];
}

/** Names and texts of a bundle are whatever somebody wrote there: nothing in them steers the terminal. */
export const plain = (text: string): string => text.replaceAll(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');

export const printedLines = (lines: readonly string[]): string => lines.map((line) => `${plain(line)}\n`).join('');
