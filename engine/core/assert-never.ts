/** Ends a closed switch: a new union member makes the switch fail to compile; bad data fails here by name. */
export function assertNever(value: never, what: string): never {
  throw new Error(`unknown ${what}: ${JSON.stringify(value)}`);
}

/** An invariant of our own. Never for what a learner or the environment can cause. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`internal error: ${message}`);
}
