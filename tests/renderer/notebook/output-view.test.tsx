import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { CellOutput } from '../../../main/contract/notebook-schema.ts';
import { recordedHost } from '../../../renderer/host/recorded-host.ts';
import { errorText } from '../../../renderer/notebook/output-text.ts';
import { OutputList } from '../../../renderer/notebook/output-view.tsx';
import { ModelContext } from '../../../renderer/store/use-model.ts';
import { WindowModel } from '../../../renderer/store/window-model.ts';
import { languages } from '../../../renderer/text/texts.ts';
import { drawPanel, settle } from '../services/draw-panel.tsx';

afterEach(cleanup);

const drawnOutputs = (outputs: readonly CellOutput[]) =>
  render(
    <ModelContext
      value={
        new WindowModel(
          recordedHost(() => ({})),
          languages.es,
        )
      }
    >
      <OutputList path="caso-6/caso-6.ipynb" cell="c" outputs={outputs} failure={null} onLine={() => undefined} />
    </ModelContext>,
  ).container;
const drawn = (ename: string) =>
  drawnOutputs([{ output_type: 'error', ename, evalue: '', traceback: ['Traceback', `${ename}: `] }]);

test('a cell that was stopped says so without alarm and folds the traceback away', () => {
  const page = drawn('KeyboardInterrupt');
  expect(screen.getByText('Detenida.')).toBeTruthy();
  expect(page.querySelector('.failure')).toBeNull();
  expect(page.querySelector('details')?.open).toBe(false);
  expect(page.querySelector('details pre')?.textContent).toContain('KeyboardInterrupt');
});

test('any other exception is shown as the error that it is', () => {
  const page = drawn('ValueError');
  expect(page.querySelector('.failure pre')?.textContent).toContain('ValueError');
  expect(screen.queryByText('Detenida.')).toBeNull();
});

test('pages, drawings and scripts of an output are never markup of the window', () => {
  const shown = (data: Readonly<Record<string, unknown>>) =>
    drawnOutputs([{ output_type: 'display_data', data: { ...data }, metadata: {} }]);
  const attack = '<img src=x onerror=alert(1)><script>alert(1)</script>';
  for (const type of ['text/html', 'image/svg+xml', 'text/markdown', 'application/javascript']) {
    const page = shown({ [type]: attack });
    expect(page.querySelector('img, script, svg, iframe')).toBeNull();
    expect(page.textContent).toContain('Marea no muestra este tipo de salida');
    cleanup();
  }
  expect(shown({ 'text/html': attack, 'text/plain': attack }).querySelector('pre')?.textContent).toBe(attack);
  cleanup();
  const picture = shown({ 'image/png': '" onerror="alert(1)' }).querySelector('img');
  expect(picture?.getAttributeNames().toSorted()).toEqual(['alt', 'class', 'src']);
});

test('an exception can be captured; that of a cell that was stopped cannot', () => {
  drawn('ValueError');
  expect(screen.getByRole('button', { name: 'Capturar el error ValueError' })).toBeTruthy();
  cleanup();
  drawn('KeyboardInterrupt');
  expect(screen.queryByRole('button', { name: /^Capturar/ })).toBeNull();
});

test('a PNG that a cell shows can be captured, and what is kept has its bytes without line breaks', async () => {
  const { model } = await drawPanel(
    <OutputList
      path="caso-6/caso-6.ipynb"
      cell="c"
      outputs={[
        {
          output_type: 'display_data',
          data: { 'image/png': ['iVBO\n', 'Rw0K\n'], 'text/plain': '<Figure>' },
          metadata: {},
        },
      ]}
      failure={null}
      onLine={() => undefined}
    />,
    () => ({ 'student.read': async () => ({ student: null }) }),
  );
  expect(screen.getByAltText('<Figure>').getAttribute('src')).toBe('data:image/png;base64,iVBORw0K');
  fireEvent.click(screen.getByRole('button', { name: 'Capturar esta imagen' }));
  await settle();
  expect(model.captures.question.get()?.capture).toMatchObject({
    kind: 'output',
    text: '<Figure>',
    image: 'iVBORw0K',
  });
});

test('what is captured of an exception is what was raised and the traceback, without colours', () => {
  const error = {
    output_type: 'error',
    ename: 'ValueError',
    evalue: 'no',
    traceback: ['\u001b[31mTraceback\u001b[0m', 'x'],
  };
  expect(errorText({ ...error, output_type: 'error' })).toBe('ValueError: no\n\nTraceback\nx');
  const told = { ...error, output_type: 'error' as const, evalue: 'no\nplan', traceback: ['Traceback', 'E: no\nplan'] };
  expect(errorText(told)).toBe('ValueError: no\n\nTraceback\nE: no\nplan');
  expect(errorText({ ...error, output_type: 'error', traceback: [] })).toBe('ValueError: no');
});
