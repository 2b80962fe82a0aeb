import { isDocument, setField, type BsonDocument } from '../values/bson-document.ts';
import { typeName } from '../values/bson-order.ts';
import { childOf, isArrayIndex, pathParts } from '../values/document-path.ts';
import { shellText } from '../values/shell-text.ts';
import { MongoError } from '../mongo-error.ts';

/** What an operator wants done with the value it was shown: a new value, no change, or no value any more. */
type FieldChange =
  | { readonly kind: 'set'; readonly value: unknown }
  | { readonly kind: 'leave' }
  | { readonly kind: 'unset' };

/** `undefined`: there is no value at the path. */
export type FieldTransform = (value: unknown) => FieldChange;

/** How `$`, `$[]` and `$[identifier]` in a path are understood. */
export type ArrayAccess = {
  /** The index that `$` stands for in the array at `path`. */
  readonly positional: (path: string) => number | undefined;
  /** The test of an array filter; throws when there is none of this name. */
  readonly filtered: (identifier: string, path: string) => (element: unknown) => boolean;
};

/** A document on its way to its next version, and where in it we are. */
type Step = {
  readonly parts: readonly string[];
  readonly transform: FieldTransform;
  readonly access: ArrayAccess;
  /** Whether the operator makes fields that are missing. */
  readonly createsFields: boolean;
};

/** Applies `transform` to every value the path names, in place; documents on the way are made where the operator creates fields. */
export function updatePath(document: BsonDocument, path: string, options: Omit<Step, 'parts'>): void {
  updateInside(document, 0, { ...options, parts: pathParts(path) });
}

function updateInside(container: unknown, depth: number, step: Step): void {
  const part = step.parts[depth] ?? '';
  const before = step.parts.slice(0, depth).join('.');
  if (part.startsWith('$')) {
    for (const index of arrayIndexes(container, part, before, step)) updateChild(container, String(index), depth, step);
    return;
  }
  if (Array.isArray(container) ? isArrayIndex(part) : isDocument(container)) {
    updateChild(container, part, depth, step);
    return;
  }
  if (!step.createsFields) return;
  const name = step.parts[depth - 1] ?? '';
  throw new MongoError(28, `Cannot create field '${part}' in element {${name}: ${shellText(container)}}`);
}

function updateChild(container: unknown, part: string, depth: number, step: Step): void {
  const current = childOf(container, part);
  if (depth < step.parts.length - 1) {
    if (current !== undefined) updateInside(current, depth + 1, step);
    else if (step.createsFields) {
      const made = makeNested(step, depth + 1);
      if (made !== undefined) assign(container, part, made);
    }
    return;
  }
  const change = step.transform(current);
  switch (change.kind) {
    case 'leave':
      return;
    case 'set':
      assign(container, part, change.value);
      return;
    case 'unset':
      if (Array.isArray(container)) {
        // An element is emptied, not removed: the others keep their places.
        if (Number(part) < container.length) container[Number(part)] = null;
      } else if (isDocument(container)) delete container[part];
  }
}

/** The documents for the rest of a path that does not exist; `undefined` when the operator sets nothing there. */
function makeNested(step: Step, depth: number): BsonDocument | undefined {
  const part = step.parts[depth] ?? '';
  if (part.startsWith('$')) {
    const before = step.parts.slice(0, depth).join('.');
    throw new MongoError(2, `The path '${before}' must exist in the document in order to apply array updates.`);
  }
  if (depth < step.parts.length - 1) {
    const inner = makeNested(step, depth + 1);
    return inner === undefined ? undefined : { [part]: inner };
  }
  const change = step.transform(undefined);
  return change.kind === 'set' ? { [part]: change.value } : undefined;
}

/** MongoDB's bound on how far beyond its end an array is filled up with nulls. */
const maxPadding = 1_500_000;

function assign(container: unknown, part: string, value: unknown): void {
  if (!Array.isArray(container)) {
    setField(container as BsonDocument, part, value);
    return;
  }
  const index = Number(part);
  if (index - container.length > maxPadding) throw new MongoError(2, `can't backfill more than ${maxPadding} elements`);
  while (container.length < index) container.push(null);
  container[index] = value;
}

function arrayIndexes(container: unknown, part: string, path: string, { access }: Step): readonly number[] {
  if (part === '$') {
    const index = access.positional(path);
    if (index === undefined)
      throw new MongoError(2, 'The positional operator did not find the match needed from the query.');
    return [index];
  }
  const identifier = /^\$\[(.*)\]$/.exec(part)?.[1];
  if (identifier === undefined)
    throw new MongoError(52, `The dollar ($) prefixed field '${part}' in '${path}.${part}' is not valid for storage.`);
  if (!Array.isArray(container))
    throw new MongoError(2, `Cannot apply array updates to non-array element ${path}: ${shellText(container)}`);
  if (identifier === '') return [...container.keys()];
  const passes = access.filtered(identifier, `${path}.${part}`);
  return [...container.entries()].filter(([, element]) => passes(element)).map(([index]) => index);
}

/** The array an operator works on, a copy of it; a missing one is empty. */
export function arrayTarget(value: unknown, refuse: (type: string) => MongoError): unknown[] | undefined {
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) throw refuse(typeName(value));
  return [...(value as readonly unknown[])];
}
