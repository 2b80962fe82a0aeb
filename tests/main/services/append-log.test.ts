import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AppendLog, type LogDisk } from '../../../main/services/append-log.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = (): string => join(folder, 'a.log');
const record = (text: string): Buffer => Buffer.from(text);

/** Opens the log, closes it and answers what it holds. */
function read(): { records: string[]; recovered: AppendLog['recovered'] } {
  const records: string[] = [];
  const log = AppendLog.open(file(), (bytes) => records.push(bytes.toString()));
  log.close();
  return { records, recovered: log.recovered };
}

function written(...texts: string[]): void {
  const log = AppendLog.open(file(), () => {});
  for (const text of texts) log.append(record(text));
  log.close();
}

test('records come back in order, also empty ones and ones larger than a read', () => {
  const large = 'x'.repeat(9 << 20);
  written('uno', '', large, 'dos');
  const { records, recovered } = read();
  expect(records.map(({ length }) => length)).toEqual([3, 0, large.length, 3]);
  expect(records[2] === large).toBe(true);
  expect(recovered).toBeNull();
  written('tres');
  expect(read().records.at(-1)).toBe('tres');
});

test('a record that was not written whole is cut off, wherever the write ended', () => {
  written('uno', 'dos');
  const whole = readFileSync(file());
  const last = 8 + 'dos'.length;
  for (let kept = 1; kept < last; kept += 1) {
    writeFileSync(file(), whole.subarray(0, whole.length - last + kept));
    expect(read()).toEqual({ records: ['uno'], recovered: { truncatedBytes: kept } });
    expect(read()).toEqual({ records: ['uno'], recovered: null });
  }
});

test('a changed byte is found by the checksum', () => {
  written('uno', 'dos');
  const bytes = readFileSync(file());
  bytes[bytes.length - 1] = 0;
  writeFileSync(file(), bytes);
  expect(read()).toEqual({ records: ['uno'], recovered: { truncatedBytes: 11 } });
});

test('an impossible length is cut off, not allocated', () => {
  written('uno');
  appendFileSync(file(), Buffer.alloc(20, 0xff));
  expect(read()).toEqual({ records: ['uno'], recovered: { truncatedBytes: 20 } });
});

test('a file whose first bytes never got to the disk is a new one', () => {
  written();
  truncateSync(file(), 4);
  expect(read().records).toEqual([]);
  written('uno');
  expect(read().records).toEqual(['uno']);
});

test('a file of another format is refused and left as it is', () => {
  writeFileSync(file(), 'no es un registro');
  expect(() => read()).toThrow('is not a log of this version of Marea');
  expect(readFileSync(file(), 'utf8')).toBe('no es un registro');
});

test('a rewrite replaces all records, and appending goes on behind them', () => {
  const log = AppendLog.open(file(), () => {});
  for (let index = 0; index < 100; index += 1) log.append(record(`viejo ${index}`));
  const before = log.size;
  log.rewrite([record('a'), record('b')]);
  expect(log.size).toBeLessThan(before);
  expect(log.size).toBe(statSync(file()).size);
  log.append(record('c'));
  log.close();
  expect(read().records).toEqual(['a', 'b', 'c']);
});

test('a rewrite that was interrupted leaves the old file, and its remains are removed', () => {
  written('uno');
  writeFileSync(`${file()}.new`, 'a medias');
  expect(read().records).toEqual(['uno']);
  expect(existsSync(`${file()}.new`)).toBe(false);
});

test('a rewrite whose records fail changes nothing', () => {
  const log = AppendLog.open(file(), () => {});
  log.append(record('uno'));
  const failing = function* (): Generator<Buffer> {
    yield record('a');
    throw new Error('no hay más');
  };
  expect(() => log.rewrite(failing())).toThrow('no hay más');
  log.append(record('dos'));
  log.close();
  expect(read().records).toEqual(['uno', 'dos']);
});

/** A disk with room for so many bytes, which writes what still fits, as a real one does. */
function fullDisk(): { disk: LogDisk; room: (bytes: number) => void } {
  let left = Number.POSITIVE_INFINITY;
  return {
    room: (bytes) => (left = bytes),
    disk: {
      write: (fd, bytes, position) => {
        if (left === 0) throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
        const length = Math.min(bytes.length, left);
        left -= length;
        return writeSync(fd, bytes, 0, length, position);
      },
    },
  };
}

test('a full disk refuses the record, keeps the others, and takes records again when there is room', () => {
  const { disk, room } = fullDisk();
  const log = AppendLog.open(file(), () => {}, disk);
  log.append(record('uno'));
  room(5);
  expect(() => log.append(record('no cabe'))).toThrow('ENOSPC');
  expect(statSync(file()).size).toBe(log.size);
  expect(() => log.rewrite([record('tampoco')])).toThrow('ENOSPC');
  room(Number.POSITIVE_INFINITY);
  log.append(record('dos'));
  log.close();
  expect(read()).toEqual({ records: ['uno', 'dos'], recovered: null });
});
