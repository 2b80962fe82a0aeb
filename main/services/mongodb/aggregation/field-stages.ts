import type { Options } from 'mingo/types';
import { isDocument, setField, type BsonDocument } from '../values/bson-document.ts';
import { longOf } from '../values/bson-number.ts';
import { childOf, pathParts, valueAt } from '../values/document-path.ts';
import { evaluateExpression } from './evaluate-expression.ts';
import { MongoError } from '../mongo-error.ts';

/** `$addFields` and `$set`: fields of nested documents are added to those that are there, and to each document of an array. */
export function addFieldsStage(spec: unknown, options: Options): (document: BsonDocument) => BsonDocument {
  if (!isDocument(spec)) throw new MongoError(40272, '$addFields specification stage must be an object');
  const fields = flattenFields(spec, []);
  return (document) => {
    const values = fields.map(([, expression]) => evaluateExpression(document, expression, options));
    let result = document;
    for (const [index, [parts]] of fields.entries()) result = withField(result, parts, values[index]) as BsonDocument;
    return result;
  };
}

type FieldExpression = readonly [path: readonly string[], expression: unknown];

function flattenFields(spec: BsonDocument, before: readonly string[]): readonly FieldExpression[] {
  return Object.entries(spec).flatMap(([field, value]): readonly FieldExpression[] => {
    const path = [...before, ...pathParts(field)];
    const names = isDocument(value) ? Object.keys(value) : [];
    const isNested = isDocument(value) && names.length > 0 && !names[0]?.startsWith('$');
    return isNested ? flattenFields(value, path) : [[path, value]];
  });
}

/** A copy with the value at the path; `undefined` takes the field away. What the path does not touch is shared with the original. */
function withField(container: unknown, path: readonly string[], value: unknown): unknown {
  const [part, ...rest] = path;
  if (part === undefined) return value;
  if (Array.isArray(container)) return container.map((element: unknown) => withField(element, path, value));
  const copy: BsonDocument = isDocument(container) ? { ...container } : {};
  const inner = withField(childOf(copy, part), rest, value);
  if (inner === undefined) delete copy[part];
  else setField(copy, part, inner);
  return copy;
}

/** `$unwind`: one document for each element of the array at a path. */
export function unwindStage(spec: unknown): (documents: readonly BsonDocument[]) => readonly BsonDocument[] {
  const { path, includeArrayIndex, preserveNullAndEmptyArrays } = isDocument(spec) ? spec : { path: spec };
  if (typeof path !== 'string') throw new MongoError(28808, 'expected a string as the path for $unwind stage');
  if (!path.startsWith('$'))
    throw new MongoError(28818, `path option to $unwind stage should be prefixed with a '$': ${path}`);
  const parts = pathParts(path.slice(1));
  const indexed = (document: BsonDocument, index: number | null): BsonDocument =>
    typeof includeArrayIndex === 'string'
      ? (withField(document, pathParts(includeArrayIndex), index === null ? null : longOf(index)) as BsonDocument)
      : document;
  return (documents) =>
    documents.flatMap((document) => {
      const value = valueAt(document, parts.join('.'));
      if (Array.isArray(value) && value.length > 0)
        return value.map((element: unknown, index) =>
          indexed(withField(document, parts, element) as BsonDocument, index),
        );
      const isEmpty = value === undefined || value === null || Array.isArray(value);
      if (!isEmpty) return [indexed(document, null)];
      if (preserveNullAndEmptyArrays !== true) return [];
      return [indexed(Array.isArray(value) ? (withField(document, parts, undefined) as BsonDocument) : document, null)];
    });
}
