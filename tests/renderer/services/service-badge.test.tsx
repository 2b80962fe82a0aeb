import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { ServiceChoice, ServiceStatus } from '../../../engine/api/service-status.ts';
import { ServiceBadge } from '../../../renderer/services/service-badge.tsx';
import { drawPanel, settle } from './draw-panel.tsx';

afterEach(cleanup);

const kafka: ServiceStatus = {
  kind: 'kafka',
  mode: 'automatic',
  state: 'running',
  address: '127.0.0.1:9092',
  isOtherPort: false,
  bytes: 0,
  connections: 0,
  error: null,
};

async function drawn(status: Partial<ServiceStatus> = {}) {
  const chosen: ServiceChoice[] = [];
  const written: unknown[] = [];
  const services = [{ ...kafka, ...status }];
  const { model } = await drawPanel(<ServiceBadge kind="kafka" />, () => ({
    'services.list': async () => ({ services }),
    'services.configure': async ({ choice }) => {
      chosen.push(choice as ServiceChoice);
      return { services };
    },
    'settings.write': async ({ settings }) => {
      written.push(settings);
      return {};
    },
  }));
  await model.panels.services.refresh();
  await settle();
  return { chosen, written };
}

test('a service says how it is and where, and that the port is another one', async () => {
  await drawn({ address: '127.0.0.1:40123', isOtherPort: true });
  expect(screen.getByRole('status').textContent).toBe('En marchaotro puerto: 127.0.0.1:40123');
  expect(screen.getByRole('button', { name: 'Copiar la dirección' })).toBeDefined();
});

test('the learner’s own server is told from Marea’s', async () => {
  await drawn({ state: 'real', address: 'broker:9092' });
  expect(screen.getByRole('status').textContent).toContain('Servidor real');
});

test('a chosen server goes to the host with its login, of which the window keeps nothing', async () => {
  const { chosen, written } = await drawn();
  fireEvent.click(screen.getByRole('button', { name: /elegir el servidor de Kafka/ }));
  fireEvent.click(screen.getByRole('radio', { name: /El mío/ }));
  fireEvent.change(screen.getByLabelText('Dirección'), { target: { value: ' broker:9092 ' } });
  fireEvent.change(screen.getByLabelText('Contraseña'), { target: { value: 'secreta' } });
  fireEvent.click(screen.getByRole('button', { name: 'Usar este servidor' }));
  await settle();
  expect(chosen).toEqual([{ mode: 'real', address: 'broker:9092', password: 'secreta' }]);
  expect(written).toEqual([]);
});
