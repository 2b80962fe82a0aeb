import { describe, expect, test } from 'vitest';
import { SparkError } from '../../../engine/core/spark-error.ts';
import { javaRegexp } from '../../../engine/functions/scalar/java-regexp.ts';

const found = (pattern: string, text: string): readonly string[] =>
  Array.from(text.matchAll(javaRegexp(pattern, 'rlike')), ([match]) => match);
const problem = (pattern: string, functionName: string): SparkError => {
  try {
    javaRegexp(pattern, functionName);
  } catch (error) {
    if (error instanceof SparkError) return error;
  }
  throw new Error(`${pattern} is a pattern`);
};

describe('a Java pattern in JavaScript', () => {
  test.each([
    [String.raw`(?i)ñA`, 'ña ñA ÑA', ['ña', 'ñA']],
    [String.raw`(?i:[a-c]+)d`, 'ABcd abCD', ['ABcd']],
    [String.raw`a(?i)b`, 'ab aB Ab', ['ab', 'aB']],
    [String.raw`[a-z&&[^b]]+`, 'abcab', ['a', 'ca']],
    [String.raw`[a[bc]]+`, 'abcd', ['abc']],
    [String.raw`[]a]+`, ']a[', [']a']],
    [String.raw`[a-]+`, 'a-b', ['a-']],
    [String.raw`\p{Upper}\p{Punct}`, 'Ñ! A! b!', ['A!']],
    [String.raw`\p{IsLatin}+`, 'añ1', ['añ']],
    [String.raw`\Qa.b\E`, 'a.b axb', ['a.b']],
    [String.raw`\"\_\-`, '"_-', ['"_-']],
    [String.raw`b$`, 'b\n', ['b']],
    [String.raw`(?m)^b$`, 'a\nb\nc', ['b']],
    [String.raw`(?s).`, '\n', ['\n']],
    [String.raw`.`, '\r\u2028', []],
    [String.raw`(?x) a b # comment`, 'ab', ['ab']],
    [String.raw`(?<y>a)\k<y>`, 'aa', ['aa']],
    [String.raw`\x{1F600}`, '😀', ['😀']],
  ])('%s', (pattern, text, matches) => {
    expect(found(pattern, text)).toEqual(matches);
  });

  test('what is no pattern raises the error of the function that got it', () => {
    expect(problem('(', 'rlike').message).toBe(
      "[INVALID_PARAMETER_VALUE.PATTERN] The value of parameter(s) `regexp` in `rlike` is invalid: '('.",
    );
    expect(problem('*', 'split').message).toBe("Dangling meta character '*' near index 0\n*\n^");
    expect(problem('[', 'split').message).toBe('Unclosed character class near index 0\n[\n^');
    expect(problem('a{,2}', 'split').message).toBe('Illegal repetition near index 2\na{,2}');
  });

  test.each(['a++', 'a{2}+', '(?>a)', String.raw`\G`, String.raw`\X`])('%s is refused by name', (pattern) => {
    expect(problem(pattern, 'rlike').condition).toBe('NOT_SUPPORTED_BY_MAREA');
  });
});
