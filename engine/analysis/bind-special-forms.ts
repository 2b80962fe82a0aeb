import { booleanType, longType, stringType, structType, type DataType } from '../core/data-type.ts';
import { sparkError } from '../core/spark-error.ts';
import { sqlTypeName } from '../core/type-names.ts';
import type { BoundCase, BoundExpression } from '../plan/bound-expression.ts';
import { caseBranch } from '../plan/case-branch.ts';
import type { Expression, UnresolvedFunction } from '../plan/expression.ts';
import { parseDataType } from '../parser/parse-data-type.ts';
import { bindSessionWindow, bindTimeWindow, bindWindowTime } from './bind-time-window.ts';
import { withPlanText, type Binder } from './binder.ts';
import { explicitCast, implicitCast } from './cast-expression.ts';
import { parsedForm } from './parsed-text.ts';
import { widestType } from './common-type.ts';
import { expressionText, naturalFieldName, quotedExpression } from './function-text.ts';
import { lookUpFunction } from './look-up-function.ts';
import { call, literal, stringLiteral } from './make-expression.ts';
import { expandStarArguments } from './stars.ts';

/** Calls that are more than a row of the catalogue: CASE, windows, structs, comparisons written in other words. Undefined: an ordinary function. */
export function bindSpecialForm(
  name: string,
  expression: UnresolvedFunction,
  binder: Binder,
): BoundExpression | undefined {
  switch (name) {
    case 'when':
      return bindCase(expression.arguments, binder);
    case 'window':
      return bindTimeWindow(expression, binder);
    case 'session_window':
      return bindSessionWindow(expression, binder);
    case 'window_time':
      return bindWindowTime(expression, binder);
    case 'struct':
      return bindStruct(expandStarArguments(name, expression.arguments, binder), binder);
    case 'grouping':
    case 'grouping_id':
    case 'grouping__id':
      return call(
        name === 'grouping' ? name : 'grouping_id',
        expression.arguments.map((arg) => binder.bind(arg, binder)),
        name === 'grouping' ? { kind: 'byte' } : longType,
        false,
      );
    case 'in':
      return expression.arguments.length === 1 ? emptyIn(expression, binder) : undefined;
    case '=':
      return again('==', expression.arguments, binder);
    case '!=':
    case '<>':
      return again('not', [functionOf('==', expression.arguments)], binder);
    case 'between':
      return bindBetween(expression.arguments, binder);
    case 'first':
    case 'first_value':
    case 'last':
    case 'last_value':
    case 'any_value':
      return bindWithIgnoreNulls(expression, binder);
    default:
      return castFunction(name, expression, binder);
  }
}

const functionOf = (name: string, args: readonly Expression[]): UnresolvedFunction => ({
  kind: 'unresolved_function',
  function_name: name,
  arguments: args,
});
const again = (name: string, args: readonly Expression[], binder: Binder): BoundExpression =>
  binder.bind(functionOf(name, args), binder);

function bindBetween(args: readonly Expression[], binder: Binder): BoundExpression | undefined {
  const [value, low, high] = args;
  if (!value || !low || !high) return undefined;
  return again('and', [functionOf('>=', [value, low]), functionOf('<=', [value, high])], binder);
}

/** `x IN ()` is never true. */
function emptyIn(expression: UnresolvedFunction, binder: Binder): BoundExpression {
  const [value] = expression.arguments.map((arg) => binder.bind(arg, binder));
  const text = `(${value ? expressionText(value, binder.context) : ''} IN ())`;
  return { ...literal(false, booleanType), text };
}

/** `first(x, true)` is `first(x) IGNORE NULLS`; both print as `first(x)`. */
function bindWithIgnoreNulls(expression: UnresolvedFunction, binder: Binder): BoundExpression | undefined {
  const [value, flag, ...rest] = expression.arguments;
  if (!value || !flag || rest.length > 0) return undefined;
  const bound = binder.bind(flag, binder);
  if (bound.kind !== 'literal' || typeof bound.value !== 'boolean') {
    const sqlExpr = `"${expression.function_name}(${expressionText(binder.bind(value, binder), binder.context)})"`;
    throw withPlanText(
      sparkError('DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE', {
        sqlExpr,
        paramIndex: '2',
        requiredType: '"BOOLEAN"',
        inputSql: quotedExpression(bound, binder.context),
        inputType: `"${sqlTypeName(bound.type)}"`,
      }),
      binder.planText,
    );
  }
  return binder.bind({ ...expression, arguments: [value], ignore_nulls: bound.value }, binder);
}

/** Arguments alternate condition and value; an odd one at the end is ELSE. */
function bindCase(args: readonly Expression[], binder: Binder): BoundExpression {
  const bound = args.map((arg) => binder.bind(arg, binder));
  const branches: BoundCase['branches'][number][] = [];
  for (let index = 0; index + 1 < bound.length; index += 2) {
    const [when, then] = [bound[index], bound[index + 1]];
    if (when && then) branches.push(caseBranch(when, then));
  }
  const otherwise = bound.length % 2 === 1 ? bound[bound.length - 1] : undefined;
  const written: BoundCase = {
    kind: 'case',
    branches,
    ...(otherwise ? { otherwise } : {}),
    type: stringType,
    nullable: true,
  };
  return typedCase(written, binder);
}

function typedCase(written: BoundCase, binder: Binder): BoundCase {
  const { branches, otherwise } = written;
  const values = [...branches.map((branch) => branch.then), ...(otherwise ? [otherwise] : [])];
  const type = widestType(
    values.map((value) => value.type),
    { strings: true, ansi: binder.context.ansi },
  );
  if (!type) {
    const dataType = `[${values.map((value) => `"${sqlTypeName(value.type)}"`).join(', ')}]`;
    throw withPlanText(
      sparkError('DATATYPE_MISMATCH.DATA_DIFF_TYPES', {
        sqlExpr: quotedExpression(written, binder.context),
        functionName: '`casewhen`',
        dataType,
      }),
      binder.planText,
    );
  }
  const cast = (value: BoundExpression): BoundExpression => implicitCast(value, type, binder.context.ansi);
  return {
    kind: 'case',
    branches: branches.map(({ when, then }, index) => caseBranch(condition(when, index, written, binder), cast(then))),
    ...(otherwise ? { otherwise: cast(otherwise) } : {}),
    type,
    nullable: !otherwise || values.some((value) => value.nullable),
  };
}

function condition(when: BoundExpression, index: number, written: BoundCase, binder: Binder): BoundExpression {
  if (when.type.kind === 'boolean') return when;
  if (when.type.kind === 'void') return implicitCast(when, booleanType, binder.context.ansi);
  throw withPlanText(
    sparkError('DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE', {
      sqlExpr: quotedExpression(written, binder.context),
      paramIndex: String(index + 1),
      requiredType: '"BOOLEAN"',
      inputSql: quotedExpression(when, binder.context),
      inputType: `"${sqlTypeName(when.type)}"`,
    }),
    binder.planText,
  );
}

/** `struct(a, b AS c)`: field names are the columns' own, the aliases, or `col1`… */
function bindStruct(args: readonly Expression[], binder: Binder): BoundExpression {
  const values = args.map((arg, index) => {
    const written = parsedForm(arg, binder.context);
    const value = binder.bind(written.kind === 'alias' ? written.expr : written, binder);
    return { name: written.kind === 'alias' ? (written.name[0] ?? '') : naturalFieldName(value, index), value };
  });
  const type = structType(values.map(({ name, value }) => ({ name, type: value.type, nullable: value.nullable })));
  return {
    ...call(
      'named_struct',
      values.flatMap(({ name, value }) => [stringLiteral(name), value]),
      type,
      false,
    ),
    spelling: 'struct',
  };
}

const castNames = new Set([
  'boolean',
  'tinyint',
  'smallint',
  'int',
  'bigint',
  'float',
  'double',
  'decimal',
  'date',
  'timestamp',
  'binary',
  'string',
]);

/** `int(x)` is a cast, and prints as one. */
function castFunction(name: string, expression: UnresolvedFunction, binder: Binder): BoundExpression | undefined {
  const [only] = expression.arguments;
  if (!castNames.has(name) || expression.arguments.length !== 1 || !only || lookUpFunction(name)) return undefined;
  const type: DataType = parseDataType(name);
  return explicitCast(binder.bind(only, binder), type, binder.context.ansi ? 'ansi' : 'legacy');
}
