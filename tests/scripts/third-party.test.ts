import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { noticeFile, thirdPartyNotice } from '../../scripts/third-party.mjs';

test('every package that Marea ships stands in THIRD-PARTY.md with its version and licence', () => {
  expect(readFileSync(noticeFile, 'utf8')).toBe(thirdPartyNotice());
});
