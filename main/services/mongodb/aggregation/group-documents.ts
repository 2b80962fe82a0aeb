import { evalExpr } from 'mingo/core';
import * as mingoAccumulators from 'mingo/operators/accumulator';
import type { Options } from 'mingo/types';
import { accumulatorOperators, type Accumulator } from './accumulator-operators.ts';
import { isDocument, type BsonDocument } from '../values/bson-document.ts';
import { compareValues } from '../values/bson-order.ts';
import { MongoError } from '../mongo-error.ts';
import { valueKey } from '../values/value-key.ts';

const accumulators: Readonly<Record<string, Accumulator>> = {
  ...(mingoAccumulators as unknown as Readonly<Record<string, Accumulator>>),
  ...accumulatorOperators,
};

/** A field of a group: which accumulator, over which expression. */
type GroupField = { readonly field: string; readonly accumulate: Accumulator; readonly operand: unknown };

/** `{_id: expression, field: {$accumulator: expression}, …}`; groups come in the order in which their first documents do. */
export function groupStage(spec: unknown, options: Options): (documents: readonly BsonDocument[]) => BsonDocument[] {
  if (!isDocument(spec)) throw new MongoError(15947, "a group's fields must be specified in an object");
  if (!('_id' in spec)) throw new MongoError(15955, 'a group specification must include an _id');
  const { _id: idExpression, ...rest } = spec;
  const fields = groupFields(rest);
  return (documents) =>
    groupDocuments(documents, (document) => evalExpr(document, idExpression, options), fields, options);
}

function groupFields(spec: BsonDocument): readonly GroupField[] {
  return Object.entries(spec).map(([field, value]) => {
    const [name, ...others] = isDocument(value) ? Object.keys(value) : [];
    if (field.includes('.')) throw new MongoError(40235, `The field name '${field}' cannot contain '.'`);
    if (!isDocument(value) || name?.startsWith('$') !== true)
      throw new MongoError(40234, `The field '${field}' must be an accumulator object`);
    if (others.length > 0) throw new MongoError(40238, `The field '${field}' must specify one accumulator`);
    const accumulate = accumulators[name];
    if (accumulate === undefined) throw new MongoError(15952, `unknown group operator '${name}'`);
    return { field, accumulate, operand: value[name] };
  });
}

function groupDocuments(
  documents: readonly BsonDocument[],
  idOf: (document: BsonDocument) => unknown,
  fields: readonly GroupField[],
  options: Options,
): BsonDocument[] {
  const groups = new Map<string, { readonly id: unknown; readonly members: BsonDocument[] }>();
  for (const document of documents) {
    const id = idOf(document) ?? null;
    const key = valueKey(id);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { id, members: [document] });
    else group.members.push(document);
  }
  return [...groups.values()].map(({ id, members }) => {
    const result: BsonDocument = { _id: id };
    for (const { field, accumulate, operand } of fields) result[field] = accumulate(members, operand, options) ?? null;
    return result;
  });
}

/** `{groupBy, boundaries, default, output}`: one group for each half-open range that has documents, in ascending order. */
export function bucketStage(spec: unknown, options: Options): (documents: readonly BsonDocument[]) => BsonDocument[] {
  if (!isDocument(spec)) throw new MongoError(40201, 'Argument to $bucket stage must be an object');
  const { groupBy, boundaries, output } = spec;
  if (!Array.isArray(boundaries)) throw new MongoError(40200, "The $bucket 'boundaries' field must be an array");
  if (boundaries.length < 2)
    throw new MongoError(
      40192,
      `The $bucket 'boundaries' field must have at least 2 values, but found ${boundaries.length} value(s).`,
    );
  for (const [index, boundary] of boundaries.entries())
    if (index > 0 && compareValues(boundaries[index - 1], boundary) >= 0)
      throw new MongoError(40194, "The 'boundaries' option to $bucket must be sorted");
  const fields = groupFields(isDocument(output) ? output : { count: { $sum: 1 } });
  const bucketOf = (document: BsonDocument): unknown => {
    const value = evalExpr(document, groupBy, options);
    const upper = boundaries.findIndex((boundary) => compareValues(value, boundary) < 0);
    if (upper > 0) return boundaries[upper - 1];
    if (!('default' in spec))
      throw new MongoError(
        40066,
        '$switch could not find a matching branch for an input, and no default was specified.',
      );
    return spec['default'];
  };
  return (documents) =>
    groupDocuments(documents, bucketOf, fields, options).toSorted((left, right) =>
      compareValues(left['_id'], right['_id']),
    );
}
