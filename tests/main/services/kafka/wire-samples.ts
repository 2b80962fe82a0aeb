import * as adminMessages from '../../../../main/services/kafka/admin-messages.ts';
import * as dataMessages from '../../../../main/services/kafka/data-messages.ts';
import * as groupMessages from '../../../../main/services/kafka/group-messages.ts';
import type { AnyField, Api, Shape } from '../../../../main/services/kafka/schema.ts';

const exported: readonly unknown[] = Object.values({ ...dataMessages, ...groupMessages, ...adminMessages });

/** Every request of the protocol that the broker knows. */
export const allApis = exported.filter((message): message is Api => typeof message === 'object');

export const versionsOf = ({ versions: [min, max] }: Api): readonly number[] =>
  Array.from({ length: max - min + 1 }, (_, index) => min + index);

/** A message of this shape as its version reads it, with every field the version has set to something that is not its fallback. */
export function sampleOf(shape: Shape, version: number, pick: () => number): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(shape).map(([name, field]) => {
      const { since, until, fallback } = field.facts;
      return [name, version >= since && version <= until ? sampleField(field, version, pick) : fallback];
    }),
  );
}

function sampleField(field: AnyField, version: number, pick: () => number): unknown {
  const { type, nullableSince } = field.facts;
  if (version >= nullableSince && pick() < 0.2) return null;
  switch (type.kind) {
    case 'boolean':
      return pick() < 0.5;
    case 'int8':
      return Math.floor(pick() * 256) - 128;
    case 'int16':
      return Math.floor(pick() * 65536) - 32768;
    case 'int32':
      return Math.floor(pick() * 2 ** 32) - 2 ** 31;
    case 'int64':
      return Math.floor(pick() * 2 ** 53) - 2 ** 52;
    case 'string':
      return 'ñandú'.repeat(Math.floor(pick() * 40));
    case 'bytes':
      return Buffer.from(Array.from({ length: Math.floor(pick() * 300) }, () => Math.floor(pick() * 256)));
    case 'uuid':
      return Array.from({ length: 32 }, () => Math.floor(pick() * 16).toString(16)).join('');
    case 'array':
      return Array.from({ length: Math.floor(pick() * 3) }, () => sampleField(type.element, version, pick));
    case 'struct':
      return sampleOf(type.shape, version, pick);
  }
}
