import { Query } from 'mingo/query';
import { isDocument, type BsonDocument } from '../values/bson-document.ts';
import { mingoOptions, type EvaluationSettings } from '../aggregation/mingo-options.ts';
import { parseFilter } from './filter-syntax.ts';
import { translateMingoError } from '../aggregation/mingo-error-texts.ts';

/** A compiled filter. `equalities`: the paths that must equal a value, by which an index can find the candidates. */
export type Filter = {
  readonly matches: (document: BsonDocument) => boolean;
  readonly equalities: ReadonlyMap<string, unknown>;
};

const everything: Filter = { matches: () => true, equalities: new Map() };

/** Throws `MongoError` for a filter that MongoDB refuses. */
export function compileFilter(filter: unknown, settings: EvaluationSettings): Filter {
  const parsed = parseFilter(filter ?? {});
  if (Object.keys(parsed).length === 0) return everything;
  const query = translateMingoError(() => new Query(parsed, mingoOptions(settings)));
  return {
    matches: (document) => translateMingoError(() => query.test(document)),
    equalities: equalitiesOf(parsed),
  };
}

/** What an upsert copies into the new document: fields that must equal one value, at the top or in an `$and`. */
function equalitiesOf(filter: BsonDocument, into = new Map<string, unknown>()): Map<string, unknown> {
  for (const [field, condition] of Object.entries(filter)) {
    if (field === '$and' || (field === '$or' && Array.isArray(condition) && condition.length === 1)) {
      for (const branch of condition as readonly BsonDocument[]) equalitiesOf(branch, into);
    } else if (!field.startsWith('$')) {
      const value = equalValueOf(condition);
      if (value !== undefined) into.set(field, value.value);
    }
  }
  return into;
}

function equalValueOf(condition: unknown): { readonly value: unknown } | undefined {
  if (condition instanceof RegExp) return undefined;
  if (!isDocument(condition)) return { value: condition };
  const names = Object.keys(condition);
  if (!names[0]?.startsWith('$')) return { value: condition };
  if ('$eq' in condition) return { value: condition['$eq'] };
  const [only, ...others] = (condition['$in'] ?? condition['$all'] ?? []) as readonly unknown[];
  const isOne = only !== undefined && others.length === 0 && !(only instanceof RegExp) && !isDocument(only);
  return isOne ? { value: only } : undefined;
}
