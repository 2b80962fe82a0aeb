import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { CellOutput } from '../../../main/contract/notebook-schema.ts';
import { recordedHost } from '../../../renderer/host/recorded-host.ts';
import { OutputList } from '../../../renderer/notebook/output-view.tsx';
import { ModelContext } from '../../../renderer/store/use-model.ts';
import { WindowModel } from '../../../renderer/store/window-model.ts';
import { languages } from '../../../renderer/text/texts.ts';

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
