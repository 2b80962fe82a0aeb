import { javaPatternSentence } from '../../core/java-pattern-sentence.ts';
import { sparkError, SparkError } from '../../core/spark-error.ts';

/** `split` passes Java's own exception on; the other functions wrap it. */
export const javaPatternError = (pattern: string, functionName: string): SparkError =>
  functionName === 'split'
    ? new SparkError('IllegalArgumentException', javaPatternSentence(pattern))
    : sparkError('INVALID_PARAMETER_VALUE.PATTERN', { functionName, value: `'${pattern}'` });
