import { expect, test } from 'vitest';
import type { GradingRow } from '../../../main/contract/grading-schema.ts';
import { gradesCsv } from '../../../main/grading/grades-csv.ts';

const row = (name: string, more: Partial<GradingRow> = {}): GradingRow => ({
  id: '0'.repeat(16),
  check: {
    file: 'a.entrega.zip',
    verdict: 'whole',
    problems: [],
    notes: [],
    student: { name, nia: '0123' },
    activities: [{ id: 'actividad-1', title: 'Actividad 1' }],
    createdAt: '2026-03-02T08:00:00.000Z',
    missing: [],
  },
  state: 'opened',
  comparison: null,
  proposed: null,
  points: null,
  ...more,
});

const linesOf = (text: string): readonly string[] => text.trimEnd().split('\r\n').slice(1);

test('begins with the mark of UTF-8 and a line of names', () => {
  expect(gradesCsv([])).toBe(
    '\uFEFFAlumno;NIA;Actividad;Propuesta;Máximo;Veredicto;Integridad;Problemas;Evidencias que faltan;Detalle;Creada;Fichero\r\n',
  );
});

test('numbers have a dot, and a criterion left to the teacher says so', () => {
  const proposal = [
    {
      activity: 'a',
      criterion: 'fijas',
      text: '',
      points: 0.3,
      proposed: 0.15,
      reason: 'Falta un lote.',
      isManual: false,
    },
    { activity: 'a', criterion: 'texto', text: '', points: 0.7, proposed: 0, reason: 'Léela.', isManual: true },
  ];
  const comparison = { verdict: 'differs' as const, units: [], proposal };
  const [line] = linesOf(gradesCsv([row('Ana Ñíguez', { comparison, proposed: 0.15, points: 1 })]));
  expect(line).toBe(
    'Ana Ñíguez;0123;Actividad 1;0.15;1;difiere;coincide;;;fijas 0.15 de 0.3: Falta un lote. · texto a mano de 0.7: Léela.;2026-03-02T08:00:00.000Z;a.entrega.zip',
  );
});

test.each(['=1+1', '+34', '-1', '@SUM(A1)', '\t=1'])('a name that begins like a formula (%j) is text', (name) => {
  expect(linesOf(gradesCsv([row(name)]))[0]).toMatch(new RegExp(`^"?'`));
});

test('semicolons, quotes and line ends stay inside their cell', () => {
  expect(linesOf(gradesCsv([row('Pérez; "Ana"')]))[0]).toMatch(/^"Pérez; ""Ana""";0123;/);
  const problems = ['=cmd()\nuna línea'];
  const text = gradesCsv([row('Ana', { check: { ...row('Ana').check, problems } })]);
  expect(text).toContain(`;"'=cmd()\nuna línea";`);
});
