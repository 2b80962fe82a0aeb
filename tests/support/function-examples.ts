import { findFunction, functionNames } from '../../engine/functions/catalog.ts';
import type { Example } from '../../engine/functions/define-function.ts';

/** One example of a row, as SQL text. */
export type FunctionExample = { readonly name: string; readonly sql: string; readonly answer: string };

/** Every example of every row of the catalogue. */
export const functionExamples = (): readonly FunctionExample[] =>
  functionNames().flatMap((name) => (findFunction(name)?.examples ?? []).map((example) => asSql(name, example)));

function asSql(name: string, example: Example): FunctionExample {
  if ('sql' in example) return { name, sql: example.sql, answer: example.answer ?? 'NULL' };
  const args = example.slice(0, -1).map(literal);
  const answer = example.at(-1) ?? null;
  return { name, sql: `${name}(${args.join(', ')})`, answer: answer === null ? 'NULL' : String(answer) };
}

function literal(value: string | number | boolean | null): string {
  if (typeof value !== 'string') return value === null ? 'NULL' : String(value);
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
