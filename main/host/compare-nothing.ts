import type { CompareBundle } from '../grading/comparing.ts';

/** Where nothing can run hand-ins again. */
export const compareNothing: CompareBundle = ({ handIn }) =>
  Promise.resolve({
    verdict: 'cannot_run',
    units: handIn.notebooks.map(({ unit, title }) => ({
      unit,
      title,
      verdict: 'cannot_run',
      message: 'Esta versión no sabe ejecutar entregas.',
      compared: 0,
      differences: [],
    })),
    proposal: [],
  });
