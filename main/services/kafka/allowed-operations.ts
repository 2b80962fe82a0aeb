/** What a client without restrictions may do (describe, alter, read, write …), one bit for each of Kafka's operations. */
const allOperations = { topic: 3576, cluster: 8096, group: 328 } as const;
/** The answer where the request did not ask. */
export const operationsNotAsked = -(2 ** 31);

/** What is answered about a resource: a client that asked gets a bit set, as some take the other answer for one. */
export const allowedOperations = (resource: keyof typeof allOperations, wasAsked: boolean): number =>
  wasAsked ? allOperations[resource] : operationsNotAsked;
