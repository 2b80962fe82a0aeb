import type { MessagePort } from 'node:worker_threads';

/** A rich value: one text per MIME type; binary types in base64. */
export type MimeBundle = Readonly<Record<string, unknown>>;

/** One line of a traceback. Columns count UTF-8 bytes from 0, as Python's own do; absent when unknown. */
export type PyFrame = {
  readonly file: string;
  readonly name: string;
  readonly line: number;
  readonly end_line: number | null;
  readonly col: number | null;
  readonly end_col: number | null;
  /** Numbered source lines around `line`. */
  readonly context: readonly (readonly [number, string])[];
};
/** Stands for the middle of a deep recursion. */
export type SkippedFrames = { readonly skipped: number };

/** An exception, for a screen to draw: only the learner's frames. */
export type PyError = {
  readonly ename: string;
  readonly evalue: string;
  readonly frames: readonly (PyFrame | SkippedFrames)[];
  /** What CPython would print, without frames of ours. */
  readonly traceback: string;
  readonly syntax?: {
    readonly file: string | null;
    readonly line: number | null;
    readonly col: number | null;
    readonly end_line: number | null;
    readonly end_col: number | null;
    readonly text: string;
    readonly msg: string;
  };
  /** Python's "Did you mean". */
  readonly hint?: string;
  /** Spark's error class. */
  readonly condition?: string;
  readonly cause?: PyError;
};

export type ExecuteReply = {
  readonly status: 'ok' | 'error';
  /** The number in `In [n]`. */
  readonly count: number;
  readonly ms: number;
  readonly error?: PyError;
};

/** `code` as a shell sees it: 0, `sys.exit(code)`, 1 after an uncaught exception. */
export type ScriptReply = { readonly code: number; readonly ms: number };

/** A program run as `__main__`. `path` is the name as given: tracebacks and `__file__` print it. */
export type Script = { readonly path: string; readonly source: string; readonly args: readonly string[] };

export type StreamName = 'stdout' | 'stderr';

/** What a kernel tells. `cell` is the cell the output belongs to, null for none. */
export type KernelEvent =
  | { readonly kind: 'ready'; readonly python: string; readonly startMs: number }
  | { readonly kind: 'busy'; readonly cell: string }
  | { readonly kind: 'stream'; readonly cell: string | null; readonly name: StreamName; readonly text: string }
  | {
      readonly kind: 'display' | 'update_display';
      readonly cell: string | null;
      readonly data: MimeBundle;
      readonly id?: string;
    }
  | { readonly kind: 'clear'; readonly cell: string | null; readonly wait: boolean }
  | { readonly kind: 'result'; readonly cell: string; readonly count: number; readonly data: MimeBundle }
  | { readonly kind: 'done'; readonly cell: string; readonly reply: ExecuteReply }
  | { readonly kind: 'log'; readonly text: string }
  /** The interpreter is gone and with it every variable. */
  | { readonly kind: 'died'; readonly reason: string };

/** Host → worker, handled by the worker's event loop only: a queued cell can never run inside another. */
export type ToWorker =
  | {
      readonly kind: 'execute';
      readonly run: number;
      readonly cell: string;
      readonly source: string;
      readonly path?: string;
    }
  | { readonly kind: 'script'; readonly run: number; readonly cell: string; readonly script: Script }
  | { readonly kind: 'interrupt'; readonly run: number }
  | {
      readonly kind: 'prepare';
      readonly mounts: readonly FolderMount[];
      readonly folder: string;
      readonly env: Readonly<Record<string, string>>;
    };

/** Worker → host, all on one port: with two, `done`, a call or a callback's answer could overtake the output before it. */
export type FromWorker =
  | { readonly kind: 'ready'; readonly python: string }
  | { readonly kind: 'output'; readonly json: string }
  | { readonly kind: 'done'; readonly run: number; readonly json: string }
  | { readonly kind: 'script_done'; readonly run: number; readonly json: string }
  | { readonly kind: 'prepared' }
  | { readonly kind: 'fatal'; readonly reason: string }
  | { readonly kind: 'log'; readonly text: string }
  | PythonCall;

/** A call Python waits for, its withdrawal, the answer to a callback. */
export type PythonCall =
  | { readonly kind: 'call'; readonly id: number; readonly operation: string; readonly input: string }
  | { readonly kind: 'cancel'; readonly id: number }
  | { readonly kind: 'callback_done'; readonly id: number; readonly json: string };

/** Host → worker on a port of its own, read synchronously while Python waits and by the event loop while it is idle. */
export type BridgeToPython =
  | { readonly kind: 'reply'; readonly id: number; readonly json: string }
  | { readonly kind: 'callback'; readonly json: string };

/** The JSON of a `reply`: what a Python call returns or raises. */
export type CallOutcome =
  | { readonly ok: unknown }
  | {
      readonly error: {
        /** PySpark's class, or null for a Java class that reaches Python as `Py4JJavaError`. */
        readonly class: string | null;
        readonly java: string;
        readonly message: string;
        readonly condition: string | null;
        readonly parameters: Readonly<Record<string, string>>;
        readonly sqlState: string | null;
        /** What Java names after `Caused by:`, outermost first. */
        readonly causes: readonly { readonly java: string; readonly message: string }[];
      };
    };

/** The JSON of a `callback_done`. */
export type CallbackOutcome = { readonly ok: unknown } | { readonly error: PyError };

/** What a worker is started with. */
export type WorkerSetup = {
  readonly control: SharedArrayBuffer;
  readonly bridge: MessagePort;
  readonly pyodideFolder: string;
  readonly stdlib: string;
  readonly packages: string;
  readonly memoryLimitBytes: number;
  /** Memory of the clock to follow, see shared-time.ts; absent: the machine's clock. */
  readonly clock?: SharedArrayBuffer;
  /** Real folders Python may see, and where. */
  readonly mounts: readonly FolderMount[];
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
};

export type FolderMount = { readonly host: string; readonly guest: string };
