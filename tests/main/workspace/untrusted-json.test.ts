import { expect, test } from 'vitest';
import { DeepJsonError, parseUntrustedJson } from '../../../main/workspace/untrusted-json.ts';

const nested = (open: string, close: string, levels: number) => `${open.repeat(levels)}0${close.repeat(levels)}`;

test('what is nested as deeply as real files are is read, and what has no bottom is refused before it is', () => {
  expect(JSON.stringify(parseUntrustedJson(nested('[', ']', 200)))).toBe(nested('[', ']', 200));
  for (const text of [nested('[', ']', 201), nested('{"a":', '}', 1_000_000), '['.repeat(5_000_000)])
    expect(() => parseUntrustedJson(text)).toThrow(DeepJsonError);
});

test('brackets inside texts nest nothing, after an escaped quote either', () => {
  const value = { text: `\\"${'['.repeat(500)}`, [`"${'{'.repeat(500)}\\`]: 1 };
  expect(parseUntrustedJson(JSON.stringify(value))).toEqual(value);
});

test('what is no JSON is refused as JSON.parse does', () => {
  for (const text of ['', '{"a":', '"\\', ']]]']) expect(() => parseUntrustedJson(text)).toThrow(SyntaxError);
});
