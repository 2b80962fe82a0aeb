import { Aggregator } from 'mingo/aggregator';
import { cloneValue, encodeDocument, isDocument, type BsonDocument } from '../values/bson-document.ts';
import { readStored, type StoredDocument } from '../storage/collection.ts';
import { evaluationSettings, type CommandContext } from '../commands/command-context.ts';
import type { Namespace } from '../storage/document-store.ts';
import { compileFilter } from '../query/match-filter.ts';
import { translateMingoError } from './mingo-error-texts.ts';
import { MongoError } from '../mongo-error.ts';
import { mingoOptions } from './mingo-options.ts';
import { isSourceStage, sourceDocuments } from './pipeline-sources.ts';
import { isWriteStage, writeResult } from './pipeline-writes.ts';
import { compileSort } from '../query/sort-documents.ts';
import { limitCount, sampleOf, sampleSize, skipCount } from './stage-operators.ts';

type StageSpec = { readonly name: string; readonly spec: unknown };

/** Runs a pipeline on a collection, or on the database when there is none. `$out` and `$merge` write its result and leave nothing to answer. */
export function runPipeline(
  context: CommandContext,
  namespace: Namespace | undefined,
  pipeline: readonly BsonDocument[],
): readonly Buffer[] {
  const stages = parsePipeline(pipeline, new Date(context.clock.now()));
  const last = stages.at(-1);
  const isWrite = last !== undefined && isWriteStage(last.name);
  const result = readResult(context, namespace, isWrite ? stages.slice(0, -1) : stages);
  if (!isWrite) return result;
  writeResult(context, last.name, last.spec, result);
  return [];
}

function parsePipeline(pipeline: readonly BsonDocument[], now: Date): readonly StageSpec[] {
  return pipeline.map((stage, index) => {
    const [name, ...others] = Object.keys(stage);
    if (name === undefined || others.length > 0)
      throw new MongoError(40323, 'A pipeline stage specification object must contain exactly one field.');
    if (name === '$changeStream')
      throw new MongoError(40573, 'The $changeStream stage is only supported on replica sets');
    if (index > 0 && isSourceStage(name))
      throw new MongoError(40602, `${name} is only valid as the first stage in a pipeline`);
    if (isWriteStage(name) && index < pipeline.length - 1)
      throw new MongoError(40601, `${name} can only be the final stage in the pipeline`);
    return { name, spec: bindNow(stage[name], now) };
  });
}

/** `$$NOW` is the clock's time when the command starts, the same in all of it. */
function bindNow(value: unknown, now: Date): unknown {
  if (value === '$$NOW') return now;
  if (Array.isArray(value)) return value.map((element: unknown) => bindNow(element, now));
  if (!isDocument(value) || '$literal' in value) return value;
  const bound: BsonDocument = {};
  for (const [field, inner] of Object.entries(value)) bound[field] = bindNow(inner, now);
  return bound;
}

function readResult(
  context: CommandContext,
  namespace: Namespace | undefined,
  stages: readonly StageSpec[],
): readonly Buffer[] {
  const [first, ...rest] = stages;
  if (first !== undefined && isSourceStage(first.name)) {
    const documents = sourceDocuments(context, namespace, first.name, first.spec);
    return evaluate(context, rest, documents).map(encodeDocument);
  }
  if (namespace === undefined)
    throw new MongoError(73, `{aggregate: 1} is not valid for '${first?.name ?? ''}'; a collection is required.`);
  const taken = takeLeading(context, namespace, stages);
  if (taken.next === stages.length) return taken.stored.map(({ bytes }) => bytes);
  return evaluate(context, stages.slice(taken.next), taken.stored.map(readStored)).map(encodeDocument);
}

/** Stages that choose and order documents run on what is stored, so that its bytes, and with them all types, stay as they are. */
function takeLeading(
  context: CommandContext,
  namespace: Namespace,
  stages: readonly StageSpec[],
): { readonly stored: readonly StoredDocument[]; readonly next: number } {
  const collection = context.store.collection(namespace);
  const [first] = stages;
  const isMatch = first?.name === '$match';
  const filter = compileFilter(isMatch ? first.spec : {}, evaluationSettings(context));
  let stored: readonly StoredDocument[] = runExpressions(() => [...(collection?.find(filter) ?? [])]);
  let next = isMatch ? 1 : 0;
  for (let stage = stages[next]; stage !== undefined; stage = stages[next]) {
    const chosen = choose(stored, stage);
    if (chosen === undefined) break;
    stored = chosen;
    next += 1;
  }
  return { stored, next };
}

function choose(stored: readonly StoredDocument[], { name, spec }: StageSpec): readonly StoredDocument[] | undefined {
  switch (name) {
    case '$sort': {
      const compare = compileSort(spec);
      return stored.toSorted((left, right) => compare(readStored(left), readStored(right)));
    }
    case '$limit':
      return stored.slice(0, limitCount(spec));
    case '$skip':
      return stored.slice(skipCount(spec));
    case '$sample':
      return sampleOf(stored, sampleSize(spec));
    default:
      return undefined;
  }
}

/** Stages that never change a document they were given: what they read need not be copied. */
const readOnlyStages: ReadonlySet<string> = new Set([
  '$match',
  '$group',
  '$project',
  '$count',
  '$sortByCount',
  '$bucket',
  '$sort',
  '$limit',
  '$skip',
]);

function evaluate(
  context: CommandContext,
  stages: readonly StageSpec[],
  documents: readonly BsonDocument[],
): readonly BsonDocument[] {
  const input = stages.every(({ name }) => readOnlyStages.has(name)) ? [...documents] : documents.map(cloneValue);
  const aggregator = new Aggregator(
    stages.map(({ name, spec }) => ({ [name]: spec })),
    mingoOptions(evaluationSettings(context)),
  );
  return runExpressions(() => aggregator.run<BsonDocument>(input));
}

/** Refusals of the pipeline itself; the others come from its documents, and MongoDB says so. */
const pipelineCodes: ReadonlySet<number> = new Set([
  168, 238, 9, 15947, 15955, 15952, 15958, 15969, 15973, 15975, 15983, 17276, 31002, 31250, 31253, 31254, 40157, 40158,
  40160, 40192, 40194, 40200, 40201, 40234, 40235, 40238, 40324, 51272,
]);

function runExpressions<Result>(run: () => Result): Result {
  try {
    return translateMingoError(run);
  } catch (error) {
    if (!(error instanceof MongoError) || pipelineCodes.has(error.code)) throw error;
    throw new MongoError(error.code, `PlanExecutor error during aggregation :: caused by :: ${error.message}`);
  }
}
