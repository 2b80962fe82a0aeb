import { Aggregator } from 'mingo/aggregator';
import { cloneValue, isDocument, withIdFirst, type BsonDocument } from '../values/bson-document.ts';
import { equalValues } from '../values/bson-order.ts';
import { valueAt, pathParts } from '../values/document-path.ts';
import { shellText } from '../values/shell-text.ts';
import { compileFilter } from '../query/match-filter.ts';
import { mingoOptions } from '../aggregation/mingo-options.ts';
import { translateMingoError } from '../aggregation/mingo-error-texts.ts';
import { MongoError } from '../mongo-error.ts';
import { matchedElement } from '../query/positional-match.ts';
import { updateSteps, type UpdateStep } from './update-steps.ts';
import { updatePath, type ArrayAccess } from './update-path.ts';
import { updateOperators, type UpdateContext } from './update-operators.ts';

/** An update as a command gives it. */
type UpdateStatement = {
  readonly update: unknown;
  readonly filter: BsonDocument;
  readonly arrayFilters: unknown;
};

/** Makes the next version of a document; the document itself does not change. */
type CompiledUpdate = (context: UpdateContext) => BsonDocument;

/** Throws `MongoError` for an update that MongoDB refuses. */
export function compileUpdate(statement: UpdateStatement): CompiledUpdate & { readonly isReplacement?: boolean } {
  const { update } = statement;
  if (Array.isArray(update)) return pipelineUpdate(update as readonly unknown[]);
  if (!isDocument(update)) throw new MongoError(9, 'Update argument must be either an object or an array');
  if (Object.keys(update)[0]?.startsWith('$') !== true) return replacement(update);
  const steps = updateSteps(update);
  const filters = arrayFilters(statement.arrayFilters, steps, update);
  return (context) => runSteps(steps, filters, statement, context);
}

function replacement(update: BsonDocument): CompiledUpdate & { readonly isReplacement: true } {
  const operator = Object.keys(update).find((name) => name.startsWith('$'));
  if (operator !== undefined)
    throw new MongoError(
      52,
      `The dollar ($) prefixed field '${operator}' in '${operator}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
    );
  const replace = ({ document }: UpdateContext): BsonDocument => keepId(document, update);
  return Object.assign(replace, { isReplacement: true as const });
}

const pipelineStages: ReadonlySet<string> = new Set([
  '$addFields',
  '$set',
  '$project',
  '$unset',
  '$replaceRoot',
  '$replaceWith',
]);

function pipelineUpdate(stages: readonly unknown[]): CompiledUpdate {
  for (const stage of stages) {
    const name = isDocument(stage) ? Object.keys(stage)[0] : undefined;
    if (name === undefined || !pipelineStages.has(name))
      throw new MongoError(72, `${name ?? 'A stage'} is not allowed to be used within an update`);
  }
  return ({ document, settings }) => {
    const [result] = translateMingoError(() =>
      new Aggregator(stages as BsonDocument[], mingoOptions(settings)).run<BsonDocument>([cloneValue(document)]),
    );
    return keepId(document, result ?? {});
  };
}

/** `_id` never changes: a new version without one keeps the old. */
function keepId(document: BsonDocument, next: BsonDocument): BsonDocument {
  const id = document['_id'];
  if (id === undefined) return '_id' in next ? withIdFirst(next, next['_id']) : next;
  if ('_id' in next && !equalValues(next['_id'], id))
    throw new MongoError(
      66,
      `After applying the update, the (immutable) field '_id' was found to have been altered to _id: ${shellText(next['_id'])}`,
    );
  return withIdFirst(next, id);
}

type ArrayFilters = ReadonlyMap<string, BsonDocument>;

function arrayFilters(filters: unknown, steps: readonly UpdateStep[], update: BsonDocument): ArrayFilters {
  const byName = new Map<string, BsonDocument>();
  for (const filter of (filters ?? []) as readonly BsonDocument[]) {
    const name = identifierOf(filter);
    if (byName.has(name))
      throw new MongoError(9, `Found multiple array filters with the same top-level field name ${name}`);
    if (!steps.some(({ path }) => pathParts(path).includes(`$[${name}]`)))
      throw new MongoError(
        9,
        `The array filter for identifier '${name}' was not used in the update ${shellText(update)}`,
      );
    byName.set(name, filter);
  }
  return byName;
}

function identifierOf(filter: BsonDocument): string {
  const [field, condition] = Object.entries(filter)[0] ?? [];
  if (field === undefined)
    throw new MongoError(9, 'Cannot use an expression without a top-level field name in arrayFilters');
  if (field.startsWith('$') && Array.isArray(condition) && isDocument(condition[0])) return identifierOf(condition[0]);
  return field.split('.')[0] ?? field;
}

function runSteps(
  steps: readonly UpdateStep[],
  filters: ArrayFilters,
  { filter }: UpdateStatement,
  context: UpdateContext,
): BsonDocument {
  const { document, settings } = context;
  const next = cloneValue(document);
  const access: ArrayAccess = {
    positional: (path) => matchedElement(document, path, filter, settings),
    filtered: (identifier, path) => {
      const elementFilter = filters.get(identifier);
      if (elementFilter === undefined)
        throw new MongoError(2, `No array filter found for identifier '${identifier}' in path '${path}'`);
      const { matches } = compileFilter(elementFilter, settings);
      return (element) => matches({ [identifier]: element });
    },
  };
  for (const step of steps) runStep(step, next, access, context);
  const id = document['_id'];
  if (id !== undefined && !equalValues(next['_id'], id))
    throw new MongoError(66, `Performing an update on the path '_id' would modify the immutable field '_id'`);
  return '_id' in next ? withIdFirst(next, next['_id']) : next;
}

function runStep(step: UpdateStep, next: BsonDocument, access: ArrayAccess, context: UpdateContext): void {
  const { operator: name, path, operand } = step;
  if (name === '$rename') {
    rename(next, path, String(operand), access);
    return;
  }
  const operator = updateOperators[name];
  if (operator === undefined) return;
  updatePath(next, path, {
    transform: operator.transform(operand, path, context),
    access,
    createsFields: operator.createsFields,
  });
}

function rename(next: BsonDocument, from: string, to: string, access: ArrayAccess): void {
  const value = valueAt(next, from);
  if (value === undefined) return;
  updatePath(next, from, { transform: () => ({ kind: 'unset' }), access, createsFields: false });
  updatePath(next, to, { transform: () => ({ kind: 'set', value }), access, createsFields: true });
}
