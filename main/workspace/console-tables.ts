import type { EvidenceTable } from '../contract/evidence-schema.ts';

const rulePattern = /^\+(?:-+\+)+$/;
const batchPattern = /^Batch: (\d+)$/;

/** The tables that `show` or the console sink printed, cell by cell, each with the batch announced last before it. */
export function consoleTables(text: string): readonly EvidenceTable[] {
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  const tables: EvidenceTable[] = [];
  let batch: number | null = null;
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const announced = batchPattern.exec(line);
    if (announced !== null) batch = Number(announced[1]);
    if (!rulePattern.test(line) || lines[at + 2] !== line) continue;
    const end = lines.indexOf(line, at + 3);
    if (end < 0) break;
    const [columns = [], ...rows] = [lines[at + 1] ?? '', ...lines.slice(at + 3, end)].map((row) => cellsOf(row, line));
    tables.push({ batch, columns, rows });
    at = end;
  }
  return tables;
}

/** The rule's crosses say where cells end, so that a `|` inside a value cuts nothing. */
function cellsOf(row: string, rule: string): string[] {
  if (row.length !== rule.length) return row.split('|').slice(1, -1).map(trimmed);
  const crosses = [...rule.matchAll(/\+/g)].map(({ index }) => index);
  return crosses.slice(1).map((cross, position) => trimmed(row.slice((crosses[position] ?? 0) + 1, cross)));
}

const trimmed = (cell: string): string => cell.trim();
