import { expect, test } from 'vitest';
import { findAppBrowser, type Machine } from '../../../main/web/find-browser.ts';

const machine = (platform: NodeJS.Platform, env: Machine['env'], ...installed: readonly string[]): Machine => ({
  platform,
  env,
  home: '/Users/ana',
  isProgram: (path) => installed.includes(path),
});

const windows = {
  ProgramFiles: 'C:\\Program Files',
  'ProgramFiles(x86)': 'C:\\Program Files (x86)',
  LOCALAPPDATA: 'C:\\Users\\José Ñuño\\AppData\\Local',
};
const edge = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe';
const edge64 = 'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe';
const chrome = 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe';
const chromeOfUser = 'C:\\Users\\José Ñuño\\AppData\\Local\\Google\\Chrome\\Application\\chrome.exe';

test.each([
  ['Edge before Chrome', windows, [chrome, edge], edge],
  ['Edge of 64 bits', windows, [edge64], edge64],
  ['Chrome for all', windows, [chrome], chrome],
  ['Chrome of one user, whose name has spaces and accents', windows, [chromeOfUser], chromeOfUser],
  ['none', windows, [], undefined],
  ['nothing when Windows tells no folder', {}, [edge, chrome], undefined],
])('on Windows: %s', (_, env, installed, expected) => {
  expect(findAppBrowser(machine('win32', env, ...installed))).toBe(expected);
});

const macChrome = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
const macEdgeOfUser = '/Users/ana/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge';

test.each([
  ['Chrome before Edge', [macEdgeOfUser, macChrome], macChrome],
  ['Edge in the user’s own Applications', [macEdgeOfUser], macEdgeOfUser],
  ['none: Safari has no such window', ['/Applications/Safari.app/Contents/MacOS/Safari'], undefined],
])('on macOS: %s', (_, installed, expected) => {
  expect(findAppBrowser(machine('darwin', {}, ...installed))).toBe(expected);
});

test.each([
  ['Chrome before Chromium', '/usr/bin:/usr/local/bin', ['/usr/bin/chromium', '/usr/local/bin/google-chrome'], 1],
  ['Edge', '/usr/bin', ['/usr/bin/microsoft-edge'], 0],
  ['Ubuntu’s snap, also without its folder in PATH', '/usr/bin', ['/snap/bin/chromium'], 0],
  ['an empty PATH entry is not the current folder', ':/usr/bin', ['chromium', '/usr/bin/chromium'], 1],
])('on Linux: %s', (_, PATH, installed, expected) => {
  expect(findAppBrowser(machine('linux', { PATH }, ...installed))).toBe(installed[expected]);
});
