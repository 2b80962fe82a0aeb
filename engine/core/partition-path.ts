/** Stands for NULL and for the empty string in a partition folder. */
export const hiveNull = '__HIVE_DEFAULT_PARTITION__';

/** Hive's escape of a folder name: `%` and two hex digits for what a path cannot hold. */
export const escapePath = (text: string): string =>
  // eslint-disable-next-line no-control-regex -- Hive escapes control characters too
  text.replace(/[\u0001-\u001f\u007f"#%'*/:=?\\{[\]^]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);

export const unescapePath = (text: string): string =>
  text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
