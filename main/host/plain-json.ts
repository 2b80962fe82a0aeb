/** The numbers of extended JSON, by their key. */
const numberKeys = ['$numberInt', '$numberLong', '$numberDouble', '$numberDecimal'] as const;

/** Canonical extended JSON with plain numbers and dates as ISO text: what a check or a person reads. Other typed values stay as they are. */
export function plainJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainJson);
  if (typeof value !== 'object' || value === null) return value;
  const document = value as Readonly<Record<string, unknown>>;
  for (const key of numberKeys) if (typeof document[key] === 'string') return Number(document[key]);
  if ('$date' in document) {
    const at = plainJson(document['$date']);
    return typeof at === 'number' ? new Date(at).toISOString() : at;
  }
  return Object.fromEntries(Object.entries(document).map(([key, each]) => [key, plainJson(each)]));
}
