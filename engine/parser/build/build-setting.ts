import type { Node } from '../network/syntax-tree.ts';
import { errorAt, notSupported, type BuildContext } from './build-context.ts';
import { stringText } from './build-literal.ts';
import type { ParsedStatement } from './build-statement.ts';
import { optionalNode } from './tree-access.ts';

const zoneKey = 'spark.sql.session.timeZone';

/** `SET …` and `RESET …`. */
export function buildSetting(node: Node, context: BuildContext): ParsedStatement {
  if (node.label === 'setTimeZone') {
    const zone = optionalNode(node, 'string');
    if (!zone) throw notSupported('SET TIME ZONE LOCAL in SQL');
    return { kind: 'set_conf', key: zoneKey, value: stringText(zone) };
  }
  const text = context.text.slice(node.start.stop).trim();
  return node.label === 'reset' ? reset(text) : set(text, node, context);
}

/** The text after SET is not SQL: `key`, `key=value`; back-quotes where a key or a value has special characters. */
function set(text: string, node: Node, context: BuildContext): ParsedStatement {
  if (/^role\b/i.test(text)) throw errorAt('_LEGACY_ERROR_TEMP_0035', { message: 'SET ROLE' }, node, context);
  if (/^catalog\s/i.test(text)) throw notSupported('SET CATALOG in SQL');
  if (/^time\s+zone\b/i.test(text)) throw notSupported('SET TIME ZONE of an interval in SQL');
  if (/^-v\b/i.test(text)) throw notSupported('SET -v in SQL');
  if (text === '') return { kind: 'set_conf' };
  const key = '(?:`((?:[^`]|``)+)`|([\\w\\\\.:]+))';
  const quotedValue = new RegExp(`^${key}\\s*=\\s*\`((?:[^\`]|\`\`)*)\`\\s*;*$`).exec(text);
  const plainValue = quotedValue ?? new RegExp(`^${key}\\s*(?:=([^;]*))?;*$`).exec(text);
  if (!plainValue) throw errorAt('INVALID_SET_SYNTAX', {}, node, context);
  const [, quotedKey, plainKey = '', written] = plainValue;
  const value = quotedValue ? written?.replaceAll('``', '`') : written?.trim();
  return {
    kind: 'set_conf',
    key: quotedKey?.replaceAll('``', '`') ?? plainKey,
    ...(value === undefined ? {} : { value }),
  };
}

const reset = (text: string): ParsedStatement => {
  const key = text.replace(/;+$/, '').trim();
  return key === '' ? { kind: 'reset_conf' } : { kind: 'reset_conf', key: key.replace(/^`([^]*)`$/, '$1') };
};
