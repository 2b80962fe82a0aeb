import { sql, sqlName, type Sql } from '../core/sql-text.ts';

const simple = /^(?:(?:"[^"]*"|[A-Za-z_][A-Za-z0-9_]*)(?:\."[^"]*")*|-?[0-9]+|NULL)$/;

/**
 * SQL in which `body` may use a value several times while DuckDB computes it once: a lambda over a list of one. About 10 ns a row;
 * a column or a number is used as it is. The value may hold aggregates, the body may not.
 */
export function bindValue(value: Sql, body: (name: Sql) => Sql): Sql {
  if (simple.test(value)) return body(value);
  const name = variableFor(value);
  return sql`list_transform([${value}], lambda ${name}: ${body(name)})[1]`;
}

/** Whether a text (cheap to repeat) holds nothing but white space. Trimming a set of characters costs DuckDB ten times as much. */
export const isBlankText = (text: Sql): Sql => sql`(ascii(${text}) <= 32 AND regexp_full_match(${text}, '\s*'))`;

/** A name that only the same value gets: a lambda inside another never hides a different one, and the same plan gives the same text. */
function variableFor(value: Sql): Sql {
  let hash = 0xcbf29ce484222325n;
  for (let i = 0; i < value.length; i += 1) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(value.charCodeAt(i))) * 0x100000001b3n);
  }
  return sqlName(`v${hash.toString(36)}`);
}
