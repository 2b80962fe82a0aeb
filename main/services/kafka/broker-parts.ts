import type { BrokerCatalog } from './broker-catalog.ts';
import type { GroupCoordinator } from './group-coordinator.ts';
import type { TopicStore } from './topic-store.ts';

/** The only node there is. */
export const brokerId = 0;

/** What requests are answered from. */
export type BrokerParts = {
  readonly catalog: BrokerCatalog;
  readonly topics: TopicStore;
  readonly groups: GroupCoordinator;
  /** The port clients are told to connect to. */
  readonly port: () => number;
  /** Told of every batch that was stored. */
  readonly onAppend: (topic: string, partition: number, recordCount: number) => void;
};
