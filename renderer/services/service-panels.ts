import type { Host } from '../../main/contract/host-api.ts';
import { KafkaStore } from './kafka-store.ts';
import { LinesStore } from './lines-store.ts';
import { MongoStore } from './mongo-store.ts';
import { ProducerStore } from './producer-store.ts';
import type { SettingsStore } from '../store/settings-store.ts';
import { ServicesStore } from './services-store.ts';
import { SqlStore } from './sql-store.ts';

/** What the service panels of the tray know. One for each window: the services belong to no notebook. */
export class ServicePanels {
  readonly services: ServicesStore;
  readonly lines: LinesStore;
  readonly kafka: KafkaStore;
  readonly sql: SqlStore;
  readonly mongo: MongoStore;
  readonly producer: ProducerStore;

  constructor(host: Host, settings: SettingsStore) {
    this.services = new ServicesStore(host);
    this.lines = new LinesStore(host);
    this.kafka = new KafkaStore(host);
    this.sql = new SqlStore(host, settings);
    this.mongo = new MongoStore(host);
    this.producer = new ProducerStore(host);
  }
}
