import { setFlagsFromString } from 'node:v8';

/**
 * Python sees JavaScript through Pyodide, and with `Function("…")` it could make code that sees Node. The flag closes that for every thread
 * started later; it must not be on the command line, where it would also bind the host (mysql2 generates code).
 */
export function forbidCodeGenerationInWorkers(): void {
  setFlagsFromString('--disallow-code-generation-from-strings');
}

/** The JavaScript that Python may see: what Pyodide's event loop and value conversion need, and nothing that reaches Node. */
export function restrictedGlobals(): Record<string, unknown> {
  return {
    setTimeout,
    clearTimeout,
    setInterval,
    clearInterval,
    setImmediate,
    clearImmediate,
    queueMicrotask,
    Object,
    Array,
    Promise,
    Error,
    Map,
    Set,
    Date,
    JSON,
    Math,
    Number,
    String,
    Boolean,
    Symbol,
    BigInt,
    Uint8Array,
    ArrayBuffer,
  };
}

/** What Pyodide has and does not declare. */
type WithSockets = {
  readonly _module: { readonly SOCKFS: { createSocket: () => never } };
  readonly FS: { readonly ErrnoError: new (errno: number) => Error };
};

/** EPERM, in the numbers of Python in WebAssembly. */
const notPermitted = 63;

/** A socket of Python's would be a web socket of Node's, to whatever address a program names. What Marea connects, it connects itself. */
export function refuseSockets(python: object): void {
  const { _module, FS } = python as WithSockets;
  _module.SOCKFS.createSocket = () => {
    throw new FS.ErrnoError(notPermitted);
  };
}
