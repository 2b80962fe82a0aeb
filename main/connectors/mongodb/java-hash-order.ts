/** The order in which Java's `HashMap<String, …>` gives its keys back: the connector builds maps with it. */
export function javaHashOrder(keys: readonly string[]): readonly string[] {
  let size = 16;
  while (keys.length > size * 0.75) size *= 2;
  const slot = (key: string): number => {
    const hash = javaHashCode(key);
    return (hash ^ (hash >>> 16)) & (size - 1);
  };
  return [...keys].sort((a, b) => slot(a) - slot(b));
}

function javaHashCode(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(index)) | 0;
  return hash;
}
