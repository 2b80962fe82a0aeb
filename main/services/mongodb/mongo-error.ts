import type { BsonDocument } from './values/bson-document.ts';

/** MongoDB's names of its error codes (`src/mongo/base/error_codes.yml`); a code without a name is called `Location<code>`. */
const codeNames = {
  1: 'InternalError',
  2: 'BadValue',
  9: 'FailedToParse',
  14: 'TypeMismatch',
  18: 'AuthenticationFailed',
  20: 'IllegalOperation',
  26: 'NamespaceNotFound',
  27: 'IndexNotFound',
  28: 'PathNotViable',
  40: 'ConflictingUpdateOperators',
  43: 'CursorNotFound',
  48: 'NamespaceExists',
  52: 'DollarPrefixedFieldName',
  53: 'InvalidIdField',
  56: 'EmptyFieldName',
  59: 'CommandNotFound',
  66: 'ImmutableField',
  67: 'CannotCreateIndex',
  72: 'InvalidOptions',
  73: 'InvalidNamespace',
  76: 'NoReplicationEnabled',
  85: 'IndexOptionsConflict',
  86: 'IndexKeySpecsConflict',
  115: 'CommandNotSupported',
  168: 'InvalidPipelineOperator',
  197: 'InvalidIndexSpecificationOption',
  238: 'NotImplemented',
  241: 'ConversionFailure',
  10334: 'BSONObjectTooLarge',
  11000: 'DuplicateKey',
  14031: 'OutOfDiskSpace',
} as const;

/** A refusal that the client sees: `code`, `codeName` and `errmsg` as MongoDB 7.0 gives them. `details` are further fields of the answer. */
export class MongoError extends Error {
  readonly code: number;
  readonly details: BsonDocument;

  constructor(code: number, message: string, details: BsonDocument = {}) {
    super(message);
    this.name = 'MongoError';
    this.code = code;
    this.details = details;
  }

  get codeName(): string {
    return (codeNames as { readonly [code: number]: string })[this.code] ?? `Location${this.code}`;
  }
}

/** What an exception is to the client: our refusals as they are, a full disk as MongoDB's, anything else as an internal error. */
export function toMongoError(error: unknown): MongoError {
  if (error instanceof MongoError) return error;
  const { code, message, name } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') return new MongoError(14031, `No space left on device: ${message}`);
  if (name === 'BSONError' || name === 'BSONVersionError' || name === 'BSONRuntimeError')
    return new MongoError(9, `invalid BSON: ${message}`);
  return new MongoError(1, message);
}
