import type { EngineEvent } from '../../engine/api/engine-events.ts';
import type { ClockState } from './clock-state.ts';
import type { EvidenceRecord } from './evidence-schema.ts';
import type { GradingRow } from './grading-schema.ts';
import type { CheckResult } from './guide-schema.ts';
import type { CellOutput } from './notebook-schema.ts';
import type { ServiceStatus } from '../../engine/api/service-status.ts';
import type { LineServerState, ProducerState } from './service-schema.ts';

/** A short Spanish card over Spark's own text: what happened, why, what to do. */
export type ErrorCard = { readonly title: string; readonly why: string; readonly fix: string };

/** Everything the host tells without being asked. `path` is the notebook's. */
export type Events = {
  'kernel.state': {
    readonly path: string;
    readonly state: 'starting' | 'idle' | 'busy' | 'restarting' | 'dead';
    readonly note?: string;
  };
  /** The cell began to run; `codeHash` is the SHA-256 of its source, in hex. */
  'cell.started': {
    readonly path: string;
    readonly cell: string;
    readonly run: number;
    readonly at: string;
    readonly codeHash: string;
  };
  /** One output to append; `stream` text joins the last output of the same name. `cell` null: no cell could be named. */
  'cell.output': { readonly path: string; readonly cell: string | null; readonly output: CellOutput };
  'cell.clear': { readonly path: string; readonly cell: string };
  'cell.finished': {
    readonly path: string;
    readonly cell: string;
    readonly run: number;
    readonly status: 'ok' | 'error' | 'interrupted';
    /** The number in `In [n]`; null when the cell got none: Python was gone before it could count. */
    readonly count: number | null;
    readonly startedAt: string;
    readonly durationMs: number;
    readonly card?: ErrorCard;
    /** Line of the cell that raised, from 1. */
    readonly line?: number;
  };
  /** The cell waits in `awaitTermination()` of a query (null: any query), or stopped waiting. */
  'cell.waiting': {
    readonly path: string;
    readonly cell: string;
    readonly waiting: boolean;
    readonly query: string | null;
  };
  'query.event': { readonly path: string; readonly event: EngineEvent; readonly card?: ErrorCard };
  /** The virtual clock was moved, or goes at another pace. */
  clock: ClockState;
  'services.changed': { readonly services: readonly ServiceStatus[] };
  'lines.changed': { readonly servers: readonly LineServerState[] };
  /** A line that went out or came in, for the panel's transcript. */
  'lines.line': {
    readonly port: number;
    readonly direction: 'sent' | 'received';
    readonly text: string;
    readonly atMs: number;
  };
  'producer.changed': ProducerState;
  'files.changed': { readonly folder: string };
  'activity.checks': { readonly id: string; readonly checks: readonly CheckResult[] };
  /** A capture was kept; its files with their hashes are in it. */
  'evidence.captured': { readonly item: EvidenceRecord };
  /** A hand-in of the teacher's table waits, is replayed, was compared. */
  'grading.row': GradingRow;
  /** Another window saved this notebook. */
  'notebook.saved': { readonly path: string; readonly revision: number };
  problem: { readonly title: string; readonly detail: string; readonly blame: 'learner' | 'environment' | 'marea' };
};
export type EventName = keyof Events;
