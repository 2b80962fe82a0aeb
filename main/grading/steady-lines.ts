const passing = [
  /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g,
  /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z?/g,
  /(["'])(?:addBatch|commitOffsets|getBatch|latestOffset|queryPlanning|triggerExecution|walCommit|\w+(?:Ms|PerSecond|Bytes))\1: ?-?[\d.eE+-]+/g,
];

/** Lines of an output as rows of one cell, without what is another in each run: ids, moments, how long it took, how fast, how large; blank ones are left out. */
export const steadyLines = (text: string): readonly (readonly string[])[] =>
  text
    .split('\n')
    .map((line) => [passing.reduce((shown, pattern) => shown.replaceAll(pattern, '…'), line.trimEnd())])
    .filter(([line]) => line !== '');
