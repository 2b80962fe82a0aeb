import type { SourceOptions } from '../../../engine/api/source.ts';

/** `kafka.…` options without their prefix: settings of Kafka's own client, names in lower case. */
export const clientSettings = (options: SourceOptions): ReadonlyMap<string, string> =>
  new Map(
    options.entries.flatMap(([name, value]) =>
      name.toLowerCase().startsWith('kafka.') ? [[name.slice('kafka.'.length).toLowerCase(), value] as const] : [],
    ),
  );

/** Why Kafka's client refuses an address list, which must be `host:port[,host:port]`; undefined where it does not. */
export function serversProblem(servers: string): string | undefined {
  const addresses = servers.split(',').flatMap((text) => text.trim() || []);
  const invalid = addresses.find((address) => !/^(?:.*:\/\/)?\[?[0-9a-z.\-%:_]*\]?:\d+$/i.test(address));
  if (invalid !== undefined) return `Invalid url in bootstrap.servers: ${invalid}`;
  return addresses.length === 0 ? 'No resolvable bootstrap urls given in bootstrap.servers' : undefined;
}
