type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The type and value of a typed value of canonical extended JSON, `{ $oid: … }` say; null for documents, arrays and plain values. */
function typedValue(value: unknown): { readonly type: string; readonly held: unknown } | null {
  if (!isFields(value)) return null;
  const [type, ...others] = Object.keys(value);
  return type?.startsWith('$') === true && others.length === 0 ? { type, held: value[type] } : null;
}

/** What a document or an array holds, by name; null for a value without parts. */
export function partsOf(value: unknown): readonly (readonly [string, unknown])[] | null {
  if (Array.isArray(value)) return value.map((item, index) => [String(index), item]);
  return isFields(value) && typedValue(value) === null ? Object.entries(value) : null;
}

/** A value of canonical extended JSON on one line, as `mongosh` writes it: `ObjectId('…')`, `ISODate('…')`. */
export function shellText(value: unknown): string {
  const typed = typedValue(value);
  if (typed !== null) return typedText(typed.type, typed.held);
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[ ${value.map(shellText).join(', ')} ]`;
  if (typeof value === 'string') return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  if (!isFields(value)) return String(value);
  const fields = Object.entries(value).map(([name, held]) => `${fieldName(name)}: ${shellText(held)}`);
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

/** The same value as relaxed extended JSON, which other programs read: plain numbers, ISO dates. */
export function relaxedValue(value: unknown): unknown {
  const typed = typedValue(value);
  if (typed !== null) return relaxedTyped(typed.type, typed.held, value);
  if (Array.isArray(value)) return value.map(relaxedValue);
  if (!isFields(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, held]) => [name, relaxedValue(held)]));
}

export const fieldName = (name: string): string =>
  /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) ? name : JSON.stringify(name);

function typedText(type: string, held: unknown): string {
  switch (type) {
    case '$numberInt':
    case '$numberDouble':
      return String(held);
    case '$numberLong':
      return `Long('${String(held)}')`;
    case '$numberDecimal':
      return `Decimal128('${String(held)}')`;
    case '$oid':
      return `ObjectId('${String(held)}')`;
    case '$date':
      return `ISODate('${isoDate(held)}')`;
    default:
      return JSON.stringify({ [type]: held });
  }
}

function relaxedTyped(type: string, held: unknown, whole: unknown): unknown {
  const number = Number(held);
  switch (type) {
    case '$numberInt':
      return number;
    case '$numberDouble':
      return Number.isFinite(number) ? number : whole;
    case '$numberLong':
      return Number.isSafeInteger(number) ? number : whole;
    case '$date':
      return { $date: isoDate(held) };
    default:
      return whole;
  }
}

/** `held` of a canonical date: milliseconds since 1970 in `$numberLong`. */
function isoDate(held: unknown): string {
  const atMs = String(typedValue(held)?.held ?? held);
  const date = new Date(Number(atMs));
  return Number.isNaN(date.getTime()) ? atMs : date.toISOString();
}
