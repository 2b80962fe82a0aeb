import { typeFromJson } from '../core/type-json.ts';
import type { BoundExpression } from '../plan/bound-expression.ts';
import type { UnresolvedFunction } from '../plan/expression.ts';
import type { Binder } from './binder.ts';

/** A call, from SQL text, of a function registered with `spark.udf.register`. */
export function bindRegisteredFunction(expression: UnresolvedFunction, binder: Binder): BoundExpression | undefined {
  const registered = binder.context.pythonFunction(expression.function_name);
  if (!registered) return undefined;
  return {
    kind: 'python',
    name: registered.name,
    key: registered.udf.command,
    args: expression.arguments.map((arg) => binder.bind(arg, binder)),
    deterministic: registered.deterministic,
    evalType: registered.udf.eval_type,
    type: typeFromJson(registered.udf.output_type),
    nullable: true,
  };
}
