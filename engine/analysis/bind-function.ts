import { sparkError } from '../core/spark-error.ts';
import { backQuoted } from '../core/type-names.ts';
import type {
  AggregateFunction,
  ArgumentRule,
  CallShape,
  FunctionRow,
  ScalarFunction,
  WindowFunction,
} from '../functions/define-function.ts';
import { literalValue } from '../functions/literal-value.ts';
import type { BoundAggregate, BoundCall, BoundExpression } from '../plan/bound-expression.ts';
import type { Expression, UnresolvedFunction } from '../plan/expression.ts';
import { bindSpecialForm } from './bind-special-forms.ts';
import { withPlanText, type Binder } from './binder.ts';
import { checkOrdering } from './check-ordering.ts';
import { coerceArguments } from './coerce-arguments.ts';
import { coercionError } from './coercion-error.ts';
import { expressionText } from './function-text.ts';
import { bindLambda } from './lambda-variables.ts';
import { lookUpFunction, type FoundFunction } from './look-up-function.ts';
import { withSchemaAsJson } from './schema-argument.ts';
import { expandStarArguments } from './stars.ts';
import { bindRegisteredFunction } from './registered-function.ts';

type TypedRow = ScalarFunction | AggregateFunction | WindowFunction;

/** Binds a call: special forms, then the catalogue, then functions the learner registered. */
export function bindFunction(expression: UnresolvedFunction, binder: Binder): BoundExpression {
  const name = expression.function_name.toLowerCase();
  const special = bindSpecialForm(name, expression, binder);
  if (special) return special;
  const found = lookUpFunction(name);
  if (!found) return bindRegisteredFunction(expression, binder) ?? unresolvedRoutine(expression.function_name);
  if (found.row.kind === 'generator') return nestedGenerator(expression, binder);
  checkClauses(expression, found.row, name);
  return bindCatalogueCall(expression, found, found.row, binder);
}

function unresolvedRoutine(name: string): never {
  throw sparkError('UNRESOLVED_ROUTINE', { routineName: name.split('.').map(backQuoted).join('.') });
}

/** A generator is bound by the project that contains it; anywhere else it is nested. */
function nestedGenerator(expression: UnresolvedFunction, binder: Binder): BoundExpression {
  const name = expression.function_name.toLowerCase();
  const args = expression.arguments.map((arg) => binder.bind(arg, binder));
  if (binder.printsGenerators) return { kind: 'call', name, args, type: { kind: 'void' }, nullable: true };
  throw new NestedGenerator(`${name}(${args.map((arg) => expressionText(arg, binder.context)).join(', ')})`);
}

/** Raised where a generator is met inside another expression; the clause turns it into Spark's error for the place. */
export class NestedGenerator extends Error {
  readonly generatorText: string;
  constructor(generatorText: string) {
    super(`generator ${generatorText} outside the select list`);
    this.generatorText = generatorText;
  }
}

function checkClauses(expression: UnresolvedFunction, row: FunctionRow, name: string): void {
  if (row.kind === 'aggregate') return;
  if (expression.is_distinct) throw sparkError('_LEGACY_ERROR_TEMP_1023', { prettyName: name, syntax: 'DISTINCT' });
  if (expression.filter) throw sparkError('_LEGACY_ERROR_TEMP_1023', { prettyName: name, syntax: 'FILTER clause' });
  if (expression.ignore_nulls && row.kind !== 'window')
    throw sparkError('_LEGACY_ERROR_TEMP_1023', { prettyName: name, syntax: 'IGNORE NULLS' });
}

function bindCatalogueCall(
  expression: UnresolvedFunction,
  found: FoundFunction,
  row: TypedRow,
  binder: Binder,
): BoundExpression {
  const spelling = writtenAs(expression.function_name.toLowerCase());
  const written = withSchemaAsJson(found.name, expandStarArguments(found.name, expression.arguments, binder));
  const rules = argumentRules(spelling, row, written.length);
  const inner: Binder = { ...binder, insideOver: false };
  const plain = written.map((arg) => (arg.kind === 'lambda_function' ? undefined : inner.bind(arg, inner)));
  const args = written.map((arg, index) => plain[index] ?? bindLambdaArgument(arg, index, plain, row, inner));
  const raw = makeCall(found, row, args, expression, binder, spelling);
  const coercion = coerceArguments(found.name, args, rules, binder.context.ansi);
  if ('failure' in coercion)
    throw withPlanText(coercionError(coercion.failure, raw, rules, binder.context), binder.planText);
  const bound = typed(makeCall(found, row, coercion.args, expression, binder, spelling), row, binder);
  checkOrdering(bound, binder);
  if (row.kind === 'window' && !binder.insideOver)
    throw withPlanText(
      sparkError('WINDOW_FUNCTION_WITHOUT_OVER_CLAUSE', { funcName: `"${expressionText(bound, binder.context)}"` }),
      binder.planText,
    );
  return bound;
}

/** Plans call the minus sign `negative`; the catalogue prints it as an operator under this name. */
const writtenAs = (name: string): string => (name === 'negative' ? '-@' : name);

function bindLambdaArgument(
  arg: Expression,
  index: number,
  others: readonly (BoundExpression | undefined)[],
  row: TypedRow,
  binder: Binder,
): BoundExpression {
  if (arg.kind !== 'lambda_function') throw new Error('internal error: not a lambda');
  const types = others.map((other) => other?.type);
  return bindLambda(arg, row.lambda?.(types, index) ?? [], binder);
}

/** One rule per argument written; throws `WRONG_NUM_ARGS`. */
export function argumentRules(spelling: string, row: FunctionRow, count: number): readonly ArgumentRule[] {
  const most = row.takes.length;
  const least = row.variadic && row.optional === undefined ? most : most - (row.optional ?? 0);
  if (count < least || (!row.variadic && count > most)) throw wrongArity(spelling, row, least, count);
  const rules = [...row.takes];
  while (rules.length < count) {
    const repeated = row.variadic === 'pairs' ? rules[rules.length - 2] : rules[rules.length - 1];
    rules.push(repeated ?? 'any');
  }
  return rules.slice(0, count);
}

function wrongArity(spelling: string, row: FunctionRow, least: number, count: number): Error {
  const most = row.takes.length;
  const allowed = Array.from({ length: most - least + 1 }, (_, index) => least + index);
  const expectedNum = row.variadic
    ? `> ${least - 1}`
    : allowed.length === 1
      ? String(least)
      : `[${allowed.join(', ')}]`;
  return sparkError('WRONG_NUM_ARGS.WITHOUT_SUGGESTION', {
    functionName: backQuoted(spelling),
    expectedNum,
    actualNum: String(count),
  });
}

function makeCall(
  found: FoundFunction,
  row: TypedRow,
  args: readonly BoundExpression[],
  expression: UnresolvedFunction,
  binder: Binder,
  spelling: string,
): BoundCall | BoundAggregate {
  const named = spelling === found.name ? {} : { spelling };
  const base = { name: found.name, args, type: { kind: 'void' } as const, nullable: true, ...named };
  if (row.kind !== 'aggregate') return { kind: 'call', ...base };
  const filter = expression.filter ? binder.bind(expression.filter, binder) : undefined;
  return {
    kind: 'aggregate',
    ...base,
    distinct: expression.is_distinct ?? false,
    ignoreNulls: expression.ignore_nulls ?? false,
    ...(filter ? { filter } : {}),
  };
}

/** The call with the type and nullability its row decides from the coerced arguments. */
export function typed<Call extends BoundCall | BoundAggregate>(call: Call, row: TypedRow, binder: Binder): Call {
  const shape: CallShape = {
    args: call.args,
    types: call.args.map((arg) => arg.type),
    literals: call.args.map(literalValue),
    ansi: binder.context.ansi,
  };
  row.check?.(shape);
  const type = typeof row.returns === 'function' ? row.returns(shape) : row.returns;
  return { ...call, type, nullable: nullability(row, shape) };
}

function nullability(row: TypedRow, shape: CallShape): boolean {
  if (row.nullable === 'never') return false;
  if (row.nullable === 'always') return true;
  if (row.nullable) return row.nullable(shape);
  return shape.args.some((arg) => arg.kind !== 'lambda' && arg.nullable);
}

/** A catalogue function over arguments that are bound already, coerced as if the learner had written it. */
export function callFunction(name: string, args: readonly BoundExpression[], binder: Binder): BoundExpression {
  const found = lookUpFunction(name);
  if (!found || found.row.kind === 'generator') throw new Error(`internal error: no function ${name}`);
  const rules = argumentRules(name, found.row, args.length);
  const expression: UnresolvedFunction = { kind: 'unresolved_function', function_name: name, arguments: [] };
  const raw = makeCall(found, found.row, args, expression, binder, name);
  const coercion = coerceArguments(found.name, args, rules, binder.context.ansi);
  if ('failure' in coercion)
    throw withPlanText(coercionError(coercion.failure, raw, rules, binder.context), binder.planText);
  return typed(makeCall(found, found.row, coercion.args, expression, binder, name), found.row, binder);
}
