/** The characters of a text as MariaDB counts them: code points, not UTF-16 units. */
export const charactersOf = (text: string): readonly string[] => Array.from(text);
