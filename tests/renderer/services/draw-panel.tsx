import { act, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { recordedHost, type RecordedAnswers } from '../../../renderer/host/recorded-host.ts';
import { ModelContext } from '../../../renderer/store/use-model.ts';
import { WindowModel } from '../../../renderer/store/window-model.ts';
import { languages } from '../../../renderer/text/texts.ts';

/** Draws a panel over a host of some answers, and lets what it asks at first be answered. */
export async function drawPanel(panel: ReactNode, answers: RecordedAnswers) {
  const host = recordedHost(answers);
  const model = new WindowModel(host, languages.es);
  const view = render(<ModelContext value={model}>{panel}</ModelContext>);
  await settle();
  return { host, model, view };
}

/** What was asked is answered, and drawn. */
export const settle = (): Promise<void> => act(() => new Promise<void>((resolve) => setImmediate(resolve)));
