import { integerType, stringType, type DataType } from '../core/data-type.ts';
import { sparkError } from '../core/spark-error.ts';
import { sqlTypeName } from '../core/type-names.ts';
import type { GeneratorFunction } from '../functions/define-function.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { Attribute } from '../plan/attribute.ts';
import type { BoundExpression } from '../plan/bound-expression.ts';
import type { Expression, UnresolvedFunction } from '../plan/expression.ts';
import { bindExpression } from './bind-expression.ts';
import { argumentRules } from './bind-function.ts';
import { withPlanText, type Binder } from './binder.ts';
import { implicitCast } from './cast-expression.ts';
import { parsedForm } from './column-name.ts';
import { widestType } from './common-type.ts';
import { expressionText, quotedExpression } from './function-text.ts';
import { lookUpFunction } from './look-up-function.ts';
import { newAttribute } from './make-expression.ts';
import { nodeOver } from './relation-binder.ts';
import { expandStarArguments } from './stars.ts';

/** A generator at the top of a select entry, perhaps under an alias. */
export type WrittenGenerator = { readonly call: UnresolvedFunction; readonly row: GeneratorFunction; readonly names: readonly string[] };

export function writtenGenerator(expression: Expression): WrittenGenerator | undefined {
  const written = parsedForm(expression);
  if (written.kind === 'alias') {
    const inner = writtenGenerator(written.expr);
    return inner && { ...inner, names: written.name };
  }
  if (written.kind !== 'unresolved_function') return undefined;
  const row = lookUpFunction(written.function_name)?.row;
  return row?.kind === 'generator' ? { call: written, row, names: [] } : undefined;
}

type GeneratedColumn = { readonly name: string; readonly type: DataType; readonly nullable: boolean };

/** The generate relation over `input`; its `generated` columns stand where the generator was written. */
export function generateOver(input: AnalyzedRelation, generator: WrittenGenerator, binder: Binder): Extract<AnalyzedRelation, { kind: 'generate' }> {
  const { call, row, names } = generator;
  const spelling = call.function_name.toLowerCase();
  const written = expandStarArguments(spelling, call.arguments, binder);
  argumentRules(spelling, row, written.length);
  const args = written.map((arg) => bindExpression(arg, { ...binder, insideOver: false }));
  const columns = generatedColumns(row, args, spelling, binder);
  if (names.length > 0 && names.length !== columns.length)
    throw sparkError('UDTF_ALIAS_NUMBER_MISMATCH', { aliasesSize: String(columns.length), aliasesNames: names.join(',') });
  const generated: readonly Attribute[] = columns.map((column, index) => newAttribute(names[index] ?? column.name, column.type, column.nullable || row.outer));
  const cast = row.generator === 'stack' ? stackArguments(args, columns, binder) : args;
  return { ...nodeOver(input, [...input.output, ...generated]), kind: 'generate', input, generator: row.generator, outer: row.outer, args: cast, generated };
}

function generatedColumns(row: GeneratorFunction, args: readonly BoundExpression[], spelling: string, binder: Binder): readonly GeneratedColumn[] {
  const [first] = args;
  switch (row.generator) {
    case 'explode':
    case 'posexplode': {
      const elements = elementColumns(first, spelling, binder);
      return row.generator === 'explode' ? elements : [{ name: 'pos', type: integerType, nullable: false }, ...elements];
    }
    case 'inline': {
      const type = first?.type;
      if (type?.kind !== 'array' || type.element.kind !== 'struct') throw wrongInput(first, spelling, '"ARRAY<STRUCT>"', binder);
      const { containsNull } = type;
      return type.element.fields.map((field) => ({ name: field.name, type: field.type, nullable: field.nullable || containsNull }));
    }
    case 'stack':
      return stackColumns(args, binder);
    case 'json_tuple':
      return args.slice(1).map((_, index) => ({ name: `c${index}`, type: stringType, nullable: true }));
  }
}

function elementColumns(collection: BoundExpression | undefined, spelling: string, binder: Binder): readonly GeneratedColumn[] {
  const type = collection?.type;
  if (type?.kind === 'array') return [{ name: 'col', type: type.element, nullable: type.containsNull }];
  if (type?.kind === 'map') {
    return [
      { name: 'key', type: type.key, nullable: false },
      { name: 'value', type: type.value, nullable: type.valueContainsNull },
    ];
  }
  throw wrongInput(collection, spelling, '("ARRAY" or "MAP")', binder);
}

/** Spark prints the outer form under its plain name. */
function wrongInput(arg: BoundExpression | undefined, spelling: string, requiredType: string, binder: Binder): Error {
  const name = spelling.replace(/_outer$/, '');
  const sqlExpr = `"${name}(${arg ? expressionText(arg, binder.context) : ''})"`;
  const parameters = { sqlExpr, paramIndex: '1', requiredType, inputSql: arg ? quotedExpression(arg, binder.context) : '', inputType: `"${sqlTypeName(arg?.type ?? { kind: 'void' })}"` };
  return withPlanText(sparkError('DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE', parameters), binder.planText);
}

/** `stack(n, …)`: n rows, as many columns as are needed; each column has the common type of its values. */
function stackColumns(args: readonly BoundExpression[], binder: Binder): readonly GeneratedColumn[] {
  const rows = stackRows(args);
  const width = Math.ceil((args.length - 1) / rows);
  return Array.from({ length: width }, (_, column) => {
    const values = args.slice(1).filter((_value, index) => index % width === column);
    const types = values.map((value) => value.type);
    const type = widestType(types, { strings: false, ansi: binder.context.ansi });
    const missing = values.length < rows;
    return { name: `col${column}`, type: type ?? types[0] ?? { kind: 'void' }, nullable: missing || values.some((value) => value.nullable) };
  });
}

function stackRows(args: readonly BoundExpression[]): number {
  const [count] = args;
  return count?.kind === 'literal' && typeof count.value === 'number' ? Math.max(1, count.value) : 1;
}

function stackArguments(args: readonly BoundExpression[], columns: readonly GeneratedColumn[], binder: Binder): readonly BoundExpression[] {
  return args.map((arg, index) => {
    const column = index === 0 ? undefined : columns[(index - 1) % columns.length];
    return column ? implicitCast(arg, column.type, binder.context.ansi) : arg;
  });
}
