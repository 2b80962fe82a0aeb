import { structType } from '../core/data-type.ts';
import { sparkError } from '../core/spark-error.ts';
import { sqlTypeName } from '../core/type-names.ts';
import type { BoundExpression } from '../plan/bound-expression.ts';
import type { Expression } from '../plan/expression.ts';
import { nameParts } from './name-parts.ts';
import { withPlanText, type Binder } from './binder.ts';
import { quotedExpression } from './function-text.ts';
import { call, caseWhen, isNotNull, nullLiteral, stringLiteral, structField } from './make-expression.ts';
import { sameName } from './scope.ts';

type UpdateFields = Extract<Expression, { kind: 'update_fields' }>;

/** `withField` (a value is given) and `dropFields`: the struct rebuilt; a NULL struct stays NULL. */
export function updateField(expression: UpdateFields, binder: Binder): BoundExpression {
  const base = binder.bind(expression.struct_expression, binder);
  const value = expression.value_expression ? binder.bind(expression.value_expression, binder) : undefined;
  return changed(base, nameParts(expression.field_name), value, binder);
}

function changed(
  base: BoundExpression,
  path: readonly string[],
  value: BoundExpression | undefined,
  binder: Binder,
): BoundExpression {
  const { type } = base;
  if (type.kind !== 'struct') throw notAStruct(base, binder);
  const [name = '', ...rest] = path;
  const kept = type.fields.map((field, index) => ({
    name: field.name,
    value: structField(base, index, field.name) as BoundExpression,
  }));
  const at = type.fields.findIndex((field) => sameName(field.name, name, binder.context.caseSensitive));
  const inner = rest.length > 0 && at >= 0 ? changed(structField(base, at, name), rest, value, binder) : value;
  const fields =
    inner === undefined
      ? kept.filter((_, index) => index !== at)
      : at < 0
        ? [...kept, { name, value: inner }]
        : kept.map((field, index) => (index === at ? { name, value: inner } : field));
  const result = structType(
    fields.map((field) => ({ name: field.name, type: field.value.type, nullable: field.value.nullable })),
  );
  const built = call(
    'named_struct',
    fields.flatMap((field) => [stringLiteral(field.name), field.value]),
    result,
    false,
  );
  return base.nullable ? { ...caseWhen(isNotNull(base), built, nullLiteral(result)), nullable: true } : built;
}

const notAStruct = (base: BoundExpression, binder: Binder): Error =>
  withPlanText(
    sparkError('DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE', {
      sqlExpr: `"update_fields(${quotedExpression(base, binder.context).slice(1, -1)})"`,
      paramIndex: '1',
      requiredType: '"STRUCT"',
      inputSql: quotedExpression(base, binder.context),
      inputType: `"${sqlTypeName(base.type)}"`,
    }),
    binder.planText,
  );
