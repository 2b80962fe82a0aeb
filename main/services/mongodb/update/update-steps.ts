import { isDocument, type BsonDocument } from '../values/bson-document.ts';
import { typeName } from '../values/bson-order.ts';
import { isArrayIndex, pathParts } from '../values/document-path.ts';
import { shellText } from '../values/shell-text.ts';
import { MongoError } from '../mongo-error.ts';
import { updateOperators } from './update-operators.ts';

/** One field of one operator: `{$inc: {n: 1}}` is `$inc`, `n`, 1. */
export type UpdateStep = { readonly operator: string; readonly path: string; readonly operand: unknown };

/** The steps of a document of update operators, in the order in which MongoDB applies them: by path. Throws when two of them touch the same field. */
export function updateSteps(update: BsonDocument): readonly UpdateStep[] {
  const steps = Object.entries(update).flatMap(([operator, fields]) => operatorSteps(operator, fields));
  const touched = steps.flatMap(({ operator, path, operand }) =>
    operator === '$rename' ? [path, String(operand)] : [path],
  );
  refuseConflicts(touched);
  return steps.toSorted((left, right) => comparePaths(pathParts(left.path), pathParts(right.path)));
}

function operatorSteps(operator: string, fields: unknown): readonly UpdateStep[] {
  if (operator !== '$rename' && updateOperators[operator] === undefined)
    throw new MongoError(
      9,
      `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`,
    );
  if (!isDocument(fields))
    throw new MongoError(
      9,
      `Modifiers operate on fields but we found type ${typeName(fields)} instead. For example: {$mod: {<field>: ...}} not {${operator}: ${shellText(fields)}}`,
    );
  return Object.entries(fields).map(([path, operand]) => {
    checkPath(path);
    if (operator === '$rename') checkRename(path, operand);
    return { operator, path, operand };
  });
}

function checkPath(path: string): void {
  if (path === '') throw new MongoError(56, 'An empty update path is not valid.');
  if (pathParts(path).includes(''))
    throw new MongoError(56, `The update path '${path}' contains an empty field name, which is not allowed.`);
}

function checkRename(path: string, target: unknown): void {
  if (typeof target !== 'string')
    throw new MongoError(2, `The 'to' field for $rename must be a string: ${path}: ${shellText(target)}`);
  checkPath(target);
  if (path === target)
    throw new MongoError(2, `The source and target field for $rename must differ: ${path}: "${target}"`);
  for (const [end, name] of [
    ['source', path],
    ['destination', target],
  ] as const)
    if (pathParts(name).some((part) => part.startsWith('$')))
      throw new MongoError(2, `The ${end} field for $rename may not be dynamic: ${name}`);
}

function refuseConflicts(paths: readonly string[]): void {
  const seen: string[] = [];
  for (const path of paths) {
    const other = seen.find(
      (earlier) => path === earlier || path.startsWith(`${earlier}.`) || earlier.startsWith(`${path}.`),
    );
    if (other !== undefined) {
      const at = path.length < other.length ? path : other;
      throw new MongoError(40, `Updating the path '${path}' would create a conflict at '${at}'`);
    }
    seen.push(path);
  }
}

/** Names in lexicographic order, array indexes by number. */
function comparePaths(left: readonly string[], right: readonly string[]): number {
  for (const [index, part] of left.entries()) {
    const other = right[index];
    if (other === undefined) return 1;
    if (part === other) continue;
    if (isArrayIndex(part) && isArrayIndex(other)) return Number(part) - Number(other);
    return part < other ? -1 : 1;
  }
  return left.length - right.length;
}
