import { assertNever } from '../core/assert-never.ts';
import { sparkError } from '../core/spark-error.ts';
import { sqlTypeName } from '../core/type-names.ts';
import { typeFromJson } from '../core/type-json.ts';
import { canCast } from '../functions/cast-rules.ts';
import { parseDataType } from '../parser/parse-data-type.ts';
import { parsedText } from './parsed-text.ts';
import type { BoundExpression } from '../plan/bound-expression.ts';
import type { CastExpression, Expression, PythonFunctionCall } from '../plan/expression.ts';
import { bindFunction } from './bind-function.ts';
import { bindLiteral } from './bind-literal.ts';
import { bindWindow } from './bind-window.ts';
import { attributeInScope, findInScope, unresolvedColumn, withPlanText, type Binder } from './binder.ts';
import { explicitCast } from './cast-expression.ts';
import { extractValue } from './extract-value.ts';
import { quotedExpression } from './function-text.ts';
import { attributeReference, stringLiteral } from './make-expression.ts';
import { nameParts } from './name-parts.ts';
import { placedAtExpression } from './text-position.ts';
import { updateField } from './update-fields.ts';

/**
 * Binds names and types of one expression. An alias inside is only kept for printing: the name of a column is decided by who makes it (`column-name.ts`).
 * Throws Spark's analysis errors.
 */
export function bindExpression(expression: Expression, binder: Binder): BoundExpression {
  try {
    return bindKind(expression, binder);
  } catch (error) {
    throw placedAtExpression(error, expression);
  }
}

function bindKind(expression: Expression, binder: Binder): BoundExpression {
  switch (expression.kind) {
    case 'literal':
      return bindLiteral(expression);
    case 'alias':
      return { ...bindExpression(expression.expr, binder), alias: expression.name[0] ?? '' };
    case 'sort_order':
      return bindExpression(expression.child, binder);
    case 'unresolved_attribute':
      return bindName(expression.unparsed_identifier, expression.plan_id, binder);
    case 'expression_string':
      return bindExpression(parsedText(expression.expression, binder.context), binder);
    case 'unresolved_function': {
      const bound = bindFunction(expression, binder);
      return expression.sql_position ? bound : namedWindow(bound);
    }
    case 'cast':
      return bindCast(expression, binder);
    case 'unresolved_extract_value':
      return extracted(
        extractValue(bindExpression(expression.child, binder), bindExpression(expression.extraction, binder), binder),
      );
    case 'update_fields':
      return updateField(expression, binder);
    case 'window':
      return bindWindow(expression, binder);
    case 'unresolved_named_lambda_variable':
      return bindParts(expression.name_parts, undefined, binder);
    case 'lambda_function':
      throw sparkError('INVALID_LAMBDA_FUNCTION_CALL.NON_HIGHER_ORDER_FUNCTION', {
        class: 'org.apache.spark.sql.catalyst.expressions.LambdaFunction',
      });
    case 'common_inline_user_defined_function':
      return bindPython(expression, binder);
    case 'unresolved_star':
    case 'unresolved_regex':
      throw withPlanText(
        sparkError('INVALID_USAGE_OF_STAR_OR_REGEX', {
          elem: expression.kind === 'unresolved_star' ? "'*'" : 'regular expression',
          prettyName: 'expression',
        }),
        binder.planText,
      );
    default:
      return assertNever(expression, 'expression');
  }
}

/** The functions `window` and `session_window` of Python name their column; in SQL text it has no name inside an expression. */
const namedWindow = (bound: BoundExpression): BoundExpression =>
  bound.kind === 'attribute' && bound.unresolvedText !== undefined ? { ...bound, alias: bound.attribute.name } : bound;

const extracted = (bound: BoundExpression): BoundExpression =>
  bound.kind === 'field' ? { ...bound, isExtracted: true } : bound;

function bindName(text: string, planId: number | undefined, binder: Binder): BoundExpression {
  return bindParts(nameParts(text), planId, binder);
}

function bindParts(parts: readonly string[], planId: number | undefined, binder: Binder): BoundExpression {
  if (planId !== undefined) {
    const fromFrame = bindFrameColumn(parts, planId, binder);
    if (fromFrame) return fromFrame;
  }
  const [head = '', ...rest] = parts;
  const variable = binder.lambdaVariables.get(binder.context.caseSensitive ? head : head.toLowerCase());
  if (variable)
    return rest.reduce<BoundExpression>((base, field) => extractValue(base, stringLiteral(field), binder), variable);
  const found = findInScope(parts, binder);
  if (found) return fieldsOf(attributeReference(found.attribute), found.fields, binder);
  const other = binder.otherName?.(parts) ?? niladicFunction(parts, binder);
  if (other) return other;
  throw withPlanText(unresolvedColumn(parts, binder.scope.attributes), binder.planText);
}

const fieldsOf = (base: BoundExpression, fields: readonly string[], binder: Binder): BoundExpression =>
  fields.reduce<BoundExpression>((value, field) => extractValue(value, stringLiteral(field), binder), base);

/**
 * `df.a`: the attribute of that frame, with that frame's watermark tag; it must reach the clause by id. A frame that analysis has not seen falls back to the name.
 */
function bindFrameColumn(parts: readonly string[], planId: number, binder: Binder): BoundExpression | undefined {
  const frame = binder.context.cache.get(planId);
  if (!frame) return undefined;
  const found = findInScope(parts, { ...binder, scope: { ...binder.scope, attributes: frame.output, hidden: [] } });
  if (!found) throw unresolvedColumn(parts, frame.output);
  const { attribute } = found;
  const inScope = attributeInScope(attribute, binder.scope);
  const position = frame.output.findIndex((candidate) => candidate.id === attribute.id);
  binder.frameReferences.push({ planId, position, attribute });
  const base = inScope
    ? attributeReference({ ...attribute, nullable: inScope.nullable })
    : binder.missingAttribute(attribute);
  return fieldsOf(base, found.fields, binder);
}

const niladic = new Set(['current_date', 'current_timestamp', 'current_user', 'user', 'grouping__id']);

/** `current_date` without parentheses. */
const niladicFunction = (parts: readonly string[], binder: Binder): BoundExpression | undefined => {
  const name = parts.length === 1 ? parts[0]?.toLowerCase() : undefined;
  return name !== undefined && niladic.has(name)
    ? bindFunction({ kind: 'unresolved_function', function_name: name, arguments: [] }, binder)
    : undefined;
};

function bindCast(expression: CastExpression, binder: Binder): BoundExpression {
  const child = bindExpression(expression.expr, binder);
  const type =
    expression.type_str === undefined ? typeFromJson(expression.type ?? 'void') : parseDataType(expression.type_str);
  const mode = expression.eval_mode ?? (binder.context.ansi ? 'ansi' : 'legacy');
  const cast = explicitCast(child, type, mode);
  if (canCast(child.type, type, mode)) return cast;
  const types = {
    sqlExpr: quotedExpression(cast, binder.context),
    srcType: `"${sqlTypeName(child.type)}"`,
    targetType: `"${sqlTypeName(type)}"`,
  };
  const suggestion = mode === 'ansi' && canCast(child.type, type, 'legacy');
  throw withPlanText(
    suggestion
      ? sparkError('DATATYPE_MISMATCH.CAST_WITH_CONF_SUGGESTION', {
          ...types,
          config: '"spark.sql.ansi.enabled"',
          configVal: "'false'",
        })
      : sparkError('DATATYPE_MISMATCH.CAST_WITHOUT_SUGGESTION', types),
    binder.planText,
  );
}

function bindPython(expression: PythonFunctionCall, binder: Binder): BoundExpression {
  return {
    kind: 'python',
    name: expression.function_name,
    key: expression.python_udf.command,
    args: expression.arguments.map((arg) => bindExpression(arg, binder)),
    deterministic: expression.deterministic,
    evalType: expression.python_udf.eval_type,
    type: typeFromJson(expression.python_udf.output_type),
    nullable: true,
  };
}
