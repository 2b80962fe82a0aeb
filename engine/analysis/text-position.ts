import { SparkError } from '../core/spark-error.ts';
import type { Expression } from '../plan/expression.ts';
import type { TextPosition } from '../plan/relation.ts';

/** Errors whose place is decided: the innermost node that they pass decides it, even one without a position. */
const settled = new WeakSet<SparkError>();
/** Spark places these at what is around the failing call: the next expression or the SELECT. */
const placedAround: ReadonlySet<string> = new Set(['WINDOW_FUNCTION_WITHOUT_OVER_CLAUSE']);
const leftCall = new WeakSet<SparkError>();

/** The error with `; line 1 pos 7` after its message, where the failing node was written in SQL text. */
export function placedInText(error: unknown, position: TextPosition | undefined): unknown {
  if (!(error instanceof SparkError) || settled.has(error)) return error;
  const placed = position ? withPosition(error, position) : error;
  settled.add(placed);
  return placed;
}

/** As `placedInText`, for an expression. Of `a[…]` Spark places only wrong types. */
export function placedAtExpression(error: unknown, expression: Expression): unknown {
  if (!(error instanceof SparkError)) return error;
  const { condition = '' } = error;
  if (placedAround.has(condition) && !leftCall.has(error)) {
    leftCall.add(error);
    return error;
  }
  const isUnplaced = expression.kind === 'unresolved_extract_value' && !condition.startsWith('DATATYPE_MISMATCH');
  return placedInText(error, isUnplaced ? undefined : expression.sql_position);
}

/** The failing plan, if there is one, stays under the message. */
function withPosition(error: SparkError, { line, pos }: TextPosition): SparkError {
  const plan = error.message.indexOf(';\n');
  const end = plan < 0 ? error.message.length : plan;
  const message = `${error.message.slice(0, end)}; line ${line} pos ${pos}${error.message.slice(end)}`;
  return error.withMessage(message);
}
