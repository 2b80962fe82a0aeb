import type { Files } from '../api/files.ts';
import { queryId, type QueryId } from '../core/ids.ts';
import { SparkError } from '../core/spark-error.ts';

/** Spark's layout of a checkpoint; `engine/checkpoint` alone knows these names. All paths absolute. */
export type CheckpointFolder = {
  readonly root: string;
  readonly metadata: string;
  readonly offsets: string;
  readonly commits: string;
  readonly sources: (index: number) => string;
  /** Folder of one partition of one stateful operator; `state/0/0` holds the database. */
  readonly state: (operator: number, partition: number) => string;
  readonly stateRoot: string;
  readonly database: string;
};

export function checkpointFolder(root: string): CheckpointFolder {
  const state = (operator: number, partition: number): string => `${root}/state/${operator}/${partition}`;
  return {
    root,
    metadata: `${root}/metadata`,
    offsets: `${root}/offsets`,
    commits: `${root}/commits`,
    sources: (index) => `${root}/sources/${index}`,
    state,
    stateRoot: `${root}/state`,
    database: `${state(0, 0)}/marea.duckdb`,
  };
}

/** The query id kept in `metadata`, or null when the checkpoint is new. Throws at `start()` for a file that is not Spark's JSON. */
export async function readQueryId(folder: CheckpointFolder, files: Files): Promise<QueryId | null> {
  if ((await files.stat(folder.metadata)) === null) return null;
  const text = await files.readText(folder.metadata);
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null && 'id' in parsed && typeof parsed.id === 'string')
      return queryId(parsed.id);
  } catch {
    // Falls through to Spark's refusal.
  }
  throw new SparkError(
    { java: 'com.fasterxml.jackson.core.io.JsonEOFException' },
    `Unexpected end-of-input in the metadata file ${folder.metadata}`,
  );
}

/** Writes a new query id; done once in the life of a checkpoint. */
export async function writeQueryId(folder: CheckpointFolder, id: QueryId, files: Files): Promise<void> {
  await files.makeFolder(folder.root);
  await files.writeAtomic(folder.metadata, JSON.stringify({ id }));
}
