import { isDocument, type BsonDocument } from '../values/bson-document.ts';
import { wholeNumber } from '../values/bson-number.ts';
import { valueAt } from '../values/document-path.ts';
import { compileFilter } from './match-filter.ts';
import { mingoOptions, type EvaluationSettings } from '../aggregation/mingo-options.ts';
import { MongoError } from '../mongo-error.ts';
import { matchedElement } from './positional-match.ts';
import { compileProjection, type Projection } from './project-document.ts';

/** The projection of a `find` with this filter; `undefined` when documents are sent whole. */
export function compileFindProjection(
  spec: unknown,
  filter: BsonDocument,
  settings: EvaluationSettings,
): Projection | undefined {
  if (spec === undefined) return undefined;
  if (!isDocument(spec))
    throw new MongoError(14, `BSON field 'find.projection' is the wrong type, expected type 'object'`);
  if (Object.keys(spec).length === 0) return undefined;
  const positional = Object.keys(spec).find((path) => path.endsWith('.$'));
  if (positional !== undefined) return positionalProjection(spec, positional, filter, settings);
  return compileProjection(spec, mingoOptions(settings), (_path, value) => specialChange(value, settings));
}

/** `{'a.$': 1}`: of the array only the element that the filter matched. */
function positionalProjection(
  spec: BsonDocument,
  positional: string,
  filter: BsonDocument,
  settings: EvaluationSettings,
): Projection {
  const path = positional.slice(0, -2);
  const plain: BsonDocument = {};
  for (const [field, value] of Object.entries(spec)) plain[field === positional ? path : field] = value;
  let current: BsonDocument = {};
  const project = compileProjection({ ...plain, [path]: { $positional: 1 } }, mingoOptions(settings), () => () => {
    const array = valueAt(current, path);
    if (!Array.isArray(array)) return array;
    const index = matchedElement(current, path, filter, settings);
    if (index === undefined)
      throw new MongoError(
        51246,
        "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array",
      );
    return [array[index]];
  });
  return (document) => {
    current = document;
    return project(document);
  };
}

function specialChange(value: BsonDocument, settings: EvaluationSettings): ((value: unknown) => unknown) | undefined {
  if ('$elemMatch' in value) {
    const { matches } = compileFilter({ element: { $elemMatch: value['$elemMatch'] } }, settings);
    return (array) => {
      if (!Array.isArray(array)) return undefined;
      const found = array.findIndex((element: unknown) => matches({ element: [element] }));
      return found < 0 ? undefined : [array[found]];
    };
  }
  if ('$slice' in value) return sliceChange(value['$slice']);
  if ('$meta' in value) throw new MongoError(238, "Marea's embedded server does not support $meta");
  return undefined;
}

/** `n` elements from the start (negative: from the end), or `[skip, n]`. An expression `{$slice: ["$a", 2]}` is not one of these. */
function sliceChange(operand: unknown): ((value: unknown) => unknown) | undefined {
  const [first, second] = (Array.isArray(operand) ? operand : [operand]).map(wholeNumber);
  if (first === null || first === undefined) return undefined;
  if (Array.isArray(operand) && (second === null || second === undefined || second <= 0))
    throw new MongoError(28724, `First argument to $slice must be an array, but is of type: int`);
  return (array) => {
    if (!Array.isArray(array)) return array;
    if (second === undefined || second === null) return first >= 0 ? array.slice(0, first) : array.slice(first);
    const start = first >= 0 ? first : Math.max(array.length + first, 0);
    return array.slice(start, start + second);
  };
}
