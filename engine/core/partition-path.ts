/** Stands for NULL and for the empty string in a partition folder. */
export const hiveNull = '__HIVE_DEFAULT_PARTITION__';

const escaped: ReadonlySet<string> = new Set('"#%\'*/:=?\\{[]^');

/** Hive's escape of a folder name: `%` and two hex digits for what a path cannot hold, control characters included. */
export const escapePath = (text: string): string =>
  Array.from(text, (letter) => {
    const code = letter.charCodeAt(0);
    const isPlain = code > 0x1f && code !== 0x7f && !escaped.has(letter);
    return isPlain ? letter : `%${code.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');

export const unescapePath = (text: string): string =>
  text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
