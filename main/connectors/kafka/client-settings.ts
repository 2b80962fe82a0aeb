import type { SourceOptions } from '../../../engine/api/source.ts';
import { invalidServers } from './kafka-failures.ts';

/** `kafka.…` options without their prefix: settings of Kafka's own client, names in lower case. */
export const clientSettings = (options: SourceOptions): ReadonlyMap<string, string> =>
  new Map(
    options.entries.flatMap(([name, value]) =>
      name.toLowerCase().startsWith('kafka.') ? [[name.slice('kafka.'.length).toLowerCase(), value] as const] : [],
    ),
  );

/** Kafka's client takes `host:port` only. `sentence`: what Spark says it could not make. */
export function checkServers(servers: string, sentence: string): void {
  for (const address of servers.split(',').map((text) => text.trim()))
    if (address !== '' && !/^(?:.*:\/\/)?\[?[0-9a-z.\-%:_]*\]?:\d+$/i.test(address))
      throw invalidServers(address, sentence);
}
