// STUB of the streaming helper so that modules load; overwrite freely.
export const inferCsvSchema = (..._args: readonly unknown[]): never => { throw new Error('stub inferCsvSchema'); };
export const readCsvSelect = (..._args: readonly unknown[]): never => { throw new Error('stub readCsvSelect'); };
