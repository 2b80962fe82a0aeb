import { sparkError, type SparkError } from '../core/spark-error.ts';
import { nameParts } from './build/build-name.ts';
import { onlyNode } from './build/tree-access.ts';
import { readText } from './read-text.ts';

/**
 * The parts of a column's name as `col` reads it: dots divide, back-quotes hold a part together, everything else is taken as it is.
 * Throws AnalysisException `Syntax error in attribute name`.
 */
export function parseMultipartName(name: string): string[] {
  const invalid = (): SparkError => sparkError('_LEGACY_ERROR_TEMP_1049', { name });
  const parts: string[] = [];
  let rest = name;
  for (;;) {
    const quoted = /^`((?:[^`]|``)*)`/.exec(rest);
    const part = quoted ? quoted[0] : (/^[^.`]*/.exec(rest)?.[0] ?? '');
    rest = rest.slice(part.length);
    if (!quoted && part === '' && name !== '') throw invalid();
    parts.push(quoted ? (quoted[1] ?? '').replaceAll('``', '`') : part);
    if (rest === '') return parts;
    if (!rest.startsWith('.')) throw invalid();
    rest = rest.slice(1);
  }
}

/** The parts of a table's name as `spark.table` reads it: an SQL name. Throws `ParseException`. */
export function parseTableName(text: string): readonly string[] {
  return nameParts(onlyNode(readText(text, 'wholeName'), 'dottedName'));
}
