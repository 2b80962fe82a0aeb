import type { GradingRow } from '../contract/grading-schema.ts';

const columns = [
  'Alumno',
  'NIA',
  'Actividad',
  'Propuesta',
  'Máximo',
  'Veredicto',
  'Integridad',
  'Problemas',
  'Evidencias que faltan',
  'Detalle',
  'Creada',
  'Fichero',
] as const;

const integrity = { whole: 'coincide', altered: 'no coincide', unreadable: 'no se puede abrir' } as const;
const verdicts = { reproduces: 'se reproduce', differs: 'difiere', cannot_run: 'no se puede ejecutar' } as const;

/** The table as a spreadsheet in Spanish opens it: UTF-8 with its mark, `;` between cells, decimals with a dot. */
export function gradesCsv(rows: readonly GradingRow[]): string {
  const lines = [columns.map(cellOf), ...rows.map(lineOf)];
  return `\uFEFF${lines.map((line) => `${line.join(';')}\r\n`).join('')}`;
}

function lineOf({ check, comparison, proposed, points }: GradingRow): readonly string[] {
  const detail = (comparison?.proposal ?? []).map(
    ({ criterion, proposed: got, points: most, isManual, reason }) =>
      `${criterion} ${isManual ? 'a mano' : got} de ${most}: ${reason}`,
  );
  return [
    cellOf(check.student?.name ?? ''),
    cellOf(check.student?.nia ?? ''),
    cellOf(check.activities.map(({ title }) => title).join(', ')),
    proposed === null ? '' : String(proposed),
    points === null ? '' : String(points),
    comparison === null ? '' : verdicts[comparison.verdict],
    integrity[check.verdict],
    cellOf(check.problems.join(' ')),
    cellOf(check.missing.join(', ')),
    cellOf(detail.join(' · ')),
    cellOf(check.createdAt ?? ''),
    cellOf(check.file),
  ];
}

/** What somebody wrote into a bundle: a cell that begins like a formula would be one in the spreadsheet. */
function cellOf(text: string): string {
  const tame = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[;"\r\n]/.test(tame) ? `"${tame.replaceAll('"', '""')}"` : tame;
}
