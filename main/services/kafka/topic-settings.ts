import { ProtocolError } from './protocol-error.ts';

/** Kafka's numbers for the type of a setting. */
const settingTypes = { boolean: 1, string: 2, int: 3, long: 5, double: 6, list: 7 } as const;

type SettingRow = {
  readonly name: string;
  readonly fallback: string;
  readonly type: keyof typeof settingTypes;
  /** The values this broker can honour; without it any of the type. */
  readonly allowed?: readonly string[];
};

/** The settings of a topic, with Kafka's defaults. The first group changes what this broker does; the rest mean nothing on a single node. */
const rows: readonly SettingRow[] = [
  { name: 'max.message.bytes', fallback: '1048588', type: 'int' },
  { name: 'message.timestamp.type', fallback: 'CreateTime', type: 'string', allowed: ['CreateTime', 'LogAppendTime'] },
  { name: 'retention.bytes', fallback: '-1', type: 'long' },
  // Kafka keeps seven days; here only the size counts, as a virtual clock may jump over a week.
  { name: 'retention.ms', fallback: '-1', type: 'long' },
  { name: 'segment.bytes', fallback: String(64 << 20), type: 'int' },

  { name: 'cleanup.policy', fallback: 'delete', type: 'list', allowed: ['delete'] },
  { name: 'compression.type', fallback: 'producer', type: 'string', allowed: ['producer'] },
  { name: 'delete.retention.ms', fallback: '86400000', type: 'long' },
  { name: 'file.delete.delay.ms', fallback: '60000', type: 'long' },
  { name: 'flush.messages', fallback: '9223372036854775807', type: 'long' },
  { name: 'flush.ms', fallback: '9223372036854775807', type: 'long' },
  { name: 'index.interval.bytes', fallback: '4096', type: 'int' },
  { name: 'max.compaction.lag.ms', fallback: '9223372036854775807', type: 'long' },
  { name: 'message.timestamp.difference.max.ms', fallback: '9223372036854775807', type: 'long' },
  { name: 'min.cleanable.dirty.ratio', fallback: '0.5', type: 'double' },
  { name: 'min.compaction.lag.ms', fallback: '0', type: 'long' },
  { name: 'min.insync.replicas', fallback: '1', type: 'int' },
  { name: 'preallocate', fallback: 'false', type: 'boolean', allowed: ['false'] },
  { name: 'segment.index.bytes', fallback: '10485760', type: 'int' },
  { name: 'segment.jitter.ms', fallback: '0', type: 'long' },
  { name: 'segment.ms', fallback: '604800000', type: 'long' },
  { name: 'unclean.leader.election.enable', fallback: 'false', type: 'boolean' },
];

export type TopicSettings = Readonly<Record<string, string>>;

export type ShownSetting = {
  readonly name: string;
  readonly value: string;
  readonly isDefault: boolean;
  readonly typeCode: number;
};

/** Checks what a client sets; a null value (keep the default) is left out. Throws `INVALID_CONFIG` with Kafka's text. */
export function parseTopicSettings(
  given: readonly { readonly name: string; readonly value: string | null }[],
): TopicSettings {
  const settings: Record<string, string> = {};
  for (const { name, value } of given) {
    const row = rows.find((candidate) => candidate.name === name);
    if (row === undefined) throw new ProtocolError('INVALID_CONFIG', `Unknown topic config name: ${name}`);
    if (value === null) continue;
    if (!isOfType(row, value) || row.allowed?.includes(value) === false)
      throw new ProtocolError('INVALID_CONFIG', `Invalid value ${value} for configuration ${name}${allowedText(row)}`);
    settings[name] = value;
  }
  return settings;
}

/** Every setting with the value in force. */
export function showSettings(settings: TopicSettings): readonly ShownSetting[] {
  return rows.map(({ name, fallback, type }) => ({
    name,
    value: settings[name] ?? fallback,
    isDefault: settings[name] === undefined,
    typeCode: settingTypes[type],
  }));
}

/** The number a setting has, -1 for "no limit" as in Kafka. */
export function numberSetting(
  settings: TopicSettings,
  name: 'max.message.bytes' | 'retention.bytes' | 'retention.ms' | 'segment.bytes',
): number {
  return Number(settings[name] ?? rows.find((row) => row.name === name)?.fallback);
}

function isOfType(row: SettingRow, value: string): boolean {
  switch (row.type) {
    case 'boolean':
      return value === 'true' || value === 'false';
    case 'int':
    case 'long':
      return /^-?\d+$/.test(value);
    case 'double':
      return value !== '' && Number.isFinite(Number(value));
    case 'string':
    case 'list':
      return true;
    default:
      return row.type satisfies never;
  }
}

const allowedText = (row: SettingRow): string =>
  row.allowed === undefined ? '' : `: this broker supports only ${row.allowed.join(', ')}`;
