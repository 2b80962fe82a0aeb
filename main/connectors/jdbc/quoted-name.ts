/** A column as MySQL's dialect quotes it. */
export const quoted = (name: string): string => `\`${name.replaceAll('`', '``')}\``;
