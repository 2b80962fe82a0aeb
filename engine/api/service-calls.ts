/**
 * What the stand-ins in Python (`kafka`, `pymongo`, `mysql.connector`) and the panels of the window ask of the services. One request, one answer, both JSON:
 * bytes travel as base64 text, 64-bit integers as decimal text, MongoDB values as canonical extended JSON text.
 * A refusal of the server is an answer with `error`, so that the stand-in raises the exception of the real package.
 */
export interface ServiceCalls {
  /** `operation`: `kafka.send`, `mongodb.command`, `relational.execute` …; rejects for an unknown one, and with an `AbortError` when the learner interrupts. */
  call(operation: string, input: unknown, signal: AbortSignal): Promise<unknown>;
  /** Closes what one kernel left open; called when it ends. */
  closeAll(): Promise<void>;
}
