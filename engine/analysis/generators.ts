import type { StructField } from '../core/data-type.ts';
import { sparkError } from '../core/spark-error.ts';
import { backQuoted, sqlTypeName } from '../core/type-names.ts';
import type { GeneratorFunction } from '../functions/define-function.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { Attribute } from '../plan/attribute.ts';
import type { BoundExpression } from '../plan/bound-expression.ts';
import type { Expression, UnresolvedFunction } from '../plan/expression.ts';
import { argumentRules } from './bind-function.ts';
import { withPlanText, type Binder } from './binder.ts';
import { implicitCast } from './cast-expression.ts';
import { parsedForm } from './parsed-text.ts';
import { expressionText, quotedExpression } from './function-text.ts';
import { lookUpFunction } from './look-up-function.ts';
import { newAttribute } from './make-expression.ts';
import { nodeOver } from './relation-binder.ts';
import { expandStarArguments } from './stars.ts';
import { placedAtExpression } from './text-position.ts';

/** A generator at the top of a select entry, perhaps under an alias. */
type WrittenGenerator = {
  readonly call: Expression & UnresolvedFunction;
  readonly row: GeneratorFunction;
  readonly names: readonly string[];
  /** Of LATERAL VIEW. */
  readonly table?: string;
};

export function writtenGenerator(
  expression: Expression,
  context: { readonly zone: string },
): WrittenGenerator | undefined {
  const written = parsedForm(expression, context);
  if (written.kind === 'alias') {
    const inner = writtenGenerator(written.expr, context);
    if (!inner && written.table !== undefined) refuseOther(written.expr);
    return inner && { ...inner, names: written.name, ...(written.table === undefined ? {} : { table: written.table }) };
  }
  if (written.kind !== 'unresolved_function') return undefined;
  const row = lookUpFunction(written.function_name)?.row;
  return row?.kind === 'generator' ? { call: written, row, names: [] } : undefined;
}

/** LATERAL VIEW takes generators only. Most functions are named as their Java class. */
function refuseOther(expression: Expression): void {
  if (expression.kind !== 'unresolved_function') return;
  const name = expression.function_name;
  if (!lookUpFunction(name)) return;
  throw sparkError('UNSUPPORTED_GENERATOR.NOT_GENERATOR', {
    functionName: backQuoted(name),
    classCanonicalName: `org.apache.spark.sql.catalyst.expressions.${name.charAt(0).toUpperCase()}${name.slice(1)}`,
  });
}

/** The generate relation over `input`; its `generated` columns stand where the generator was written. */
export function generateOver(
  input: AnalyzedRelation,
  generator: WrittenGenerator,
  binder: Binder,
): Extract<AnalyzedRelation, { kind: 'generate' }> {
  try {
    return generate(input, generator, binder);
  } catch (error) {
    throw placedAtExpression(error, generator.call);
  }
}

function generate(
  input: AnalyzedRelation,
  generator: WrittenGenerator,
  binder: Binder,
): Extract<AnalyzedRelation, { kind: 'generate' }> {
  const { call, row, names, table } = generator;
  const spelling = call.function_name.toLowerCase();
  const written = expandStarArguments(spelling, call.arguments, binder);
  argumentRules(spelling, row, written.length);
  const args = written.map((arg) => binder.bind(arg, { ...binder, insideOver: false }));
  const columns = generatedColumns(row, args, spelling, binder);
  if (names.length > 0 && names.length !== columns.length)
    throw sparkError('UDTF_ALIAS_NUMBER_MISMATCH', {
      aliasesSize: String(columns.length),
      aliasesNames: names.join(','),
    });
  const qualifier = table === undefined ? [] : [table];
  const generated: readonly Attribute[] = columns.map((column, index) => ({
    ...newAttribute(names[index] ?? column.name, column.type, column.nullable || row.outer),
    qualifier,
  }));
  const cast = row.generator === 'stack' ? stackArguments(args, columns, binder) : args;
  return {
    ...nodeOver(input, [...input.output, ...generated]),
    kind: 'generate',
    input,
    generator: row.generator,
    outer: row.outer,
    args: cast,
    generated,
  };
}

function generatedColumns(
  row: GeneratorFunction,
  args: readonly BoundExpression[],
  spelling: string,
  binder: Binder,
): readonly StructField[] {
  const [first] = args;
  const type = first?.type;
  const explodes = row.generator === 'explode' || row.generator === 'posexplode';
  if (explodes && type?.kind !== 'array' && type?.kind !== 'map')
    throw wrongInput(first, spelling, '("ARRAY" or "MAP")', binder);
  if (row.generator === 'inline' && (type?.kind !== 'array' || type.element.kind !== 'struct'))
    throw wrongInput(first, spelling, '"ARRAY<STRUCT>"', binder);
  const literals = args.map((arg) => (arg.kind === 'literal' ? arg.value : undefined));
  return row.columns({ args, types: args.map((arg) => arg.type), literals, ansi: binder.context.ansi });
}

/** Spark prints the outer form under its plain name. */
function wrongInput(arg: BoundExpression | undefined, spelling: string, requiredType: string, binder: Binder): Error {
  const name = spelling.replace(/_outer$/, '');
  const sqlExpr = `"${name}(${arg ? expressionText(arg, binder.context) : ''})"`;
  const parameters = {
    sqlExpr,
    paramIndex: '1',
    requiredType,
    inputSql: arg ? quotedExpression(arg, binder.context) : '',
    inputType: `"${sqlTypeName(arg?.type ?? { kind: 'void' })}"`,
  };
  return withPlanText(sparkError('DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE', parameters), binder.planText);
}

/** The values of `stack` in the types of their columns. */
function stackArguments(
  args: readonly BoundExpression[],
  columns: readonly StructField[],
  binder: Binder,
): readonly BoundExpression[] {
  return args.map((arg, index) => {
    const column = index === 0 ? undefined : columns[(index - 1) % columns.length];
    return column ? implicitCast(arg, column.type, binder.context.ansi) : arg;
  });
}
