import { SparkError } from '../core/spark-error.ts';
import type { SparkErrorClass } from '../core/error-row.ts';

/** A statement that `interrupt()` stopped: nobody's fault, whoever interrupted knows why. */
export class InterruptedStatement extends Error {
  constructor(cause: unknown) {
    super('the statement was interrupted', { cause });
    this.name = 'InterruptedStatement';
  }
}

/**
 * What DuckDB raised, as the learner must see it. `MAREA_ERROR {json}` anywhere in the text is an error of Spark's that our SQL raised on purpose;
 * anything else is a defect of Marea and keeps DuckDB's text.
 */
export function translateError(error: unknown): Error {
  if (error instanceof SparkError || error instanceof InterruptedStatement) return error;
  const text = error instanceof Error ? error.message : String(error);
  const raised = raisedError(text);
  if (raised) return raised;
  if (/^INTERRUPT/i.test(text) || text.includes('Interrupted!')) return new InterruptedStatement(error);
  return new SparkError('UnknownException', text, { blame: 'marea', cause: error });
}

type RaisedError = {
  readonly class: SparkErrorClass;
  readonly condition?: string;
  readonly message: string;
  readonly sqlState?: string;
};

const marker = 'MAREA_ERROR ';

function raisedError(text: string): SparkError | undefined {
  const start = text.indexOf(marker);
  if (start < 0) return undefined;
  const json = leadingObject(text.slice(start + marker.length));
  if (json === undefined) return undefined;
  const raised = JSON.parse(json) as RaisedError;
  return new SparkError(raised.class, raised.message, {
    ...(raised.condition === undefined ? {} : { condition: raised.condition }),
    ...(raised.sqlState === undefined ? {} : { sqlState: raised.sqlState }),
  });
}

/** The JSON object at the start of `text`: DuckDB may add a caret picture behind it. */
function leadingObject(text: string): string | undefined {
  let depth = 0;
  let inString = false;
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i];
    if (inString) {
      if (character === '\\') i += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{') depth += 1;
    else if (character === '}') {
      depth -= 1;
      if (depth === 0) return text.slice(0, i + 1);
    }
  }
  return undefined;
}
