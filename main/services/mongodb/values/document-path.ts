import { isDocument, setField, type BsonDocument } from './bson-document.ts';

/** The parts of a dotted path. */
export const pathParts = (path: string): readonly string[] => path.split('.');

export const isArrayIndex = (part: string): boolean => /^(0|[1-9]\d*)$/.test(part);

/** The value of one field of a document or one element of an array; `undefined` when it is not there. */
export function childOf(container: unknown, part: string): unknown {
  if (Array.isArray(container)) return isArrayIndex(part) ? container[Number(part)] : undefined;
  if (!isDocument(container)) return undefined;
  return Object.hasOwn(container, part) ? container[part] : undefined;
}

/** Follows the path without looking into the elements of arrays, except by their index. */
export function valueAt(document: unknown, path: string): unknown {
  let value = document;
  for (const part of pathParts(path)) {
    value = childOf(value, part);
    if (value === undefined) return undefined;
  }
  return value;
}

/**
 * Every value that a query on `path` looks at: MongoDB goes through the elements of arrays on the way. A path that ends nowhere gives `undefined` once for
 * each document it ends in. Arrays at the end are given whole; see `withElements`.
 */
export function valuesAt(document: unknown, path: string): readonly unknown[] {
  if (!path.includes('.') && isDocument(document)) return [childOf(document, path)];
  const values: unknown[] = [];
  collect(document, pathParts(path), 0, values);
  return values;
}

function collect(container: unknown, parts: readonly string[], depth: number, values: unknown[]): void {
  const part = parts[depth];
  if (part === undefined) {
    values.push(container);
    return;
  }
  if (!Array.isArray(container)) {
    const child = childOf(container, part);
    if (child === undefined) values.push(undefined);
    else collect(child, parts, depth + 1, values);
    return;
  }
  if (isArrayIndex(part) && Number(part) < container.length) collect(container[Number(part)], parts, depth + 1, values);
  for (const element of container) if (isDocument(element)) collect(element, parts, depth, values);
}

/** Each value, and for an array also each of its elements: what `{field: value}` compares with. */
export function withElements(values: readonly unknown[]): readonly unknown[] {
  if (!values.some(Array.isArray)) return values;
  return values.flatMap((value): readonly unknown[] =>
    Array.isArray(value) ? [...(value as readonly unknown[]), value] : [value],
  );
}

/** Sets a field of nested documents, making those that are missing; for documents that we build ourselves (no arrays on the way). */
export function setNested(document: BsonDocument, path: string, value: unknown): void {
  const parts = pathParts(path);
  let container = document;
  for (const part of parts.slice(0, -1)) {
    const child = childOf(container, part);
    if (isDocument(child)) container = child;
    else {
      const made: BsonDocument = {};
      setField(container, part, made);
      container = made;
    }
  }
  setField(container, parts.at(-1) ?? path, value);
}
