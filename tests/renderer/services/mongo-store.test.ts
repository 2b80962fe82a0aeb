import { expect, test } from 'vitest';
import { recordedHost } from '../../../renderer/host/recorded-host.ts';
import { MongoStore } from '../../../renderer/services/mongo-store.ts';

type Command = { readonly database: string; readonly command: string };

test('collections are listed with their database; those of the server itself are not', async () => {
  const host = recordedHost(() => ({
    'services.call': async ({ input }) => {
      const { database, command } = input as Command;
      const reply = command.includes('listDatabases')
        ? { databases: [{ name: 'iabd' }, { name: 'admin' }, { name: 'b.c' }] }
        : {
            cursor: {
              firstBatch: database === 'iabd' ? [{ name: 'bizum' }, { name: 'system.views' }] : [{ name: 'z' }],
            },
          };
      return { output: { reply: JSON.stringify(reply) } };
    },
  }));
  const store = new MongoStore(host);
  await store.refresh();
  expect(store.state.get()).toEqual({ collections: ['b.c.z', 'iabd.bizum'], failure: null });
});

test('a server that does not answer leaves the list, with the reason', async () => {
  const host = recordedHost(() => ({
    'services.call': async () => ({ output: { error: { message: 'connection closed' } } }),
  }));
  const store = new MongoStore(host);
  await store.refresh();
  expect(store.state.get()).toEqual({ collections: [], failure: 'connection closed' });
});
