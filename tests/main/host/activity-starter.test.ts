import { afterEach, beforeEach, expect, test } from 'vitest';
import { TestWindow } from './test-window.ts';

let window: TestWindow;
beforeEach(async () => {
  window = await TestWindow.start();
});
afterEach(() => window.close());

test('the hand-out of a unit is told as it was, whatever the learner has made of it', async () => {
  await window.openActivity('caso-5');
  const handedOut = window.cells;
  await window.write([{ id: 'mia', cell_type: 'raw', source: 'solo esto', metadata: {} }]);
  expect((await window.request('activity.starter', { id: 'caso-5' })).cells).toEqual(handedOut);
});

test('a unit that there is not is refused by name', async () => {
  await expect(window.request('activity.starter', { id: '../caso-5' })).rejects.toThrow(
    'No hay ninguna actividad «../caso-5».',
  );
});
