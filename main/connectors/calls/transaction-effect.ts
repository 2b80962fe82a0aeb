/**
 * What a statement of MariaDB does to the transaction of its connection. `defines` ends it, before anything else (CREATE, DROP …);
 * `works` belongs to one, and opens it where autocommit is off; `none` leaves it as it is (SHOW, SET, USE, a SELECT of no table).
 */
export type TransactionEffect = 'begins' | 'commits' | 'rolls-back' | 'defines' | 'works' | 'none';

const leading = /^(?:\s+|\/\*(?!!)[\s\S]*?\*\/|--(?:\s[^\n]*)?(?:\n|$)|#[^\n]*(?:\n|$))*/;
const rules: readonly (readonly [RegExp, TransactionEffect])[] = [
  [/^(?:begin(?:\s+work)?|start\s+transaction)\s*;?\s*$/i, 'begins'],
  [/^commit(?:\s+work)?\s*;?\s*$/i, 'commits'],
  [/^rollback(?:\s+work)?\s*;?\s*$/i, 'rolls-back'],
  [/^(?:create|drop)\s+temporary\b/i, 'works'],
  [/^(?:alter|create|drop|rename|truncate|grant|revoke|lock|analyze|optimize|repair)\b/i, 'defines'],
  [/^select\b(?![\s\S]*\bfrom\b)/i, 'none'],
  [/^(?:desc|describe|explain|help|kill|set|show|use)\b/i, 'none'],
];

export function transactionEffect(statement: string): TransactionEffect {
  const text = statement.replace(leading, '');
  return rules.find(([pattern]) => pattern.test(text))?.[1] ?? 'works';
}
