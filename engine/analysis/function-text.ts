import type { BoundAggregate, BoundCall, BoundExpression } from '../plan/bound-expression.ts';
import { printExpression, type PrintContext } from '../plan/print-expression.ts';
import { lookUpFunction } from './look-up-function.ts';

/** How Spark prints a call: the catalogue row's own text, or `name(a, b)`. */
function functionText(call: BoundCall | BoundAggregate, args: readonly string[], spelling: string): string | undefined {
  if (spelling === 'struct' && call.name === 'named_struct') return structText(call, args);
  const row = lookUpFunction(call.name)?.row;
  if (!row || row.kind === 'generator' || !row.text) return undefined;
  return row.text(
    args,
    spelling,
    call.args.map((arg) => arg.type),
  );
}

/** `struct(a, b AS c)`: a name shows only where the learner gave one. */
function structText(call: BoundCall | BoundAggregate, args: readonly string[]): string {
  const pieces: string[] = [];
  for (let i = 1; i < call.args.length; i += 2) {
    const value = call.args[i];
    const name = args[i - 1] ?? '';
    pieces.push(
      value && naturalFieldName(value, (i - 1) / 2) !== name ? `${args[i] ?? ''} AS ${name}` : (args[i] ?? ''),
    );
  }
  return `struct(${pieces.join(', ')})`;
}

/** The name that `struct(…)` gives a value without alias: a column's own, a field's own, else `col1`, `col2`… */
export function naturalFieldName(value: BoundExpression, index: number): string {
  if (value.kind === 'attribute') return value.attribute.name;
  if (value.kind === 'field') return value.name;
  return `col${index + 1}`;
}

/** Spark's pretty text of an expression: names of columns, quotes in messages. */
export const expressionText = (expression: BoundExpression, context: { readonly zone: string }): string =>
  printExpression(expression, printContext(context.zone));

const contexts = new Map<string, PrintContext>();

export function printContext(zone: string): PrintContext {
  const known = contexts.get(zone) ?? { zone, functionText };
  contexts.set(zone, known);
  return known;
}

/** An expression the way messages quote it. */
export const quotedExpression = (expression: BoundExpression, context: { readonly zone: string }): string =>
  `"${expressionText(expression, context)}"`;
