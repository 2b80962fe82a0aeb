import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { GuideQuestion } from '../../../main/contract/guide-schema.ts';
import { HostFailure } from '../../../main/contract/host-api.ts';
import { recordedHost, type RecordedAnswers } from '../../../renderer/host/recorded-host.ts';
import { ActivityStore } from '../../../renderer/lesson/activity-store.ts';
import { LessonPanel } from '../../../renderer/lesson/lesson-panel.tsx';
import { drawPanel, settle } from '../services/draw-panel.tsx';
import { gradedActivity, guide, question } from './guide-fixture.ts';

afterEach(cleanup);

const answered: GuideQuestion = {
  ...question,
  answer: { chosen: ['una'], right: ['tres'], explanation: 'Duran tres minutos.', at: '2026-11-25T10:00:00Z' },
};

async function drawGuide(shown = guide, more: Partial<ReturnType<RecordedAnswers>> = {}) {
  const sent: (readonly string[])[] = [];
  const answers: RecordedAnswers = () => ({
    'activity.open': async () => ({ guide: shown, folder: 'caso-5', notebook: 'caso-5/caso-5.ipynb', checks: [] }),
    'activity.check': async () => ({ checks: [{ id: 'lectura', title: 'Lectura', passed: true, message: 'Hecho.' }] }),
    'activity.list': async () => ({ activities: [], graded: [gradedActivity], notebooks: [], lastNotebook: null }),
    'activity.answer': async ({ chosen }) => {
      sent.push(chosen);
      return { question: answered };
    },
    ...more,
  });
  const activity = new ActivityStore(recordedHost(answers), guide.id);
  await activity.open();
  const { model } = await drawPanel(<LessonPanel activity={activity} />, answers);
  return { model, sent, activity };
}

const open = async (title: string) => {
  fireEvent.click(screen.getByRole('heading', { name: title }));
  await settle();
};

test('the right answer is shown after the learner’s own, with the reason and the focus', async () => {
  const { sent, activity } = await drawGuide();
  expect(screen.queryByText('Duran tres minutos.')).toBeNull();
  fireEvent.click(screen.getByRole('radio', { name: 'Una' }));
  fireEvent.click(screen.getByRole('button', { name: 'Responder' }));
  await settle();
  expect(sent).toEqual([['una']]);
  expect(screen.getByText('No era esa. Mira por qué:')).toBeDefined();
  expect(document.activeElement?.textContent).toContain('Duran tres minutos.');
  expect(screen.getByText('(respuesta correcta)')).toBeDefined();
  expect(screen.queryByRole('radio')).toBeNull();
  expect(activity.state.get().checks).toHaveLength(1);
});

test('an answer that could not be kept can be given again', async () => {
  const { model } = await drawGuide(guide, {
    'activity.answer': async () => {
      throw new HostFailure('closed', 'closed');
    },
  });
  fireEvent.click(screen.getByRole('radio', { name: 'Tres' }));
  fireEvent.click(screen.getByRole('button', { name: 'Responder' }));
  await settle();
  expect(model.notices.toasts.get().map(({ text }) => text)).toEqual([model.texts.questions.failed]);
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Responder' }).disabled).toBe(false);
});

test('where several options are right, several can be chosen', async () => {
  const { sent } = await drawGuide({ ...guide, questions: [{ ...question, several: true }] });
  for (const name of ['Una', 'Tres', 'Una']) fireEvent.click(screen.getByRole('checkbox', { name }));
  fireEvent.click(screen.getByRole('button', { name: 'Responder' }));
  await settle();
  expect(sent).toEqual([['tres']]);
});

test('a command of the course opens the panel that does the same', async () => {
  const { model } = await drawGuide();
  const openings: string[] = [];
  model.trayTab.onOpen(() => openings.push(model.trayTab.get()));
  await open('Las órdenes del curso, aquí');
  fireEvent.click(screen.getByRole('button', { name: 'Abrir netcat' }));
  expect(openings).toEqual(['lines']);
  const needless = screen.getByText('zookeeper-server-start.sh').closest('li');
  expect(within(needless ?? document.body).queryByRole('button', { name: /^Abrir/ })).toBeNull();
});

test('a graded activity says what it still lacks', async () => {
  await drawGuide();
  const note = screen.getByRole('region', { name: 'Actividad 1 · Ventanas' });
  expect(note.textContent).toContain('1,5 puntos');
  expect(note.textContent).toContain('Faltan 2 comprobaciones');
});
