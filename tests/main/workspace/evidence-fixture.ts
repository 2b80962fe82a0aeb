import { crc32, deflateSync } from 'node:zlib';
import type { EvidenceItem } from '../../../main/contract/evidence-schema.ts';
import { consoleTables } from '../../../main/workspace/console-tables.ts';
import type { JudgedCapture } from '../../../main/workspace/evidence-judge.ts';

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** A grey PNG of so many pixels. */
export function greyPng(width: number, height: number): Buffer {
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0]);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc((width + 1) * height, 0))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** What the console sink prints for a batch. */
export function consoleText(
  batch: number,
  columns: readonly string[],
  ...rows: readonly (readonly string[])[]
): string {
  const widths = columns.map((name, at) => Math.max(name.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const rule = `+${widths.map((width) => '-'.repeat(width)).join('+')}+`;
  const line = (cells: readonly string[]) => `|${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('|')}|`;
  const dashes = '-'.repeat(43);
  return [dashes, `Batch: ${batch}`, dashes, rule, line(columns), rule, ...rows.map(line), rule, '', ''].join('\n');
}

/** A window of the morning from one clock time to another, as the console prints it. */
export const windowText = (start: string, end: string): string => `{2026-03-02 ${start}:00, 2026-03-02 ${end}:00}`;

let captures = 0;

export function capture(
  unit: string,
  text: string,
  {
    kind = 'console',
    runId = 'run',
    query = null,
  }: { kind?: EvidenceItem['kind']; runId?: string; query?: string | null } = {},
): JudgedCapture {
  captures += 1;
  const source = { notebook: `${unit}/${unit}.ipynb`, unit, cell: 'c', query, runId, batch: null, watermark: null };
  return { id: `${10 + captures}-x`, kind, source, data: { text, tables: [...consoleTables(text)] } };
}
