export type ScriptStatement = {
  readonly text: string;
  /** Line of the script, from 1, where the statement begins. */
  readonly line: number;
};

const piece =
  /'(?:[^'\\]|\\[\s\S]|'')*(?:'|$)|"(?:[^"\\]|\\[\s\S]|"")*(?:"|$)|`[^`]*(?:`|$)|\/\*[\s\S]*?(?:\*\/|$)|--(?=\s|$)[^\n]*|#[^\n]*|;|[^'"`/\-#;]+|[\s\S]/g;
const blank = /^(?:\s|--(?=\s|$)[^\n]*|#[^\n]*|\/\*(?!!)[\s\S]*?\*\/)*/;

/** The statements of a pasted script, without their `;`, each trimmed of the comments before it; comments alone are none. */
export function splitStatements(script: string): readonly ScriptStatement[] {
  const statements: ScriptStatement[] = [];
  let start = 0;
  const add = (end: number): void => {
    const text = script.slice(start, end);
    const lead = blank.exec(text)?.[0].length ?? 0;
    const body = text.slice(lead).trimEnd();
    if (body !== '') statements.push({ text: body, line: script.slice(0, start + lead).split('\n').length });
  };
  for (const match of script.matchAll(piece)) {
    if (match[0] !== ';') continue;
    add(match.index);
    start = match.index + 1;
  }
  add(script.length);
  return statements;
}
