import type { EngineEvent } from '../api/engine-events.ts';
import type { BatchScript } from '../api/batch-script.ts';
import type { Files } from '../api/files.ts';
import type { InputWitness } from '../api/input-witness.ts';
import type { PythonFunctions } from '../api/python-functions.ts';
import type { SinkFormat } from '../api/sink.ts';
import type { SourceFormat } from '../api/source.ts';
import type { Clock } from '../core/clock.ts';
import type { CellId } from '../core/ids.ts';

/** Everything the engine needs filled from outside. */
export type EnginePorts = {
  readonly clock: Clock;
  /** The disk seen from a working folder that may move (`os.chdir`). */
  readonly filesFrom: (folder: () => string) => Files;
  readonly python: PythonFunctions;
  /** Writes to the learner's stdout, attributed to a cell. */
  readonly print: (text: string, cell: CellId | undefined) => void;
  readonly emit: (event: EngineEvent) => void;
  /** True while a window shows charts: then results carry a bounded sample of their rows. */
  readonly isWatched: () => boolean;
  /** Formats beside the engine's own: sockets, Kafka, JDBC, MongoDB. */
  readonly sources: readonly SourceFormat[];
  readonly sinks: readonly SinkFormat[];
  /** Zone of the process, an IANA name: the session's default. */
  readonly localZone: string;
  /** For temporary checkpoints, frames and spilling; absolute. */
  readonly temporaryFolder: string;
  readonly cores: number;
  /** Is told of all input of streaming queries. */
  readonly witness?: InputWitness;
  /** Steers the batches of all queries: a replay. Absent: triggers and data decide, as in Spark. */
  readonly script?: BatchScript;
};

/** Who sent a command: the cell and line that errors and charts point back to, Python's name for the session, and Python's working folder. */
export type Caller = {
  readonly cell: string | null;
  readonly line: number;
  readonly session: string;
  readonly folder: string;
};
