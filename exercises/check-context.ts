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

/** A record of a topic, its key and value as text. */
export type CheckedRecord = {
  readonly partition: number;
  readonly offset: number;
  readonly timestampMs: number;
  readonly key: string | null;
  readonly value: string | null;
};

/** A table of the relational store: values as text, null for NULL. */
export type CheckedTable = {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
};

/** What a check may ask. The host answers; nothing here can change the learner's work. */
export type CheckContext = {
  readonly cells: readonly CheckedCell[];
  readonly queries: readonly CheckedQuery[];
  /** Results of batch actions (`show`, `collect`), oldest first. */
  readonly batchResults: readonly ResultRows[];
  /** Names of the files in a folder of the activity; empty when it does not exist. */
  readonly filesIn: (folder: string) => readonly string[];
  /** Newest records, oldest first, of a topic that the exercise names; empty when it does not exist or no broker runs. */
  readonly topic: (name: string) => readonly CheckedRecord[];
  /** A table that the exercise names; null when it does not exist or nothing was ever asked of the store. */
  readonly table: (name: string) => CheckedTable | null;
  /** Documents of a collection that the exercise names, as relaxed extended JSON. */
  readonly collection: (name: string) => readonly Readonly<Record<string, unknown>>[];
  /** Whether the learner answered a question of the guide. */
  readonly hasAnswered: (question: string) => boolean;
};
