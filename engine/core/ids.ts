import type { Brand } from './brand.ts';

/** Identity of a streaming query; kept in its checkpoint, survives restarts. A UUID. */
export type QueryId = Brand<string, 'QueryId'>;
/** One life of a query, from start to stop. A UUID. */
export type RunId = Brand<string, 'RunId'>;
/** Counts micro-batches from 0 without gaps. */
export type BatchId = Brand<number, 'BatchId'>;
/** Names the notebook cell (or script) whose code caused something. */
export type CellId = Brand<string, 'CellId'>;

export const queryId = (text: string): QueryId => text as QueryId;
export const runId = (text: string): RunId => text as RunId;
export const batchId = (value: number): BatchId => value as BatchId;
export const cellId = (text: string): CellId => text as CellId;
