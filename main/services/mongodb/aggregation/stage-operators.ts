import { Lazy, type Iterator as DocumentStream } from 'mingo/lazy';
import * as mingo from 'mingo/operators/pipeline';
import { Query } from 'mingo/query';
import type { Options } from 'mingo/types';
import { isDocument, withIdFirst, type BsonDocument } from '../values/bson-document.ts';
import { wholeNumber } from '../values/bson-number.ts';
import { parseFilter } from '../query/filter-syntax.ts';
import { addFieldsStage, unwindStage } from './field-stages.ts';
import { bucketStage, groupStage } from './group-documents.ts';
import { lookupStage } from './lookup-stage.ts';
import { MongoError } from '../mongo-error.ts';
import { compileProjection } from '../query/project-document.ts';
import { compileSort } from '../query/sort-documents.ts';

/** How mingo calls a stage. */
type Stage = (documents: DocumentStream, spec: unknown, options: Options) => DocumentStream;

/** A stage that needs all its documents at once. */
const onAll =
  (
    compile: (spec: unknown, options: Options) => (documents: readonly BsonDocument[]) => readonly BsonDocument[],
  ): Stage =>
  (documents, spec, options) => {
    const run = compile(spec, options);
    return documents.transform<BsonDocument>((all) => Lazy(run(all)));
  };

const sorted = (spec: unknown) => {
  const compare = compileSort(spec);
  return (documents: readonly BsonDocument[]): readonly BsonDocument[] => documents.toSorted(compare);
};

const sortedByCount = (expression: unknown, options: Options) => {
  const group = groupStage({ _id: expression, count: { $sum: 1 } }, options);
  const sort = sorted({ count: -1 });
  return (documents: readonly BsonDocument[]): readonly BsonDocument[] => sort(group(documents));
};

const counted = (field: unknown) => {
  if (typeof field !== 'string' || field === '')
    throw new MongoError(40157, 'the count field must be a non-empty string');
  if (field.startsWith('$')) throw new MongoError(40158, 'the count field cannot be a $-prefixed path');
  if (field.includes('.')) throw new MongoError(40160, "the count field cannot contain '.'");
  return (documents: readonly BsonDocument[]): readonly BsonDocument[] =>
    documents.length === 0 ? [] : [{ [field]: documents.length }];
};

/** `size` documents, each at most once. */
const sampled = (spec: unknown) => {
  const size = sampleSize(spec);
  return (documents: readonly BsonDocument[]): readonly BsonDocument[] => sampleOf(documents, size);
};

export function sampleSize(spec: unknown): number {
  const size = isDocument(spec) ? wholeNumber(spec['size']) : null;
  if (size === null) throw new MongoError(28746, 'size argument to $sample must be a number');
  if (size <= 0) throw new MongoError(28747, 'size argument to $sample must be a positive integer');
  return size;
}

export function sampleOf<Item>(items: readonly Item[], size: number): readonly Item[] {
  const drawn = [...items];
  for (let index = 0; index < Math.min(size, drawn.length); index += 1) {
    const other = index + Math.floor(Math.random() * (drawn.length - index));
    [drawn[index], drawn[other]] = [drawn[other] as Item, drawn[index] as Item];
  }
  return drawn.slice(0, size);
}

export function limitCount(value: unknown): number {
  const count = wholeNumber(value);
  if (count === null)
    throw new MongoError(2107201, `invalid argument to $limit stage: Expected a number in: $limit: ${String(value)}`);
  if (count <= 0) throw new MongoError(15958, 'the limit must be positive');
  return count;
}

export function skipCount(value: unknown): number {
  const count = wholeNumber(value);
  if (count === null || count < 0)
    throw new MongoError(
      5107200,
      `invalid argument to $skip stage: Expected a non-negative number in: $skip: ${String(value)}`,
    );
  return count;
}

const project: Stage = (documents, spec, options) => {
  if (!isDocument(spec)) throw new MongoError(15969, '$project specification must be an object');
  if (Object.keys(spec).length === 0)
    throw new MongoError(
      51272,
      'Invalid $project :: caused by :: projection specification must have at least one field',
    );
  return documents.map(compileProjection(spec, options));
};

const unset: Stage = (documents, spec, options) => {
  const fields = (Array.isArray(spec) ? spec : [spec]).filter((field) => typeof field === 'string');
  if (fields.length === 0)
    throw new MongoError(31002, '$unset specification must be a string or an array containing only string fields');
  return documents.map(compileProjection(Object.fromEntries(fields.map((field) => [field, false])), options));
};

const addFields: Stage = (documents, spec, options) => documents.map(addFieldsStage(spec, options));

const bucketAuto: Stage = (documents, spec, options) =>
  mingo
    .$bucketAuto(documents, spec as Parameters<typeof mingo.$bucketAuto>[1], options)
    .map<BsonDocument>((bucket) => withIdFirst(bucket, bucket['_id']));

/** mingo gives `undefined` for a pruned document. */
const redact: Stage = (documents, spec, options) =>
  mingo
    .$redact(documents, spec as BsonDocument, options)
    .filter<BsonDocument | undefined>((document) => document !== undefined);

/** mingo's ends a range before its last value. */
const densify: Stage = () => {
  throw new MongoError(238, "Marea's embedded server does not support $densify");
};

/** Stages of a pipeline in BSON's terms; mingo has the others. */
export const stageOperators: Readonly<Record<string, Stage>> = {
  $match: (documents, spec, options) => {
    const query = new Query(parseFilter(spec), options);
    return documents.filter<BsonDocument>((document) => query.test(document));
  },
  $addFields: addFields,
  $set: addFields,
  $unwind: onAll(unwindStage),
  $bucketAuto: bucketAuto,
  $redact: redact,
  $densify: densify,
  $project: project,
  $unset: unset,
  $limit: (documents, spec) => documents.take(limitCount(spec)),
  $skip: (documents, spec) => documents.drop(skipCount(spec)),
  $lookup: (documents, spec, options) => documents.map(lookupStage(spec, options)),
  $sort: onAll(sorted),
  $sortByCount: onAll(sortedByCount),
  $count: onAll(counted),
  $sample: onAll(sampled),
  $group: onAll(groupStage),
  $bucket: onAll(bucketStage),
};
