import { caso6 } from './caso-6/exercise.ts';
import { caso7 } from './caso-7/exercise.ts';
import type { Exercise } from './define-exercise.ts';

/** The syllabus, in order. */
export const syllabus: readonly Exercise[] = [caso6, caso7];
