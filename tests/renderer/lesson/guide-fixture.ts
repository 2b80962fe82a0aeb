import type { GradedActivity, Guide, GuideQuestion } from '../../../main/contract/guide-schema.ts';

export const question: GuideQuestion = {
  id: 'cuantas',
  text: '¿Cuántas ventanas?',
  options: [
    { id: 'una', text: 'Una' },
    { id: 'tres', text: 'Tres' },
  ],
  several: false,
  answer: null,
};

export const guide: Guide = {
  id: 'caso-5',
  title: 'Caso 5 · Ventanas',
  intro: 'Cuenta palabras.',
  steps: [{ id: 'leer', title: 'Lee', body: 'Lee las líneas.', checks: ['lectura'] }],
  errata: [],
  charts: [],
  inputs: [],
  dropFolder: 'entrada',
  questions: [question],
  commands: [
    { command: 'nc -lk 9999', body: 'Escucha.', panel: 'lines' },
    { command: 'zookeeper-server-start.sh', body: 'No hace falta.', panel: 'none' },
  ],
  calculator: { size: '3 minutes', slide: '1 minute', instant: '11:45:50' },
  producer: null,
  services: { topics: [], tables: [], collections: [] },
};

export const gradedActivity: GradedActivity = {
  id: 'actividad-1',
  title: 'Actividad 1 · Ventanas',
  statement: 'Justifica las ventanas.',
  outcome: 'RA5074.1',
  criterion: 'CE4.1d',
  points: 1.5,
  units: ['caso-5'],
  criteria: [{ id: 'fijas', text: 'Las fijas', points: 0.3 }],
  evidence: [{ id: 'consola', title: 'La consola' }],
  missing: ['Palabras contadas', 'Justificación'],
};
