import { join } from 'node:path';
import { HeadlessWindow, type HeadlessOptions } from '../../../main/host/headless-window.ts';
import { repository } from '../../support/source-files.ts';
import { pythonFiles } from '../kernel/start-kernel.ts';

export type TestWindow = HeadlessWindow;
export type TestWindowOptions = Omit<HeadlessOptions, 'materialFolder' | 'python'>;

export const TestWindow = {
  start: async (options: TestWindowOptions = {}): Promise<TestWindow> =>
    HeadlessWindow.open({
      materialFolder: join(repository, 'exercises'),
      python: await pythonFiles(),
      ...options,
    }),
};
