/** English names, as Java's `Locale.US` has them. */
export const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;
export const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
export const eras = ['Before Christ', 'Anno Domini'] as const;
export const shortEras = ['BC', 'AD'] as const;
export const halves = ['AM', 'PM'] as const;

export const shortName = (name: string): string => name.slice(0, 3);

/** Index of the name that `text` has at `at`, letter case ignored, and its length. */
export function matchName(
  text: string,
  at: number,
  names: readonly string[],
): { readonly index: number; readonly length: number } | undefined {
  const rest = text.slice(at).toLowerCase();
  let best: { index: number; length: number } | undefined;
  names.forEach((name, index) => {
    if (rest.startsWith(name.toLowerCase()) && name.length > (best?.length ?? 0)) best = { index, length: name.length };
  });
  return best;
}
