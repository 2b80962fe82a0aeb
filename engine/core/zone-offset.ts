const dayMs = 86_400_000;
/** Before 1800 no zone had clocks set by law: the local mean time of 1800 holds for all earlier times. */
const firstMs = -5_364_662_400_000;

/** µs to add to an instant to get a wall clock of the zone. */
export type ZoneOffset = (us: bigint) => bigint;

const zones = new Map<string, ZoneOffset>();

/**
 * The offset rule of an IANA name or a fixed offset (`+02:00`, `UTC`, `GMT+2`). Asks the platform once for each day at whose two ends the offset
 * differs and otherwise once a day, so that long tables cost little.
 */
export function zoneOffset(zone: string): ZoneOffset {
  const known = zones.get(zone);
  if (known) return known;
  const fixed = fixedOffsetMs(zone);
  const made: ZoneOffset = fixed === undefined ? regionOffset(zone) : () => BigInt(fixed) * 1000n;
  zones.set(zone, made);
  return made;
}

function fixedOffsetMs(zone: string): number | undefined {
  const match = /^(?:UTC|GMT|UT|Z)?(?:([+-])(\d{1,2})(?::?(\d{2}))?(?::?(\d{2}))?)?$/.exec(zone);
  if (!match || zone === '') return undefined;
  const [, sign, hours = '0', minutes = '0', seconds = '0'] = match;
  const ms = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  return sign === '-' ? -ms : ms;
}

function regionOffset(zone: string): ZoneOffset {
  const exact = platformOffset(zone);
  const atDay = new Map<number, number>();
  const dayOffset = (day: number): number => {
    const cached = atDay.get(day);
    if (cached !== undefined) return cached;
    const offset = exact(day * dayMs);
    atDay.set(day, offset);
    return offset;
  };
  return (us) => {
    const ms = Math.max(Number(us / 1000n) - (us % 1000n < 0n ? 1 : 0), firstMs);
    const day = Math.floor(ms / dayMs);
    const offset = dayOffset(day) === dayOffset(day + 1) ? dayOffset(day) : exact(ms);
    return BigInt(offset) * 1000n;
  };
}

function platformOffset(zone: string): (ms: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (ms) => {
    const whole = Math.floor(ms / 1000) * 1000;
    const part: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(whole)) part[type] = Number(value);
    const wall = Date.UTC(
      part['year'] ?? 0,
      (part['month'] ?? 1) - 1,
      part['day'] ?? 1,
      part['hour'] ?? 0,
      part['minute'] ?? 0,
      part['second'] ?? 0,
    );
    return wall - whole;
  };
}
