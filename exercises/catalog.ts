import { bizum } from './bizum/exercise.ts';
import { caso5 } from './caso-5/exercise.ts';
import { caso6 } from './caso-6/exercise.ts';
import { caso7 } from './caso-7/exercise.ts';
import { caso8 } from './caso-8/exercise.ts';
import type { Exercise } from './define-exercise.ts';
import { limpiezaJoin } from './limpieza-join/exercise.ts';

/** The syllabus, in order. */
export const syllabus: readonly Exercise[] = [caso5, caso6, caso7, caso8, bizum, limpiezaJoin];
