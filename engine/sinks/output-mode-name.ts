import type { OutputMode } from '../api/sink.ts';

const names = { append: 'Append', update: 'Update', complete: 'Complete' } as const;

/** As Spark's messages print it. */
export const outputModeName = (mode: OutputMode): string => names[mode];
