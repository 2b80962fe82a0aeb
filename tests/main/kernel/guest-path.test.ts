import { expect, test } from 'vitest';
import { guestPath, hostPath, mountsOf } from '../../../main/kernel/guest-path.ts';

test('Python sees a folder under its own name, and a Windows one as a POSIX path', () => {
  expect(guestPath('/home/ana/clase')).toBe('/home/ana/clase');
  expect(guestPath('C:\\Users\\ana\\clase')).toBe('/c/Users/ana/clase');
});

test('a path of Python leads back to the real folder, the innermost mount first', () => {
  const mounts = [
    { host: 'C:\\clase', guest: '/c/clase' },
    { host: 'D:\\otra', guest: '/c/clase/otra' },
  ];
  expect(hostPath('/c/clase/in', mounts)).toBe('C:\\clase/in');
  expect(hostPath('/c/clase/otra/in', mounts)).toBe('D:\\otra/in');
  expect(hostPath('/c/clasebis', mounts)).toBe('/c/clasebis');
});

test('a folder inside another needs no mount of its own', () => {
  expect(mountsOf(['/a/b', '/a', '/ab', '/a'])).toEqual([
    { host: '/a', guest: '/a' },
    { host: '/ab', guest: '/ab' },
  ]);
});
