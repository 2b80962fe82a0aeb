import type { PackContent } from '../../../main/grading/write-pack.ts';

const cell = (id: string, source: string) => ({
  cell_type: 'code',
  id,
  metadata: {},
  execution_count: 1,
  outputs: [{ output_type: 'stream', name: 'stdout', text: ['de la solución\n'] }],
  source: [source],
});

const notebook = JSON.stringify({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {},
  cells: [cell('caso5-sesion', 'print("hola")')],
});

const criterion = (id: string, points: number, isManual = false) => ({
  activity: 'actividad-1',
  id,
  text: `El criterio ${id}`,
  points,
  evidence: [],
  queries: [],
  stores: [],
  isManual,
});

/** A pack of one unit and one activity, without running anything. */
export const packContent: PackContent = {
  marea: '0.1.0',
  createdAt: '2026-03-02T08:00:00.000Z',
  activities: [{ id: 'actividad-1', title: 'Actividad 1 · Ventanas', points: 1, units: ['caso-5'] }],
  criteria: [criterion('fijas', 0.3), criterion('deslizantes', 0.4), criterion('justificacion', 0.3, true)],
  units: [
    {
      id: 'caso-5',
      title: 'Caso 5 · Ventanas',
      notebook,
      files: new Map([['entrada/frases.txt', Buffer.from('Hola Mundo\n')]]),
    },
  ],
};
