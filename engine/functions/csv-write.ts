// STUB of the streaming helper so that modules load; overwrite freely.
export const csvHeaderText = (..._args: readonly unknown[]): never => { throw new Error('stub csvHeaderText'); };
export const csvLineSql = (..._args: readonly unknown[]): never => { throw new Error('stub csvLineSql'); };
