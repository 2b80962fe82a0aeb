import type { Host } from '../../main/contract/host-api.ts';
import { LinesStore } from './lines-store.ts';
import { ServicesStore } from './services-store.ts';

/** What the service panels of the tray know. One for each window: the services belong to no notebook. */
export class ServicePanels {
  readonly services: ServicesStore;
  readonly lines: LinesStore;

  constructor(host: Host) {
    this.services = new ServicesStore(host);
    this.lines = new LinesStore(host);
  }
}
