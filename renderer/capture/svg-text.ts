export const fitted = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, Math.max(1, most - 1))}…`;

/** Lines of so many letters at most, broken between words; what does not fit in so many lines is cut. */
export function wrapped(text: string, letters: number, mostLines: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter((it) => it !== '')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > letters) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  const shown = lines.slice(0, mostLines).map((line) => fitted(line, letters));
  return lines.length <= mostLines ? shown : [...shown.slice(0, -1), `${fitted(shown.at(-1) ?? '', letters - 2)} …`];
}

// oxlint-disable-next-line eslint/no-control-regex -- XML has no way to write these
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** For the text of elements. */
export const escaped = (text: string): string =>
  text
    .replace(unwritable, '\ufffd')
    .replace(/\p{Cs}/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
