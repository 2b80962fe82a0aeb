import { SparkError, sparkError } from '../core/spark-error.ts';
import type { AnalyzedRelation } from '../plan/analyzed-relation.ts';
import type { BoundExpression, ProjectItem } from '../plan/bound-expression.ts';
import type { Expression } from '../plan/expression.ts';
import { NestedGenerator } from './bind-function.ts';
import type { Binder } from './binder.ts';
import { columnName } from './column-name.ts';
import { parsedForm } from './parsed-text.ts';
import { expressionText } from './function-text.ts';
import { generateOver, writtenGenerator } from './generators.ts';
import { aliasItem, passThrough } from './make-expression.ts';
import { nameParts } from './name-parts.ts';
import { sameName } from './scope.ts';
import { expandSelectList, type SelectEntry } from './stars.ts';

type SelectList = {
  /** The input with the generators' columns added. */
  readonly input: AnalyzedRelation;
  readonly items: readonly ProjectItem[];
};

/** Binds a select list over `input`: stars written out, generators turned into relations, aliases of earlier entries usable in later ones. */
export const bindSelectList = (
  expressions: readonly Expression[],
  input: AnalyzedRelation,
  binder: Binder,
): SelectList => bindEntries(expandSelectList(expressions, binder), input, binder);

export function bindEntries(entries: readonly SelectEntry[], input: AnalyzedRelation, binder: Binder): SelectList {
  const items: ProjectItem[] = [];
  const aliases: { name: string; expression: BoundExpression }[] = [];
  const withAliases: Binder = {
    ...binder,
    otherName: (parts) =>
      binder.otherName?.(parts) ?? windowColumn(parts, binder) ?? lateralAlias(parts, aliases, binder),
  };
  let current = input;
  for (const entry of entries) {
    const generator = entry.kind === 'expression' ? writtenGenerator(entry.expression, binder.context) : undefined;
    if (generator) {
      const generate = generateOver(current, generator, withAliases);
      current = generate;
      items.push(...generate.generated.map(passThrough));
      continue;
    }
    const item = selectItem(entry, withAliases);
    items.push(item);
    if (entry.kind === 'expression' && parsedForm(entry.expression, binder.context).kind === 'alias')
      aliases.push({ name: item.output.name, expression: item.expression });
  }
  return { input: current, items };
}

/** One column of a select list: a plain reference keeps its id, anything else gets a new one. */
export function selectItem(entry: SelectEntry, binder: Binder): ProjectItem {
  if (entry.kind === 'column')
    return entry.bound.kind === 'attribute' ? passThrough(entry.bound.attribute) : aliasItem(entry.name, entry.bound);
  const written = parsedForm(entry.expression, binder.context);
  const bound = bindTopLevel(written.kind === 'alias' ? written.expr : written, binder);
  if (written.kind === 'alias' && written.name.length === 0) throw emptyAlias(bound, binder);
  const origin = entry.expression.origin ?? written.origin;
  const item =
    written.kind === 'alias'
      ? aliasItem(written.name[0] ?? '', bound, written.metadata)
      : bound.kind === 'attribute'
        ? passThrough(bound.attribute)
        : aliasItem(columnName(entry.expression, bound, binder), bound);
  return origin ? { ...item, origin } : item;
}

/** `alias()` without a name passes Spark's analysis and breaks the check after it. */
const emptyAlias = (bound: BoundExpression, binder: Binder): SparkError =>
  new SparkError(
    { java: 'org.apache.spark.SparkException' },
    `[INTERNAL_ERROR] Found the unresolved operator: 'Project [${expressionText(bound, binder.context)} AS ()]`,
    { condition: 'INTERNAL_ERROR' },
  );

/** A generator inside another expression is reported with that expression around it. */
function bindTopLevel(expression: Expression, binder: Binder): BoundExpression {
  try {
    return binder.bind(expression, binder);
  } catch (error) {
    if (!(error instanceof NestedGenerator)) throw error;
    throw sparkError('UNSUPPORTED_GENERATOR.NESTED_IN_EXPRESSIONS', {
      expression: `"${nestedText(expression, error.generatorText, binder)}"`,
    });
  }
}

function nestedText(expression: Expression, generatorText: string, binder: Binder): string {
  const written = parsedForm(expression, binder.context);
  if (written.kind === 'alias') return nestedText(written.expr, generatorText, binder);
  if (written.kind !== 'unresolved_function') return generatorText;
  const args = written.arguments.map((arg) =>
    writtenGenerator(arg, binder.context) ? generatorText : safeText(arg, binder),
  );
  return `${written.function_name}(${args.join(', ')})`;
}

function safeText(expression: Expression, binder: Binder): string {
  const bound = bindTopLevel(expression, binder);
  return expressionText(bound, binder.context);
}

/** `window` in a select list that also groups by `window(…)`. */
function windowColumn(parts: readonly string[], binder: Binder): BoundExpression | undefined {
  const [head = '', ...fields] = parts;
  const attribute = binder.timeWindows?.attributes.find((candidate) =>
    sameName(candidate.name, head, binder.context.caseSensitive),
  );
  if (!attribute) return undefined;
  return binder.bind(
    { kind: 'unresolved_attribute', unparsed_identifier: [head, ...fields].join('.') },
    { ...binder, scope: { ...binder.scope, attributes: [attribute], hidden: [] } },
  );
}

/** `SELECT a + 1 AS x, x * 2`: the alias stands for its expression. */
function lateralAlias(
  parts: readonly string[],
  aliases: readonly { readonly name: string; readonly expression: BoundExpression }[],
  binder: Binder,
): BoundExpression | undefined {
  const [head = '', ...fields] = parts;
  const matches = aliases.filter((alias) => sameName(alias.name, head, binder.context.caseSensitive));
  if (matches.length > 1)
    throw sparkError('AMBIGUOUS_LATERAL_COLUMN_ALIAS', {
      name: `\`${nameParts(head).join('.')}\``,
      n: String(matches.length),
    });
  const [only] = matches;
  return only && fields.length === 0 ? only.expression : undefined;
}
