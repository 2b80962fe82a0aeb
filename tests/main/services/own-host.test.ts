import { hostname } from 'node:os';
import { expect, test } from 'vitest';
import { isOwnHost, reachableHost, splitAddress } from '../../../main/services/own-host.ts';

test.each(['localhost', 'LOCALHOST', 'iabd-virtualbox', '127.0.0.1', '127.1.2.3', '::1', '[::1]', hostname()])(
  '%s is this machine',
  (host) => expect(isOwnHost(host)).toBe(true),
);

test.each(['example.org', '10.0.0.1', '128.0.0.1', 'localhost.example'])('%s is not', (host) =>
  expect(isOwnHost(host)).toBe(false),
);

test('the machine of the course needs no hosts file', () => {
  expect(reachableHost('iabd-virtualbox')).toBe('127.0.0.1');
  expect(reachableHost('db.example')).toBe('db.example');
});

test.each([
  ['localhost:9092', { host: 'localhost', port: 9092 }],
  ['PLAINTEXT://broker:9092', { host: 'broker', port: 9092 }],
  ['[::1]:9092', { host: '::1', port: 9092 }],
  [' a:1 ', { host: 'a', port: 1 }],
  ['localhost', null],
  ['localhost:', null],
  ['localhost:99999', null],
  ['a b:1', null],
])('%s', (text, address) => expect(splitAddress(text)).toEqual(address));
