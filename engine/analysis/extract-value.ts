import { isIntegral, isStringLike, arrayType, type DataType } from '../core/data-type.ts';
import { sparkError } from '../core/spark-error.ts';
import { backQuoted, sqlTypeName } from '../core/type-names.ts';
import type { BoundExpression, BoundLambdaVariable } from '../plan/bound-expression.ts';
import { withPlanText, type Binder } from './binder.ts';
import { implicitCast } from './cast-expression.ts';
import { expressionText, quotedExpression } from './function-text.ts';
import { newLambdaVariable } from './lambda-variables.ts';
import { call, structField } from './make-expression.ts';
import { sameName } from './scope.ts';

/** `base[key]`, `base.key`: a field of a struct, of each struct of an array, an element, or a map's value. */
export function extractValue(base: BoundExpression, key: BoundExpression, binder: Binder): BoundExpression {
  const { type } = base;
  const name =
    key.kind === 'literal' && typeof key.value === 'string' && isStringLike(key.type) ? key.value : undefined;
  if (type.kind === 'struct' && name !== undefined) {
    const index = fieldIndex(
      type.fields.map((field) => field.name),
      name,
      binder.context.caseSensitive,
    );
    return structField(base, index, type.fields[index]?.name === name ? name : (type.fields[index]?.name ?? name));
  }
  if (type.kind === 'array' && type.element.kind === 'struct' && name !== undefined)
    return fieldOfEach(base, type.element, type.containsNull, name, binder);
  if (type.kind === 'array') return arrayElement(base, type.element, key, binder);
  if (type.kind === 'map') return mapEntry(base, type.key, type.value, key, binder);
  if (type.kind === 'struct')
    throw sparkError('INVALID_EXTRACT_FIELD', {
      field: quotedExpression(key, binder.context),
      expression: quotedExpression(base, binder.context),
    });
  throw sparkError('INVALID_EXTRACT_BASE_FIELD_TYPE', {
    base: quotedExpression(base, binder.context),
    other: `"${sqlTypeName(type)}"`,
  });
}

function fieldIndex(names: readonly string[], name: string, caseSensitive: boolean): number {
  const matches = names.flatMap((candidate, index) => (sameName(candidate, name, caseSensitive) ? [index] : []));
  const [first] = matches;
  if (first === undefined)
    throw sparkError('FIELD_NOT_FOUND', { fieldName: backQuoted(name), fields: names.map(backQuoted).join(', ') });
  if (matches.length > 1)
    throw sparkError('AMBIGUOUS_REFERENCE_TO_FIELDS', { field: backQuoted(name), count: String(matches.length) });
  return first;
}

/** `people.name`: an array with that field of each struct; written as a `transform` that prints as `.name`. */
function fieldOfEach(
  base: BoundExpression,
  element: Extract<DataType, { kind: 'struct' }>,
  containsNull: boolean,
  name: string,
  binder: Binder,
): BoundExpression {
  const index = fieldIndex(
    element.fields.map((field) => field.name),
    name,
    binder.context.caseSensitive,
  );
  const item: BoundLambdaVariable = newLambdaVariable('x', element, containsNull);
  const body = structField(item, index, name);
  const result = arrayType(body.type, containsNull || (element.fields[index]?.nullable ?? true));
  const lambda: BoundExpression = {
    kind: 'lambda',
    parameters: [item],
    body,
    type: body.type,
    nullable: body.nullable,
  };
  return {
    ...call('transform', [base, lambda], result, base.nullable),
    spelling: `.${element.fields[index]?.name ?? name}`,
  };
}

function arrayElement(base: BoundExpression, element: DataType, key: BoundExpression, binder: Binder): BoundExpression {
  const found = { ...call('[]', [base, key], element, true) };
  if (isIntegral(key.type)) return found;
  if (key.type.kind === 'void')
    return { ...found, args: [base, implicitCast(key, { kind: 'integer' }, binder.context.ansi)] };
  throw unexpected(found, key, '"INTEGRAL"', binder);
}

function mapEntry(
  base: BoundExpression,
  keyType: DataType,
  valueType: DataType,
  key: BoundExpression,
  binder: Binder,
): BoundExpression {
  return call('[]', [base, implicitCast(key, keyType, binder.context.ansi)], valueType, true);
}

const unexpected = (whole: BoundExpression, key: BoundExpression, requiredType: string, binder: Binder): Error =>
  withPlanText(
    sparkError('DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE', {
      sqlExpr: `"${expressionText(whole, binder.context)}"`,
      paramIndex: '2',
      requiredType,
      inputSql: quotedExpression(key, binder.context),
      inputType: `"${sqlTypeName(key.type)}"`,
    }),
    binder.planText,
  );
