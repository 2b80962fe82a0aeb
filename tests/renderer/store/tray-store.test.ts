import { expect, test } from 'vitest';
import { createTrayStore } from '../../../renderer/store/tray-store.ts';

test('opening a tab is heard even where it was selected already; selecting one is not', () => {
  const tray = createTrayStore();
  const heard: string[] = [];
  const end = tray.onOpen(() => heard.push(tray.get()));
  tray.open('kafka');
  tray.open('kafka');
  tray.set('mongodb');
  expect(heard).toEqual(['kafka', 'kafka']);
  end();
  tray.open('lines');
  expect(heard).toHaveLength(2);
  expect(tray.get()).toBe('lines');
});
