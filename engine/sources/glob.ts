/** Hadoop's glob syntax: `*`, `?`, `[abc]`, `[^a-c]`, `{x,y}`, `\` escapes. */
export const isGlob = (path: string): boolean => /[{}[\]*?\\]/.test(path);

/** A pattern of one path segment as a regular expression over the whole name. */
export function globSegment(pattern: string): RegExp {
  let text = '';
  let depth = 0;
  for (let at = 0; at < pattern.length; at += 1) {
    const letter = pattern.charAt(at);
    if (letter === '\\' && at + 1 < pattern.length) text += escapeLetter(pattern.charAt((at += 1)));
    else if (letter === '*') text += '[^/]*';
    else if (letter === '?') text += '[^/]';
    else if (letter === '{') {
      depth += 1;
      text += '(?:';
    } else if (letter === '}' && depth > 0) {
      depth -= 1;
      text += ')';
    } else if (letter === ',' && depth > 0) text += '|';
    else if (letter === '[') {
      const end = pattern.indexOf(']', at + 2);
      if (end < 0) text += '\\[';
      else {
        text += `[${pattern
          .slice(at + 1, end)
          .replace(/^!/, '^')
          .replaceAll('\\', '\\\\')}]`;
        at = end;
      }
    } else text += escapeLetter(letter);
  }
  return new RegExp(`^${text}$`, 'u');
}

const escapeLetter = (letter: string): string => (/[\\^$.*+?()[\]{}|/-]/.test(letter) ? `\\${letter}` : letter);

/** `{a/b,c}` may hold separators, so braces with a `/` inside are expanded before the path is cut into segments. */
export function expandBraces(path: string): readonly string[] {
  const open = path.indexOf('{');
  if (open < 0) return [path];
  const close = path.indexOf('}', open);
  if (close < 0) return [path];
  const [head, inside, tail] = [path.slice(0, open), path.slice(open + 1, close), path.slice(close + 1)];
  if (!inside.includes('/')) return expandBraces(tail).map((rest) => `${head}{${inside}}${rest}`);
  return inside.split(',').flatMap((choice) => expandBraces(`${head}${choice}${tail}`));
}
