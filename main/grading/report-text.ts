const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text of whoever wrote it, so that nothing in it is markup. */
export const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (char) => entities[char] ?? char);

/** Titles and messages of ours: back-quotes mark code, asterisks emphasis. */
export const prose = (text: string): string =>
  escaped(text)
    .replaceAll(/`([^`]+)`/g, '<code>$1</code>')
    .replaceAll(/\*\*([^*]+)\*\*/g, '<b>$1</b>')
    .replaceAll(/\*([^*]+)\*/g, '<i>$1</i>');

/** Lines of one text that the report prints; all of them are in the notebook. */
const mostLines = 200;

export function cutLines(text: string): string {
  const lines = text.split('\n');
  if (lines.length <= mostLines) return escaped(text);
  return `${escaped(lines.slice(0, mostLines).join('\n'))}\n<i>… y ${lines.length - mostLines} líneas más en el cuaderno</i>`;
}
