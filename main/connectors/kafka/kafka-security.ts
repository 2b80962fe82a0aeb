/** How to log in to a server, in the form kafkajs takes. */
export type KafkaSecurity = { readonly ssl: object | undefined; readonly sasl: object | undefined };

/** Credentials inside `kafka.sasl.jaas.config`: `… required username="ana" password="secreta";`. */
const credential = (jaas: string, name: string): string =>
  new RegExp(`${name}\\s*=\\s*"((?:[^"\\\\]|\\\\.)*)"`).exec(jaas)?.[1]?.replaceAll(/\\(.)/g, '$1') ?? '';

/** Reads `security.protocol`, `sasl.mechanism` and `sasl.jaas.config` of a client's settings; without them the connection is plain. */
export function kafkaSecurity(settings: ReadonlyMap<string, string>): KafkaSecurity {
  const protocol = (settings.get('security.protocol') ?? 'PLAINTEXT').toUpperCase();
  const jaas = settings.get('sasl.jaas.config') ?? '';
  return {
    ssl: protocol.endsWith('SSL') ? {} : undefined,
    sasl: protocol.startsWith('SASL')
      ? {
          mechanism: (settings.get('sasl.mechanism') ?? 'PLAIN').toLowerCase(),
          username: credential(jaas, 'username'),
          password: credential(jaas, 'password'),
        }
      : undefined,
  };
}
