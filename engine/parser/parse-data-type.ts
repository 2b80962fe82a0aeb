import type { DataType } from '../core/data-type.ts';
import { buildType } from './build/build-type.ts';
import { newContext } from './build/new-context.ts';
import { onlyNode } from './build/tree-access.ts';
import { readText } from './read-text.ts';

/** `bigint`, `array<struct<a: int>>`. Throws `ParseException` as Spark 3.5. */
export function parseDataType(text: string): DataType {
  return buildType(onlyNode(readText(text, 'wholeType'), 'dataType'), newContext(text));
}
