import type { DataType } from '../core/data-type.ts';
import type { BoundLambda, BoundLambdaVariable } from '../plan/bound-expression.ts';
import type { LambdaFunction } from '../plan/expression.ts';
import { sparkError } from '../core/spark-error.ts';
import type { Binder } from './binder.ts';

let lastId = 0;

export const newLambdaVariable = (name: string, type: DataType, nullable: boolean): BoundLambdaVariable => ({
  kind: 'lambda_variable',
  id: (lastId += 1),
  name,
  type,
  nullable,
});

/** Binds `x -> body`, given the types that its function hands to the parameters; a lambda may take fewer than are offered. */
export function bindLambda(
  lambda: LambdaFunction,
  offered: readonly { readonly type: DataType; readonly nullable: boolean }[],
  binder: Binder,
): BoundLambda {
  if (lambda.arguments.length > offered.length)
    throw sparkError('INVALID_LAMBDA_FUNCTION_CALL.NUM_ARGS_MISMATCH', {
      expectedNumArgs: String(lambda.arguments.length),
      actualNumArgs: String(offered.length),
    });
  const parameters = lambda.arguments.map((argument, index) => {
    const given = offered[index];
    return newLambdaVariable(argument.name_parts.join('.'), given?.type ?? { kind: 'void' }, given?.nullable ?? true);
  });
  const variables = new Map(binder.lambdaVariables);
  for (const parameter of parameters)
    variables.set(binder.context.caseSensitive ? parameter.name : parameter.name.toLowerCase(), parameter);
  const body = binder.bind(lambda.function, { ...binder, lambdaVariables: variables });
  return { kind: 'lambda', parameters, body, type: body.type, nullable: body.nullable };
}
