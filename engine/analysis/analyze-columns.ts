import { SparkError, sparkError } from '../core/spark-error.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { Attribute } from '../plan/attribute.ts';
import type { Alias, Expression } from '../plan/expression.ts';
import { printUnresolved } from '../plan/print-unresolved.ts';
import type { ColumnRename } from '../plan/relation.ts';
import type { AnalysisContext } from './analysis-context.ts';
import { projectOver, projectEntries } from './analyze-project.ts';
import { bindExpression } from './bind-expression.ts';
import { nameParts } from './name-parts.ts';
import { findInScope } from './binder.ts';
import { parsedForm } from './parsed-text.ts';
import { aliasItem, attributeReference, passThrough } from './make-expression.ts';
import { makeBinder } from './relation-binder.ts';
import { sameName } from './scope.ts';
import type { SelectEntry } from './stars.ts';

/** `withColumn(s)`: a column of that name is replaced in place (every one of them, under the new spelling), others come last. */
export function analyzeWithColumns(
  aliases: readonly Alias[],
  input: AnalyzedRelation,
  context: AnalysisContext,
): AnalyzedRelation {
  const { caseSensitive } = context;
  const names = aliases.map((alias) => alias.name[0] ?? '');
  checkRepeated(names, caseSensitive);
  const operator = `Project [${input.output.map((a) => a.name).join(', ')}, ${aliases.map((alias) => printUnresolved(alias, { mark: "'" })).join(', ')}]`;
  const binder = makeBinder([input], context, { operator: () => operator });
  const named = (attribute: Attribute): Alias | undefined =>
    aliases.find((alias) => sameName(alias.name[0] ?? '', attribute.name, caseSensitive));
  const replaced = input.output.map((attribute): SelectEntry => {
    const alias = named(attribute);
    return alias
      ? { kind: 'expression', expression: alias }
      : { kind: 'column', name: attribute.name, bound: attributeReference(attribute) };
  });
  const added = aliases.filter(
    (alias) => !input.output.some((attribute) => sameName(alias.name[0] ?? '', attribute.name, caseSensitive)),
  );
  return projectEntries(
    [...replaced, ...added.map((expression): SelectEntry => ({ kind: 'expression', expression }))],
    input,
    binder,
  );
}

function checkRepeated(names: readonly string[], caseSensitive: boolean): void {
  const seen = new Set<string>();
  for (const name of names) {
    const key = caseSensitive ? name : name.toLowerCase();
    if (seen.has(key)) throw sparkError('COLUMN_ALREADY_EXISTS', { columnName: `\`${key}\`` });
    seen.add(key);
  }
}

/** `withColumnRenamed`: every column of the old name; unknown names are no error. */
export function analyzeRenames(
  renames: readonly ColumnRename[],
  input: AnalyzedRelation,
  context: AnalysisContext,
): AnalyzedRelation {
  const items = input.output.map((attribute) => {
    const rename = [...renames]
      .reverse()
      .find((candidate) => sameName(candidate.col_name, attribute.name, context.caseSensitive));
    return rename ? aliasItem(rename.new_col_name, attributeReference(attribute)) : passThrough(attribute);
  });
  return projectOver(input, items);
}

export function analyzeToDf(names: readonly string[], input: AnalyzedRelation): AnalyzedRelation {
  const old = input.output;
  if (names.length !== old.length)
    throw new SparkError(
      'IllegalArgumentException',
      `requirement failed: The number of columns doesn't match.\nOld column names (${old.length}): ${old.map((attribute) => attribute.name).join(', ')}\nNew column names (${names.length}): ${names.join(', ')}`,
    );
  return projectOver(
    input,
    old.map((attribute, index) => aliasItem(names[index] ?? attribute.name, attributeReference(attribute))),
  );
}

type DroppedColumns = { readonly columns?: readonly Expression[]; readonly column_names?: readonly string[] };

/** `drop`: names take every column of that whole name; columns take exactly the one they mean; what is not there is ignored. */
export function analyzeDrop(
  relation: DroppedColumns,
  input: AnalyzedRelation,
  context: AnalysisContext,
): AnalyzedRelation {
  const names = relation.column_names ?? [];
  const dropped = new Set((relation.columns ?? []).flatMap((column) => droppedId(column, input, context) ?? []));
  const kept = input.output.filter(
    (attribute) =>
      !dropped.has(attribute.id) && !names.some((name) => sameName(name, attribute.name, context.caseSensitive)),
  );
  return projectOver(input, kept.map(passThrough));
}

function droppedId(column: Expression, input: AnalyzedRelation, context: AnalysisContext): Attribute['id'] | undefined {
  const written = parsedForm(column, context);
  const binder = makeBinder([input], context, {
    operator: (style) => `DataFrameDropColumns [${printUnresolved(column, style)}]`,
    missingAttribute: (attribute) => attributeReference(attribute),
  });
  if (written.kind === 'unresolved_attribute' && written.plan_id === undefined) {
    const found = findInScope(nameParts(written.unparsed_identifier), binder);
    return found && found.fields.length === 0 ? found.attribute.id : undefined;
  }
  const bound = bindExpression(written, binder);
  return bound.kind === 'attribute' ? bound.attribute.id : undefined;
}
