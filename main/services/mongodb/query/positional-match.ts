import { isDocument, type BsonDocument } from '../values/bson-document.ts';
import { valueAt } from '../values/document-path.ts';
import { compileFilter } from './match-filter.ts';
import type { EvaluationSettings } from '../aggregation/mingo-options.ts';

/**
 * The index of the element of the array at `path` by which the document matched the filter: what `$` stands for. The first element for which every
 * condition on the array, or on fields of its elements, holds; `undefined` when the filter says nothing about it.
 */
export function matchedElement(
  document: BsonDocument,
  path: string,
  filter: BsonDocument,
  settings: EvaluationSettings,
): number | undefined {
  const array = valueAt(document, path);
  if (!Array.isArray(array)) return undefined;
  const conditions = elementConditions(filter, path);
  if (conditions.length === 0) return undefined;
  const { matches } = compileFilter({ $and: conditions }, settings);
  const index = array.findIndex((element: unknown) => matches({ element: [element] }));
  return index < 0 ? undefined : index;
}

/** The conditions of the filter that concern the array, rewritten for a document `{element: [one element]}`. */
function elementConditions(filter: BsonDocument, path: string): readonly BsonDocument[] {
  return Object.entries(filter).flatMap(([field, condition]): readonly BsonDocument[] => {
    if (field === '$and' && Array.isArray(condition))
      return condition.filter(isDocument).flatMap((branch) => elementConditions(branch, path));
    if (field === '$or' && Array.isArray(condition)) {
      const branches = condition.filter(isDocument).flatMap((branch) => elementConditions(branch, path));
      return branches.length === 0 ? [] : [{ $or: branches }];
    }
    if (field === path || field.startsWith(`${path}.`)) return [{ [`element${field.slice(path.length)}`]: condition }];
    return [];
  });
}
