import type { DataType } from '../core/data-type.ts';
import { sparkError } from '../core/spark-error.ts';
import { backQuoted, sqlTypeName } from '../core/type-names.ts';
import type { BoundAggregate, BoundCall } from '../plan/bound-expression.ts';
import { withPlanText, type Binder } from './binder.ts';
import { expressionText } from './function-text.ts';

/** Maps and calendar intervals have no order in Spark, nor does anything that holds one. */
export function isOrderable(type: DataType): boolean {
  switch (type.kind) {
    case 'map':
    case 'calendar_interval':
      return false;
    case 'array':
      return isOrderable(type.element);
    case 'struct':
      return type.fields.every((field) => isOrderable(field.type));
    default:
      return true;
  }
}

const needsOrder = new Map([
  ['==', '='],
  ['<', '<'],
  ['<=', '<='],
  ['>', '>'],
  ['>=', '>='],
  ['<=>', '<=>'],
  ['max', 'max'],
  ['min', 'min'],
  ['greatest', 'greatest'],
  ['least', 'least'],
  ['in', 'in'],
  ['array_contains', 'array_contains'],
  ['sort_array', 'sort_array'],
  ['array_max', 'array_max'],
  ['array_min', 'array_min'],
]);

/** Refuses to compare what has no order. */
export function checkOrdering(call: BoundCall | BoundAggregate, binder: Binder): void {
  const functionName = needsOrder.get(call.name);
  const [first] = call.args;
  if (!functionName || !first || isOrderable(first.type)) return;
  throw withPlanText(
    sparkError('DATATYPE_MISMATCH.INVALID_ORDERING_TYPE', {
      sqlExpr: `"${expressionText(call, binder.context)}"`,
      functionName: backQuoted(functionName),
      dataType: `"${sqlTypeName(first.type)}"`,
    }),
    binder.planText,
  );
}
