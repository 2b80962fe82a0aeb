// STUB of the streaming helper so that modules load; overwrite freely.
export const inferJsonSchema = (..._args: readonly unknown[]): never => { throw new Error('stub inferJsonSchema'); };
export const readJsonSelect = (..._args: readonly unknown[]): never => { throw new Error('stub readJsonSelect'); };
