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
