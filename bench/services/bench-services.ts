import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../engine/core/clock.ts';
import { HostServices } from '../../main/host/host-services.ts';

export type BenchServices = {
  readonly services: HostServices;
  /** Of this measurement, removed at the end. */
  readonly folder: string;
  readonly close: () => Promise<void>;
};

/** The embedded services of a host, whatever real servers this machine has. */
export async function openBenchServices(): Promise<BenchServices> {
  const folder = await mkdtemp(join(tmpdir(), 'marea-bench-services-'));
  const services = new HostServices({ folder: join(folder, 'services'), clock: systemClock });
  for (const kind of ['kafka', 'relational', 'mongodb'] as const) services.choose(kind, { mode: 'embedded' });
  const close = async (): Promise<void> => {
    await services.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  return { services, folder, close };
}

/** The address at which other programs reach the embedded broker. */
export async function brokerAddress(services: HostServices): Promise<string> {
  const [broker] = await services.endpoints.kafka('localhost:9092');
  if (!broker) throw new Error('no broker');
  return `${broker.host}:${broker.port}`;
}
