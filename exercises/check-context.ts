import type { ResultRows } from '../engine/api/engine-events.ts';
import type { QueryProgress } from '../engine/api/query-progress.ts';

/** A cell of the learner's notebook as a check sees it. */
export type CheckedCell = {
  readonly id: string;
  readonly kind: 'code' | 'markdown' | 'raw';
  readonly source: string;
  /** Text of its outputs, joined. */
  readonly printed: string;
  readonly hasRun: boolean;
  readonly failed: boolean;
};

/** A streaming query of the learner's, alive or ended, since the kernel started. */
export type CheckedQuery = {
  readonly name: string | null;
  readonly sink: string;
  readonly outputMode: 'append' | 'update' | 'complete';
  readonly isActive: boolean;
  readonly failed: boolean;
  /** Executed batches only, oldest first. */
  readonly batches: readonly QueryProgress[];
  /** Rows of the last batch that had any. */
  readonly rows: ResultRows | null;
};

/** What a check may ask. The host answers; nothing here can change the learner's work. */
export type CheckContext = {
  readonly cells: readonly CheckedCell[];
  readonly queries: readonly CheckedQuery[];
  /** Results of batch actions (`show`, `collect`), oldest first. */
  readonly batchResults: readonly ResultRows[];
  /** Names of the files in a folder of the activity; empty when it does not exist. */
  readonly filesIn: (folder: string) => readonly string[];
};
