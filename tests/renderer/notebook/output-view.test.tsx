import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { recordedHost } from '../../../renderer/host/recorded-host.ts';
import { OutputList } from '../../../renderer/notebook/output-view.tsx';
import { ModelContext } from '../../../renderer/store/use-model.ts';
import { WindowModel } from '../../../renderer/store/window-model.ts';
import { languages } from '../../../renderer/text/texts.ts';

afterEach(cleanup);

const drawn = (ename: string) =>
  render(
    <ModelContext
      value={
        new WindowModel(
          recordedHost(() => ({})),
          languages.es,
        )
      }
    >
      <OutputList
        path="caso-6/caso-6.ipynb"
        cell="c"
        outputs={[{ output_type: 'error', ename, evalue: '', traceback: ['Traceback', `${ename}: `] }]}
        failure={null}
        onLine={() => undefined}
      />
    </ModelContext>,
  ).container;

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
