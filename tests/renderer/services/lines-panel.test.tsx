import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { LinesPanel } from '../../../renderer/services/lines-panel.tsx';
import { drawPanel, settle } from './draw-panel.tsx';

afterEach(cleanup);

async function drawn(isOpen = true) {
  const sent: string[] = [];
  const opened: number[] = [];
  const { model } = await drawPanel(<LinesPanel activity={null} />, (emit) => ({
    'lines.list': async () => ({
      servers: isOpen || opened.length > 0 ? [{ port: 9999, clients: 0, waiting: 2 }] : [],
    }),
    'lines.open': async ({ port }) => {
      opened.push(port);
      return {};
    },
    'lines.send': async ({ port, text }) => {
      sent.push(text);
      emit('lines.line', { port, direction: 'sent', text, atMs: 0 });
      return {};
    },
  }));
  await model.panels.lines.refresh();
  await settle();
  return { sent, opened };
}

const input = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Línea para el puerto 9999' });

test('an empty panel says what to do, and opens the port of the course', async () => {
  const { opened } = await drawn(false);
  expect(screen.getByText(/Ningún puerto abierto/)).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: 'Abrir el puerto' }));
  await settle();
  expect(opened).toEqual([9999]);
  expect(screen.getByText('nadie escucha todavía')).toBeDefined();
  expect(screen.getByText('2 líneas en espera del primer cliente')).toBeDefined();
});

test('a number that is no port is not asked for', async () => {
  const { opened } = await drawn(false);
  fireEvent.change(screen.getByRole('textbox', { name: 'Puerto' }), { target: { value: '99999' } });
  fireEvent.click(screen.getByRole('button', { name: 'Abrir el puerto' }));
  await settle();
  expect(opened).toEqual([]);
});

test('Enter sends, several pasted lines at once, and the arrows bring back what was sent', async () => {
  const { sent } = await drawn();
  for (const text of ['uno', 'dos\ntres']) {
    fireEvent.change(input(), { target: { value: text } });
    fireEvent.keyDown(input(), { key: 'Enter' });
    await settle();
  }
  expect(sent).toEqual(['uno', 'dos\ntres']);
  expect(input().value).toBe('');
  fireEvent.change(input(), { target: { value: 'x' } });
  fireEvent.keyDown(input(), { key: 'ArrowUp' });
  expect(input().value).toBe('dos\ntres');
});

test('Shift+Enter makes a new line and sends nothing', async () => {
  const { sent } = await drawn();
  fireEvent.change(input(), { target: { value: 'uno' } });
  const wasLeftAlone = fireEvent.keyDown(input(), { key: 'Enter', shiftKey: true });
  expect(wasLeftAlone).toBe(true);
  expect(sent).toEqual([]);
});
