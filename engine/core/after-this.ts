/** Resolves when the present turn of the event loop is over: what only has to be done before a batch ends waits until DuckDB has been given its work. */
export const afterThis = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
