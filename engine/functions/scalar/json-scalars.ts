import { arrayType, stringType } from '../../core/data-type.ts';
import type { JsScalar } from '../../core/js-scalar.ts';
import { jsonObjectAt } from './json-path.ts';
import { jsonText, plainJson, readJson } from './json-text.ts';
import { textOf } from './scalar-arguments.ts';

function relaxed(text: string): string | null {
  const node = readJson(text);
  return node ? plainJson(node) : null;
}

function normalized(text: string): string | null {
  const node = readJson(text);
  return node ? jsonText(node) : null;
}

function objectKeys(text: string): readonly string[] | null {
  const node = readJson(text);
  return node?.kind === 'object' ? node.members.map(([name]) => name) : null;
}

/** JSON that only Jackson reads, and the exact text of what DuckDB prints differently. */
export const jsonScalars: readonly JsScalar[] = [
  {
    name: 'marea_relaxed_json',
    takes: [stringType],
    returns: stringType,
    evaluate: (text) => relaxed(textOf(text)),
  },
  {
    name: 'marea_json_text',
    takes: [stringType],
    returns: stringType,
    evaluate: (text) => normalized(textOf(text)),
  },
  {
    name: 'marea_get_json_object',
    takes: [stringType, stringType],
    returns: stringType,
    evaluate: (text, path) => jsonObjectAt(textOf(text), textOf(path)),
  },
  {
    name: 'marea_json_object_keys',
    takes: [stringType],
    returns: arrayType(stringType),
    evaluate: (text) => objectKeys(textOf(text)),
  },
];
