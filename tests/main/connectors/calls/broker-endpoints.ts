import type { Endpoints } from '../../../../engine/api/endpoint.ts';

const refuse = (): Promise<never> => Promise.reject(new Error('only Kafka here'));

/** Every Kafka address leads to one server of this machine. */
export const brokerEndpoints = (port: number): Endpoints => ({
  kafka: async () => [{ host: '127.0.0.1', port, embedded: true }],
  mongodb: refuse,
  relational: refuse,
  lines: refuse,
});
