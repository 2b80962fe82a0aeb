import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { ActivitySummary } from '../../../main/contract/guide-schema.ts';
import { GradedList } from '../../../renderer/start/graded-list.tsx';
import { gradedActivity, guide } from '../lesson/guide-fixture.ts';
import { drawPanel, settle } from '../services/draw-panel.tsx';

afterEach(cleanup);

const unit: ActivitySummary = {
  id: 'caso-5',
  title: 'Caso 5 · Ventanas',
  summary: '',
  minutes: 40,
  stepsDone: 0,
  stepsTotal: 1,
  lastOpened: null,
};

test('shows points, criteria, evidence and what is missing, and opens the unit', async () => {
  const opened: string[] = [];
  await drawPanel(<GradedList graded={[gradedActivity]} units={[unit]} />, () => ({
    'activity.open': async ({ id }) => {
      opened.push(id);
      return { guide, folder: id, notebook: `${id}/${id}.ipynb`, checks: [] };
    },
  }));
  expect(screen.getByText('Las que puntúan en el curso: 1,5 puntos en total.')).toBeDefined();
  const card = screen.getByRole('listitem', { name: gradedActivity.title });
  for (const text of ['(0,3 puntos)', 'La consola', 'Faltan 2 comprobaciones', 'Justificación'])
    expect(card.textContent).toContain(text);
  fireEvent.click(screen.getByRole('button', { name: 'Abrir Caso 5 · Ventanas' }));
  await settle();
  expect(opened).toEqual(['caso-5']);
});

test('a graded activity with nothing missing says so', async () => {
  await drawPanel(<GradedList graded={[{ ...gradedActivity, missing: [] }]} units={[unit]} />, () => ({}));
  expect(screen.getByText('Todo comprobado')).toBeDefined();
});
