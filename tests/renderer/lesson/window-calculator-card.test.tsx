import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { WindowCalculatorCard } from '../../../renderer/lesson/window-calculator-card.tsx';
import { drawPanel } from '../services/draw-panel.tsx';

afterEach(cleanup);

const draw = (instant = '11:45:50') =>
  drawPanel(<WindowCalculatorCard initial={{ size: '3 minutes', slide: '1 minute', instant }} />, () => ({}));
const change = (field: string, value: string) => fireEvent.change(screen.getByLabelText(field), { target: { value } });
const rows = () =>
  screen
    .getAllByRole('row')
    .slice(1)
    .map((row) => row.textContent);

test('the windows of an instant are counted, listed and explained', async () => {
  await draw();
  expect(screen.getByText('11:45:50 cae en 3 ventanas.')).toBeDefined();
  expect(rows()).toEqual([
    '11:4211:45no, ya terminó',
    '11:4311:46sí',
    '11:4411:47sí',
    '11:4511:48sí',
    '11:4611:49no ha empezado',
  ]);
  expect(screen.getByText('3 min ÷ 1 min = 3: siempre 3 ventanas.')).toBeDefined();
  expect(screen.getByRole('img', { name: 'Ventanas alrededor de 11:45:50' }).textContent).toContain('11:43–11:46');
});

test('a slide that does not divide the size gives now one window more, now one less', async () => {
  await draw();
  change('Desplazamiento', '2 minutes');
  expect(screen.getByText('11:45:50 cae en 1 ventana.')).toBeDefined();
  expect(screen.getByText('1 o 2 ventanas, mitad y mitad del tiempo.')).toBeDefined();
  change('Instante', '11:44:30');
  expect(screen.getByText('11:44:30 cae en 2 ventanas.')).toBeDefined();
  change('Tamaño', '5 minutes');
  change('Desplazamiento', '4 minutes');
  expect(screen.getByText('1 o 2 ventanas: 2 el 25 % del tiempo.')).toBeDefined();
});

test('seconds and dates are written where the windows need them', async () => {
  await draw();
  change('Tamaño', '30 seconds');
  change('Desplazamiento', '30 seconds');
  expect(rows()[1]).toBe('11:45:3011:46:00sí');
  change('Tamaño', '1 day');
  change('Desplazamiento', '1 day');
  change('Instante', '2024-01-10 11:45:50.5');
  expect(rows()[1]).toBe('2024-01-10 01:002024-01-11 01:00sí');
  expect(screen.getByText('2024-01-10 11:45:50.5 cae en 1 ventana.')).toBeDefined();
});

test('what Spark would refuse is said instead of drawn', async () => {
  await draw();
  change('Tamaño', '3 min');
  expect(screen.getByRole('status').textContent).toContain('Spark no entiende «3 min»');
  expect(screen.queryByRole('img')).toBeNull();
});

test('without an instant nothing is given away', async () => {
  await draw('');
  expect(screen.getByRole('status').textContent).toContain('Falta el instante.');
  expect(screen.queryByRole('table')).toBeNull();
});
