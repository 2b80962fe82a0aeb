import type { Options } from 'mingo/types';
import { isDocument, setField, type BsonDocument } from '../values/bson-document.ts';
import { isBsonNumber } from '../values/bson-number.ts';
import { pathParts, setNested } from '../values/document-path.ts';
import { evaluateExpression } from '../aggregation/evaluate-expression.ts';
import { MongoError } from '../mongo-error.ts';
import { truthy } from './query-operators.ts';

/** What a projection does with one field. */
type FieldAction =
  | { readonly kind: 'keep' }
  | { readonly kind: 'drop' }
  /** `$slice` and `$elemMatch` of `find`: another value in the place of the field's own; `undefined` drops it. */
  | { readonly kind: 'change'; readonly change: (value: unknown) => unknown }
  | { readonly kind: 'inside'; readonly fields: Map<string, FieldAction> };

type ProjectionParts = {
  readonly fields: Map<string, FieldAction>;
  /** Fields that are computed, in the order of the projection. */
  readonly computed: (readonly [string, unknown])[];
  isInclusion: boolean | undefined;
};

export type Projection = (document: BsonDocument) => BsonDocument;

/** A special value of `find`'s projections, or `undefined` when the value is an expression. */
type SpecialField = (path: string, value: BsonDocument) => ((value: unknown) => unknown) | undefined;

/** Compiles the projection of `find` and `$project`; fields keep the document's order, computed ones follow. Throws `MongoError`. */
export function compileProjection(
  spec: BsonDocument,
  options: Partial<Options>,
  specialField: SpecialField = () => undefined,
): Projection {
  const parts: ProjectionParts = { fields: new Map(), computed: [], isInclusion: undefined };
  readFields(spec, '', parts, specialField);
  if (!('_id' in spec) && parts.isInclusion === true) parts.fields.set('_id', { kind: 'keep' });
  const idDropped = '_id' in spec && isFlag(spec['_id']) && !truthy(spec['_id']);
  const isInclusion = parts.isInclusion ?? ('_id' in spec && !idDropped);
  if (idDropped && isInclusion) parts.fields.delete('_id');
  return (document) => {
    const projected = projectFields(document, parts.fields, isInclusion);
    for (const [path, expression] of parts.computed) {
      const value = evaluateExpression(document, expression, options);
      if (value !== undefined) setNested(projected, path, value);
    }
    return projected;
  };
}

const isFlag = (value: unknown): boolean => typeof value === 'boolean' || isBsonNumber(value);

function readFields(spec: BsonDocument, prefix: string, parts: ProjectionParts, specialField: SpecialField): void {
  for (const [name, value] of Object.entries(spec)) {
    const path = prefix + name;
    if (name === '') throw new MongoError(40352, 'FieldPath cannot be constructed with empty string');
    if (isFlag(value)) readFlag(path, truthy(value), parts);
    else readValue(path, value, parts, specialField);
  }
}

function readFlag(path: string, isKept: boolean, parts: ProjectionParts): void {
  place(parts.fields, path, { kind: isKept ? 'keep' : 'drop' });
  if (path === '_id') return;
  if (parts.isInclusion === undefined) parts.isInclusion = isKept;
  else if (parts.isInclusion && !isKept)
    throw new MongoError(31254, `Cannot do exclusion on field ${path} in inclusion projection`);
  else if (!parts.isInclusion && isKept)
    throw new MongoError(31253, `Cannot do inclusion on field ${path} in exclusion projection`);
}

function readValue(path: string, value: unknown, parts: ProjectionParts, specialField: SpecialField): void {
  if (isDocument(value)) {
    const name = Object.keys(value)[0];
    if (name === undefined)
      throw new MongoError(51270, 'An empty sub-projection is not a valid value. Found empty object at path');
    const change = name.startsWith('$') ? specialField(path, value) : undefined;
    if (change !== undefined) {
      place(parts.fields, path, { kind: 'change', change });
      if (name === '$elemMatch') parts.isInclusion ??= true;
      return;
    }
    if (!name.startsWith('$')) {
      readFields(value, `${path}.`, parts, specialField);
      return;
    }
  }
  if (parts.isInclusion === false)
    throw new MongoError(31310, `Cannot use an expression ${path} in an exclusion projection`);
  parts.isInclusion = true;
  parts.computed.push([path, value]);
}

function place(fields: Map<string, FieldAction>, path: string, action: FieldAction): void {
  const parts = pathParts(path);
  let level = fields;
  for (const part of parts.slice(0, -1)) {
    let inside = level.get(part);
    if (inside === undefined) {
      inside = { kind: 'inside', fields: new Map() };
      level.set(part, inside);
    }
    if (inside.kind !== 'inside') throw new MongoError(31250, `Path collision at ${path}`);
    level = inside.fields;
  }
  const last = parts.at(-1) ?? path;
  if (level.has(last)) throw new MongoError(31250, `Path collision at ${path}`);
  level.set(last, action);
}

function projectFields(
  document: BsonDocument,
  fields: ReadonlyMap<string, FieldAction>,
  isInclusion: boolean,
): BsonDocument {
  const projected: BsonDocument = {};
  for (const field of Object.keys(document)) {
    const value = projectValue(document[field], fields.get(field), isInclusion);
    if (value !== undefined) setField(projected, field, value);
  }
  return projected;
}

/** `undefined`: the field does not appear. */
function projectValue(value: unknown, action: FieldAction | undefined, isInclusion: boolean): unknown {
  if (action === undefined) return isInclusion ? undefined : value;
  switch (action.kind) {
    case 'keep':
      return value;
    case 'drop':
      return undefined;
    case 'change':
      return action.change(value);
    case 'inside':
      if (isDocument(value)) return projectFields(value, action.fields, isInclusion);
      if (!Array.isArray(value)) return isInclusion ? undefined : value;
      return value
        .map((element: unknown) => projectValue(element, action, isInclusion))
        .filter((element) => element !== undefined);
  }
}
