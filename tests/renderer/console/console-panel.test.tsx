import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { allQueries, ConsolePanel, ConsoleTools } from '../../../renderer/console/console-panel.tsx';
import { recordedHost } from '../../../renderer/host/recorded-host.ts';
import { newCell } from '../../../renderer/notebook/cell-operations.ts';
import { ModelContext } from '../../../renderer/store/use-model.ts';
import { WindowModel } from '../../../renderer/store/window-model.ts';
import { languages } from '../../../renderer/text/texts.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const path = 'caso-6/caso-6.ipynb';

async function shown(...texts: readonly { readonly name: string | null; readonly cell: string | null }[]) {
  const cell = { ...newCell('code', 'df.writeStream.start()'), id: 'c', execution_count: 5 };
  const host = recordedHost(() => ({
    'notebook.open': async () => ({
      notebook: { nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [cell] },
      revision: 1,
      recovered: false,
      kernel: 'idle' as const,
    }),
    'query.list': async () => ({ events: [] }),
  }));
  const model = new WindowModel(host, languages.es);
  render(
    <ModelContext value={model}>
      <ConsoleTools path={path} filter={allQueries} onFilter={() => undefined} />
      <ConsolePanel path={path} filter={allQueries} />
    </ModelContext>,
  );
  await act(async () => {
    texts.forEach((identity, n) =>
      host.emit('query.event', {
        path,
        event: {
          kind: 'console_text',
          text: `lote de ${n}\n`,
          queryId: `9f1c2a34-${n}`,
          runId: `0a1b2c3d-${n}`,
          ...identity,
        },
      }),
    );
    await vi.advanceTimersByTimeAsync(200);
  });
}

const sources = () =>
  [...document.querySelectorAll('.console-source')].map((source) =>
    [...source.querySelectorAll('b, span')].map((part) => part.textContent).join(''),
  );

test('a query without a name is called after its cell, and can be chosen by it', async () => {
  await shown({ name: null, cell: 'c' });
  expect(sources()).toEqual(['celda [5]']);
  expect(screen.getAllByRole('option').map((option) => option.textContent)).toEqual([
    'Todas las consultas',
    'celda [5]',
  ]);
});

test('a query with a name says its cell beside it; one whose cell is gone keeps the beginning of its run', async () => {
  await shown({ name: 'Bolsa', cell: 'c' }, { name: null, cell: 'gone' });
  expect(sources()).toEqual(['Bolsacelda [5]', '0a1b2c3d']);
});
