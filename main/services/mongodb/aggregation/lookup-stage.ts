import { Aggregator } from 'mingo/aggregator';
import { evalExpr, ProcessingMode } from 'mingo/core';
import type { Options } from 'mingo/types';
import { isDocument, type BsonDocument } from '../values/bson-document.ts';
import { setNested, valuesAt, withElements } from '../values/document-path.ts';
import { MongoError } from '../mongo-error.ts';
import { valueKey } from '../values/value-key.ts';

/** `$lookup` by equality of two fields, by a pipeline, or both. */
export function lookupStage(spec: unknown, options: Options): (document: BsonDocument) => BsonDocument {
  if (!isDocument(spec)) throw new MongoError(9, 'the $lookup specification must be an object');
  const { from, localField, foreignField, pipeline, as } = spec;
  if (typeof as !== 'string') throw new MongoError(9, "must specify 'as' field for a $lookup");
  const hasFields = typeof localField === 'string' && typeof foreignField === 'string';
  if ((localField !== undefined || foreignField !== undefined || pipeline === undefined) && !hasFields)
    throw new MongoError(9, "$lookup requires both or neither of 'localField' and 'foreignField' to be specified");
  const foreign: readonly BsonDocument[] = typeof from === 'string' ? (options.collectionResolver?.(from) ?? []) : [];
  const matching = hasFields ? equalityJoin(foreign, localField, foreignField) : () => foreign;
  const refine = Array.isArray(pipeline) ? subPipeline(pipeline as BsonDocument[], spec['let'], options) : undefined;
  return (document) => {
    const joined = matching(document);
    const result = { ...document };
    setNested(result, as, refine === undefined ? joined : refine(document, joined));
    return result;
  };
}

/** Documents with an equal value; an array counts with its elements, a missing field as null. */
function equalityJoin(
  foreign: readonly BsonDocument[],
  localField: string,
  foreignField: string,
): (document: BsonDocument) => readonly BsonDocument[] {
  const places = new Map<string, number[]>();
  for (const [place, document] of foreign.entries())
    for (const key of keysAt(document, foreignField)) {
      const holders = places.get(key);
      if (holders === undefined) places.set(key, [place]);
      else holders.push(place);
    }
  return (document) => {
    const found = new Set([...keysAt(document, localField)].flatMap((key) => places.get(key) ?? []));
    return [...found].toSorted((a, b) => a - b).map((place) => foreign[place] as BsonDocument);
  };
}

function keysAt(document: BsonDocument, path: string): ReadonlySet<string> {
  const values = valuesAt(document, path);
  return new Set(withElements(values.length === 0 ? [null] : values).map(valueKey));
}

function subPipeline(
  pipeline: BsonDocument[],
  letExpressions: unknown,
  options: Options,
): (document: BsonDocument, joined: readonly BsonDocument[]) => readonly BsonDocument[] {
  const { context, collectionResolver } = options;
  return (document, joined) => {
    const bound = isDocument(letExpressions) ? (evalExpr(document, letExpressions, options) as BsonDocument) : {};
    const aggregator = new Aggregator(pipeline, {
      context,
      // The joined documents are read again for the next document.
      processingMode: ProcessingMode.CLONE_INPUT,
      variables: { ...options.variables, ...bound },
      ...(collectionResolver === undefined ? {} : { collectionResolver }),
    });
    return aggregator.run<BsonDocument>(joined);
  };
}
