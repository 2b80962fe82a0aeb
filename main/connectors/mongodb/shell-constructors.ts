import { jsonParseError } from './shell-json-scanner.ts';

type Constructor = (first: string, second: string) => unknown;

const dateOf = (text: string): unknown => {
  const ms = /^-?\d+$/.test(text) ? Number(text) : Date.parse(text);
  if (Number.isNaN(ms)) throw jsonParseError('Failed to parse string as a date');
  return { $date: { $numberLong: String(ms) } };
};

/** What the shell's constructors make, as canonical extended JSON. */
const constructors: Readonly<Record<string, Constructor>> = {
  ObjectId: (hex) => ({ $oid: hex }),
  ISODate: dateOf,
  Date: dateOf,
  NumberInt: (text) => ({ $numberInt: text }),
  NumberLong: (text) => ({ $numberLong: text }),
  NumberDecimal: (text) => ({ $numberDecimal: text }),
  UUID: (text) => ({ $uuid: text }),
  BinData: (subType, base64) => ({ $binary: { base64, subType: Number(subType).toString(16).padStart(2, '0') } }),
  Timestamp: (seconds, increment) => ({ $timestamp: { t: Number(seconds), i: Number(increment) } }),
  RegExp: (pattern, options) => ({ $regularExpression: { pattern, options } }),
  MinKey: () => ({ $minKey: 1 }),
  MaxKey: () => ({ $maxKey: 1 }),
};

/** `name(arguments…)`; undefined for a name the shell does not have. */
export function shellConstructor(name: string, values: readonly unknown[]): unknown {
  const make = Object.hasOwn(constructors, name) ? constructors[name] : undefined;
  return make?.(argumentText(values[0]), argumentText(values[1]));
}

function argumentText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return '';
  return Object.values(value).map(String).join('');
}
