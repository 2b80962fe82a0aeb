import { HostFailure, type HandlersOf } from '../contract/host-api.ts';
import type { Workbench } from './workbench.ts';

type ServiceHandlers = HandlersOf<'services' | 'sql' | 'mongo' | 'kafka' | 'lines' | 'producer'>;

/** What the panels of the tray ask. */
export const serviceHandlers = (workbench: Workbench): ServiceHandlers => ({
  'services.list': async () => ({ services: [...(await workbench.services.status())] }),
  'services.configure': async ({ kind, choice }) => {
    const { address, user, password } = choice;
    workbench.services.choose(kind, {
      mode: choice.mode,
      ...(address === undefined ? {} : { address }),
      ...(user === undefined ? {} : { user }),
      ...(password === undefined ? {} : { password }),
    });
    await workbench.panels.reconnect();
    return { services: [...(await workbench.services.status())] };
  },
  'services.start': async ({ kind }) => {
    await workbench.services.start(kind);
    return { services: [...(await workbench.services.status())] };
  },
  'services.reset': async ({ kind, names }) => {
    if (kind === 'relational') await workbench.services.embedded.resetRelational();
    else if (kind !== 'lines') await workbench.services.embedded.drop(kind, names);
    return {};
  },
  'services.call': async ({ operation, input }) => ({ output: await workbench.panels.call(operation, input) }),
  'sql.run': async ({ script }) => ({ results: await workbench.panels.sql.run(script) }),
  'mongo.query': async (query) => {
    const { queryMongo } = await import('./mongo-console.ts');
    return queryMongo((operation, input) => workbench.panels.call(operation, input), query);
  },
  'kafka.produce': async ({ topic, records }) => {
    const { produceRecords } = await import('./kafka-desk.ts');
    await produceRecords(workbench.services.endpoints, topic, records, workbench.clock.now());
    return {};
  },
  'lines.list': async () => ({ servers: [...workbench.services.lines.list()] }),
  'lines.open': async ({ port }) => {
    if (!(await workbench.services.lines.open(port)))
      throw new HostFailure('conflict', `Otro programa ya escucha en el puerto ${port}.`);
    return {};
  },
  'lines.close': async ({ port }) => {
    await workbench.services.lines.close(port);
    return {};
  },
  'lines.send': async ({ port, text }) => {
    if (!workbench.services.lines.has(port))
      throw new HostFailure('not_found', `Nada escucha en el puerto ${port}: ábrelo antes.`);
    await workbench.services.lines.send(port, text.replace(/\r?\n$/, '').split(/\r?\n/));
    return {};
  },
  'producer.get': async () => workbench.producer.state(),
  'producer.start': async ({ path }) => workbench.producer.start(path),
  'producer.stop': async () => workbench.producer.stop(),
});
