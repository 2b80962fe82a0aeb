import { sql, sqlJoin, sqlWord, type Sql } from '../core/sql-text.ts';
import { newAttributeId, type Attribute } from '../plan/attribute.ts';
import type { BoundExpression, BoundPython } from '../plan/bound-expression.ts';
import { rewriteExpression } from '../plan/rewrite-expression.ts';
import { expressionChildren, someExpression } from '../plan/walk-expression.ts';
import { columnName, plainForm } from './column-form.ts';
import { compileExpression } from './compile-expression.ts';
import type { PythonCall } from './compiled-step.ts';
import { newTable, relationItems, scopeOf, type CompiledRelation, type Compiler } from './compiler.ts';

const isPython = (part: BoundExpression): part is BoundPython => part.kind === 'python';
const hasPython = (expression: BoundExpression): boolean => someExpression(expression, isPython);

/**
 * Takes the Python calls out of expressions over `relation`: they become columns of a table made by `python` steps, innermost calls first,
 * and the expressions read those columns. Without Python nothing changes.
 */
export function cutPython(
  relation: CompiledRelation,
  expressions: readonly BoundExpression[],
  compiler: Compiler,
): { readonly relation: CompiledRelation; readonly expressions: readonly BoundExpression[] } {
  const ready = readyCalls(expressions);
  if (ready.length === 0) return { relation, expressions };
  const results = new Map(ready.map((call) => [call, resultAttribute(call)] as const));
  const made = pythonTable(relation, results, compiler);
  const replaced = expressions.map((expression) =>
    rewriteExpression(expression, (part) => {
      const result = isPython(part) ? findResult(part, results) : undefined;
      return result && { kind: 'attribute', attribute: result, type: result.type, nullable: true };
    }),
  );
  return cutPython(made, replaced, compiler);
}

/** Calls whose arguments need no other Python call. A deterministic call written twice runs once. */
function readyCalls(expressions: readonly BoundExpression[]): readonly BoundPython[] {
  const found: BoundPython[] = [];
  const visit = (part: BoundExpression): void => {
    if (isPython(part) && !part.args.some(hasPython)) {
      if (!found.some((call) => call === part || isSame(call, part))) found.push(part);
    } else expressionChildren(part).forEach(visit);
  };
  expressions.forEach(visit);
  return found;
}

const isSame = (a: BoundPython, b: BoundPython): boolean =>
  a.deterministic && b.deterministic && a.key === b.key && printed(a.args) === printed(b.args);

const printed = (args: readonly BoundExpression[]): string =>
  JSON.stringify(args, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value));

const findResult = (part: BoundPython, results: ReadonlyMap<BoundPython, Attribute>): Attribute | undefined =>
  results.get(part) ?? [...results].find(([call]) => isSame(call, part))?.[1];

const resultAttribute = (call: BoundPython): Attribute => ({
  id: newAttributeId(),
  name: call.name,
  type: call.type,
  nullable: true,
  qualifier: [],
});

function pythonTable(
  relation: CompiledRelation,
  results: ReadonlyMap<BoundPython, Attribute>,
  compiler: Compiler,
): CompiledRelation {
  const scope = scopeOf(compiler, relation);
  const arguments_: Sql[] = [];
  const calls: PythonCall[] = [...results].map(([call, result]) => ({
    key: call.key,
    name: call.name,
    evalType: call.evalType,
    args: call.args.map((arg) => {
      const name = sqlWord(`p${arguments_.length}`);
      arguments_.push(sql`${compileExpression(arg, scope)} AS ${name}`);
      return name;
    }),
    argTypes: call.args.map((arg) => arg.type),
    result: columnName(result.id),
    resultType: result.type,
  }));
  const table = newTable(compiler, 'py');
  const input = sql`SELECT ${sqlJoin([...relationItems(relation), ...arguments_], ', ') || sql`1`} FROM ${relation.from}`;
  compiler.steps.push({ kind: 'python', table, input, calls });
  const columns = new Map(relation.columns);
  for (const result of results.values()) columns.set(result.id, plainForm);
  return { ...relation, from: table, columns };
}
