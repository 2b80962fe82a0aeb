import type { Comparison, GradingRow } from '../../../main/contract/grading-schema.ts';

type RowWords = {
  readonly name?: string | null;
  readonly nia?: string;
  readonly missing?: readonly string[];
  readonly verdict?: GradingRow['check']['verdict'];
  readonly comparison?: Comparison;
  readonly proposed?: number | null;
};

/** A row of the teacher's table. */
export function gradingRow(id: string, words: RowWords = {}): GradingRow {
  const { name = 'Ana Ñíguez', nia = '1', missing = [], verdict = 'whole', comparison, proposed = null } = words;
  return {
    id: id.padStart(16, '0'),
    check: {
      file: `${id}.entrega.zip`,
      verdict,
      problems: verdict === 'altered' ? ['«caso-5.ipynb» no coincide con el manifiesto.'] : [],
      notes: [],
      student: name === null ? null : { name, nia },
      activities: name === null ? [] : [{ id: 'actividad-1', title: 'Actividad 1' }],
      createdAt: name === null ? null : '2026-03-02T08:00:00.000Z',
      missing: [...missing],
    },
    state: comparison === undefined ? 'opened' : 'compared',
    comparison: comparison ?? null,
    proposed,
    points: proposed === null ? null : 1,
  };
}

export const differing: Comparison = {
  verdict: 'differs',
  units: [
    {
      unit: 'caso-5',
      title: 'Caso 5 · Ventanas',
      verdict: 'differs',
      message: 'Se han comparado los lotes de dos consultas.',
      compared: 3,
      differences: [
        {
          kind: 'batch',
          unit: 'caso-5',
          cell: 'caso5-tres-dos',
          query: 'palabras',
          batch: 2,
          evidence: null,
          message: 'El lote 2 no da las mismas filas.',
          columns: ['window', 'palabra', 'count'],
          onlyHandedIn: [['{09:03, 09:06}', 'hola', '9']],
          onlyReplayed: [
            ['{09:06, 09:09}', 'mundo', '1'],
            ['{09:03, 09:06}', 'hola', '2'],
          ],
        },
      ],
    },
  ],
  proposal: [
    {
      activity: 'actividad-1',
      criterion: 'fijas',
      text: 'Las ventanas fijas',
      points: 0.3,
      proposed: 0.15,
      reason: 'Falta un lote.',
      isManual: false,
    },
    {
      activity: 'actividad-1',
      criterion: 'justificacion',
      text: 'La justificación',
      points: 0.3,
      proposed: 0,
      reason: 'Está escrita.',
      isManual: true,
    },
  ],
};
