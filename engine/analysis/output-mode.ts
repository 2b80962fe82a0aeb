export type OutputMode = 'append' | 'update' | 'complete';

/** As Spark's messages spell it. */
export const modeWord = (mode: OutputMode): string =>
  mode === 'append' ? 'Append' : mode === 'update' ? 'Update' : 'Complete';
