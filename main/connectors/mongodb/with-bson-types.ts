import { Double, Int32, Long } from 'bson';

/** Plain JavaScript numbers get back the BSON type they were sent with: a reply that the driver has already made plain can be printed as Java does. */
export function withBsonTypes(value: unknown): unknown {
  if (typeof value === 'number') {
    if (!Number.isInteger(value)) return new Double(value);
    return Math.abs(value) < 2 ** 31 ? new Int32(value) : Long.fromNumber(value);
  }
  if (Array.isArray(value)) return value.map(withBsonTypes);
  if (typeof value !== 'object' || value === null || value instanceof Date || '_bsontype' in value) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withBsonTypes(each)]));
}
