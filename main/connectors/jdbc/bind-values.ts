import type { RelationalValue } from '../../../engine/api/relational-client.ts';

/** Everything inside which a `?` is only text: quotes (with `\` and doubled quotes), comments. */
const quotedOrComment =
  /'(?:[^'\\]|\\[\s\S]|'')*'|"(?:[^"\\]|\\[\s\S]|"")*"|`(?:[^`]|``)*`|\/\*[\s\S]*?\*\/|--(?:\s[^\n]*|$)|#[^\n]*|\?/g;

/** Puts each value in the place of its `?`, as the MySQL drivers of Java and Python do: on the client, in text. */
export function bindValues(statement: string, values: readonly RelationalValue[]): string {
  if (values.length === 0) return statement;
  let next = 0;
  return statement.replace(quotedOrComment, (piece) => {
    if (piece !== '?' || next >= values.length) return piece;
    const value = values[next] ?? null;
    next += 1;
    return literalText(value);
  });
}

function literalText(value: RelationalValue): string {
  if (value === null) return 'NULL';
  if (value instanceof Uint8Array) return `x'${Buffer.from(value).toString('hex')}'`;
  if (typeof value !== 'string') return value.toString();
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\0', '\\0')}'`;
}
