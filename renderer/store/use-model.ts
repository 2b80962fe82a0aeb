import { createContext, useContext } from 'react';
import { assert } from '../../engine/core/assert-never.ts';
import type { Texts } from '../text/texts.ts';
import type { WindowModel } from './window-model.ts';

export const ModelContext = createContext<WindowModel | null>(null);

export function useModel(): WindowModel {
  const model = useContext(ModelContext);
  assert(model, 'a part of the window is drawn outside the window');
  return model;
}

export const useTexts = (): Texts => useModel().texts;
