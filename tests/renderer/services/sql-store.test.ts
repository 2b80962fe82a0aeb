import { expect, test } from 'vitest';
import type { SqlResult } from '../../../main/contract/service-schema.ts';
import { recordedHost } from '../../../renderer/host/recorded-host.ts';
import { SqlStore } from '../../../renderer/services/sql-store.ts';
import { createSettingsStore } from '../../../renderer/store/settings-store.ts';

const resultOf = (part: Partial<SqlResult>): SqlResult => ({
  statement: 's',
  line: 1,
  columns: [],
  rows: [],
  total: 0,
  note: '',
  error: null,
  durationMs: 1,
  ...part,
});

function storeOver(answer: (script: string) => Partial<SqlResult>) {
  const scripts: string[] = [];
  const resets: string[] = [];
  const host = recordedHost(() => ({
    'settings.read': async () => ({ settings: {} }),
    'settings.write': async () => ({}),
    'services.reset': async ({ kind }) => {
      resets.push(kind);
      return {};
    },
    'sql.run': async ({ script }) => {
      scripts.push(script);
      return { results: [resultOf(answer(script))] };
    },
  }));
  const settings = createSettingsStore(host);
  return { scripts, resets, settings, store: new SqlStore(host, settings) };
}

const tables = (script: string) => (script.includes('information_schema') ? { rows: [['spark', 'usuarios']] } : {});

test('a script is remembered once, as the newest, and the tables are looked up after it', async () => {
  const { settings, store } = storeOver(tables);
  for (const script of ['a', 'b', 'a']) await store.run(script);
  expect(settings.store.get().sqlHistory).toEqual(['b', 'a']);
  expect(store.state.get()).toMatchObject({ tables: ['spark.usuarios'], isRunning: false });
});

test('a table is read by its quoted name, which the console’s results do not show', async () => {
  const { scripts, store } = storeOver(tables);
  await store.look('spark.mis`tablas.x');
  expect(scripts).toEqual(['SELECT * FROM `spark`.`mis``tablas.x` LIMIT 1000']);
  expect(store.state.get().results).toEqual([]);
});

test('tables that cannot be read leave the list as it was, with the reason', async () => {
  let error: string | null = null;
  const { store } = storeOver((script) => ({ ...tables(script), error }));
  await store.refresh();
  error = '1045 (28000): Access denied';
  await store.refresh();
  expect(store.state.get()).toMatchObject({ tables: ['spark.usuarios'], failure: '1045 (28000): Access denied' });
});

test('a restored course is asked of the host, and looked up again', async () => {
  const { resets, store } = storeOver(tables);
  await store.restore();
  expect(resets).toEqual(['relational']);
  expect(store.state.get().tables).toEqual(['spark.usuarios']);
});
