// STUB of the streaming helper so that modules load; overwrite freely.
export const jsonLineSql = (..._args: readonly unknown[]): never => { throw new Error('stub jsonLineSql'); };
