import { expect, test } from 'vitest';
import { hashOfRoute, routeOfHash, type Route } from '../../../renderer/store/route-store.ts';

test('a route survives in the address, with spaces and accents', () => {
  const routes: readonly Route[] = [
    { kind: 'start' },
    { kind: 'grading', row: null },
    { kind: 'grading', row: '0123456789abcdef' },
    { kind: 'workbench', notebook: 'cuadernos/año nuevo & más.ipynb', activity: null },
    { kind: 'workbench', notebook: 'caso-6/caso-6.ipynb', activity: 'caso-6' },
  ];
  for (const route of routes) expect(routeOfHash(hashOfRoute(route))).toEqual(route);
});

test('an unknown address is the start page', () => {
  expect(routeOfHash('#whatever=1')).toEqual({ kind: 'start' });
});
