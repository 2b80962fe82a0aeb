/** Java's words for the commonest mistakes in a pattern, with the place. */
export function javaPatternSentence(pattern: string): string {
  const dangling = /(?:^|[^\\)\]}\w.$*+?])([*+?])|[*+?]([*])/.exec(pattern);
  if (dangling) {
    const character = dangling[1] ?? dangling[2] ?? '';
    const index = dangling.index + dangling[0].length - 1;
    return `Dangling meta character '${character}' near index ${index}\n${pattern}\n${' '.repeat(index)}^`;
  }
  const repetition = /(?:^|[^\\pPxku])\{(?!\d+(?:,\d*)?\})/.exec(pattern);
  if (repetition) return `Illegal repetition near index ${repetition.index + repetition[0].length}\n${pattern}`;
  if (/\[[^\]]*$/.test(pattern)) {
    const index = pattern.length - 1;
    return `Unclosed character class near index ${index}\n${pattern}\n${' '.repeat(index)}^`;
  }
  if (/\((?![^)]*\))/.test(pattern)) return `Unclosed group near index ${pattern.length}\n${pattern}`;
  return `Illegal pattern\n${pattern}`;
}
